// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/acceptqueues.h"
#include "core/ports/listener.h"

#include <cstdint>
#include <set>
#include <stop_token>
#include <vector>

namespace Quay {

class Clock;
class ListenerList;

/**
 * Works out the warnings of listeners, on the ports where they may have changed.
 *
 * Threads: not shared.
 */
class PortJudge
{
public:
    explicit PortJudge(const Clock &clock);

    /// Something about a listener of this port changed, or it came or went.
    void touch(std::uint16_t port) { m_ports.insert(port); }
    /// What a look says of a socket that listens.
    void update(const SocketRecord &listener);
    /// The listener is gone.
    void forget(const ListenerKey &listener);

    /// The listeners of all ports touched, and of those where connections wait, as they are after judgement. Those that
    /// it had no time for before @p stop asked it to end are judged the next time.
    [[nodiscard]] std::vector<Listener> judge(const ListenerList &listeners,
                                              const AcceptQueues::Asker &waitingConnections,
                                              const std::stop_token &stop = {});

private:
    AcceptQueues m_queues;
    std::set<std::uint16_t> m_ports; ///< To be judged.
};

} // namespace Quay
