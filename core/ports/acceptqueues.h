// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/costshare.h"
#include "core/ports/listener.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace Quay {

class Clock;

/**
 * How long connections have been waiting in the accept queues of TCP listeners.
 *
 * That a queue is not empty at any look proves nothing: a server that takes one connection after the other from two
 * busy clients always has one waiting. So the connections themselves are followed, by cookie; what counts is how long
 * the same one was seen to wait.
 *
 * Threads: not shared.
 */
class AcceptQueues
{
public:
    /// Gives the connections of a local port that nobody has accepted. See ListenerSource::waitingConnections().
    using Asker = std::function<Result<std::vector<SocketRecord>>(std::uint16_t port)>;

    explicit AcceptQueues(const Clock &clock);

    /// What a look says of a listener. Whether its queue has become empty.
    bool update(const SocketRecord &listener);
    /// Of a listener that is gone. Whether connections were waiting.
    bool forget(const ListenerKey &listener);

    /**
     * Looks at the connections that wait, where any do. The kernel has to pass over those that were accepted: a look
     * that takes long is put off, see CostShare.
     */
    void follow(const Asker &waitingConnections);

    /// How long the connection that has been waiting longest was seen to do so. Nothing when none was.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> waitingFor(const ListenerKey &listener) const;

    /// The ports of listeners whose queue is not empty.
    [[nodiscard]] std::set<std::uint16_t> ports() const;

private:
    struct Connection
    {
        IpAddress address; ///< Local, unmapped.
        std::chrono::nanoseconds firstSeen{};
        std::chrono::nanoseconds lastSeen{};
    };
    using Connections = std::map<std::uint64_t, Connection>; // by cookie

    void lookAt(const Asker &waitingConnections);
    [[nodiscard]] bool isTakenBy(const ListenerKey &listener, const Connection &connection) const;

    const Clock &m_clock;
    std::set<ListenerKey> m_listeners; ///< With a queue that is not empty.
    std::map<std::uint16_t, Connections> m_connections;
    CostShare m_share;
};

} // namespace Quay
