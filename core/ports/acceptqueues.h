// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/costshare.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbinding.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
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
 * The kernel does not say in whose queue a connection waits. It is that of a listener that it prefers, see
 * preferenceOf(), and none that was empty after the connection had come. Where several share an address (SO_REUSEPORT),
 * this may leave more than one: nobody is blamed then for what may wait at another. A queue of n connections is taken
 * to have those n that came last.
 *
 * Every listener of a port has to be made known, also those of others: a connection may be theirs.
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

    /// How long, at the least, the connection that waits longest in its queue was seen to do so. Nothing when none was
    /// that is certain to wait there.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> waitingFor(const ListenerKey &listener) const;

    /// The ports of listeners whose queue is not empty.
    [[nodiscard]] std::set<std::uint16_t> ports() const;

private:
    struct Connection
    {
        ConnectionEndpoint endpoint;
        std::chrono::nanoseconds firstSeen{};
    };
    /// One that is not empty.
    struct Queue
    {
        ListenerBinding binding;
        std::size_t length = 0;
        std::chrono::nanoseconds since{}; ///< What was first seen earlier is not in it: it was empty after that.
        std::optional<std::chrono::nanoseconds> longestWait;
    };
    struct Port
    {
        std::map<ListenerKey, Queue> queues;
        std::map<std::uint64_t, Connection> connections; ///< By cookie.
    };
    /// A queue in which connections may be.
    struct Candidate
    {
        Queue *queue = nullptr;
        std::vector<std::chrono::nanoseconds> waits; ///< Of each of these.
    };

    void lookAt(const Asker &waitingConnections);
    void judge(Port &port) const;
    [[nodiscard]] static std::vector<Candidate *> takersOf(const Connection &connection,
                                                           std::span<Candidate> candidates);
    static void noteShared(Candidate &candidate, std::size_t unseen);

    const Clock &m_clock;
    std::map<std::uint16_t, Port> m_ports; ///< Where connections wait.
    std::chrono::nanoseconds m_followedAt{}; ///< When they were last looked at.
    CostShare m_share;
};

} // namespace Quay
