// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/endingway.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <utility>

namespace Quay {

/**
 * Waits until it is known who else holds a port, before somebody is ended for it. Not for ever: two seconds after
 * nobody was waited for, all are ready that are waited for.
 *
 * Threads: GUI.
 */
class OwnerWait : public QObject
{
    Q_OBJECT
public:
    explicit OwnerWait(QObject *parent = nullptr);

    /// Of @p listener, whose owners are FirstFound. ready() follows, for several of the same listener once: to be
    /// killed when one of them is.
    void begin(const ListenerPtr &listener, const EndingWay &way);
    void setSnapshot(const PortSnapshotPtr &snapshot);

    struct Awaited
    {
        ListenerPtr listener; ///< As it was when it began.
        EndingWay way;
    };
    [[nodiscard]] const std::map<ListenerKey, Awaited> &awaited() const { return m_awaited; }

Q_SIGNALS:
    /// A snapshot in which all owners are known is to come.
    void ownersWanted();
    /// @p now: as it is; null when it is not there any more. @p before: as it was when it began.
    void ready(const Quay::ListenerPtr &before, const Quay::ListenerPtr &now, const Quay::EndingWay &way);

private:
    /// @p isOverdue: whether or not they are known.
    void tellReady(bool isOverdue);

    PortSnapshotPtr m_snapshot;
    std::map<ListenerKey, Awaited> m_awaited;
    QTimer m_overdue; ///< Runs while somebody waits.
};

} // namespace Quay
