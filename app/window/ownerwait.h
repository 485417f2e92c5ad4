// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/endingway.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <QBasicTimer>
#include <QObject>

#include <map>

namespace Quay {

/**
 * Waits until it is known who else holds a port, before somebody is ended for it. Two seconds at most.
 *
 * Threads: GUI.
 */
class OwnerWait : public QObject
{
    Q_OBJECT
public:
    struct Awaited
    {
        ListenerPtr listener; ///< As it was when it began.
        EndingWay way;
        QBasicTimer overdue;
    };

    using QObject::QObject;

    /// Of @p listener, whose owners are FirstFound. ready() follows, for several of the same listener once: as far as
    /// the one that goes farthest.
    void begin(const ListenerPtr &listener, const EndingWay &way);
    void setSnapshot(const PortSnapshotPtr &snapshot);

    [[nodiscard]] const std::map<ListenerKey, Awaited> &awaited() const { return m_awaited; }

Q_SIGNALS:
    /// A snapshot in which all owners are known is to come.
    void ownersWanted();
    /// @p now: as it is; null when it is not there any more. @p before: as it was when it began.
    void ready(const Quay::ListenerPtr &before, const Quay::ListenerPtr &now, const Quay::EndingWay &way);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void tellReady();

    PortSnapshotPtr m_snapshot;
    std::map<ListenerKey, Awaited> m_awaited;
};

} // namespace Quay
