// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/processid.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <map>
#include <vector>

namespace Quay {

/// Names one wait; ascending from 1.
using OwnerTicket = std::uint64_t;

/**
 * Waits until it is known who else holds a port, before somebody is ended for it. Not for ever: what stays unsure is
 * ready after two seconds.
 *
 * Threads: GUI.
 */
class OwnerWait : public QObject
{
    Q_OBJECT
public:
    explicit OwnerWait(QObject *parent = nullptr);

    /// Of @p listener, whose owners are FirstFound. ready() follows.
    OwnerTicket begin(const ListenerPtr &listener);
    void setSnapshot(const PortSnapshotPtr &snapshot);
    [[nodiscard]] const std::map<OwnerTicket, ListenerPtr> &awaited() const { return m_awaited; }

Q_SIGNALS:
    /// A snapshot in which all owners are known is to come.
    void ownersWanted();
    /// @p listener: as it is now, or was last. @p owners: those that it had when it began and those that it has.
    void ready(Quay::OwnerTicket ticket, const Quay::ListenerPtr &listener, const std::vector<Quay::ProcessId> &owners);

private:
    /// @p isOverdue: whether or not they are known.
    void tellReady(bool isOverdue);

    PortSnapshotPtr m_snapshot;
    std::map<OwnerTicket, ListenerPtr> m_awaited; ///< As it was when it began.
    OwnerTicket m_lastTicket = 0;
    QTimer m_overdue; ///< Runs while somebody waits.
};

} // namespace Quay
