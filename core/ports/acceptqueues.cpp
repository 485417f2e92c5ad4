// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/acceptqueues.h"

#include "core/base/clock.h"
#include "core/kernel/ipaddress.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

namespace Quay {

AcceptQueues::AcceptQueues(const Clock &clock)
    : m_clock(clock)
    , m_share(clock)
{
}

bool AcceptQueues::update(const SocketRecord &listener)
{
    if (listener.protocol != Protocol::Tcp) {
        return false; // bytes, not connections
    }
    if (listener.receiveQueue > 0) {
        m_listeners.insert(listenerKey(listener));
        return false;
    }
    return forget(listenerKey(listener));
}

bool AcceptQueues::forget(const ListenerKey &listener)
{
    const bool wasWaiting = m_listeners.erase(listener) > 0;
    if (wasWaiting) {
        m_connections.erase(listener.port); // whoever waits there next is somebody else
    }
    return wasWaiting;
}

void AcceptQueues::follow(const Asker &waitingConnections)
{
    if (m_share.isDue() && !m_listeners.empty()) {
        m_share.spend([&] { lookAt(waitingConnections); });
    }
}

void AcceptQueues::lookAt(const Asker &waitingConnections)
{
    const auto now = m_clock.monotonic();
    const auto before = std::exchange(m_connections, {});
    for (const auto port : ports()) {
        const auto waiting = waitingConnections(port);
        if (!waiting) {
            continue; // it begins anew when they can be seen again
        }
        const auto known = before.find(port);
        auto &connections = m_connections[port];
        for (const auto &record : *waiting) {
            Connection connection{.address = unmapped(record.localAddress), .firstSeen = now, .lastSeen = now};
            if (known != before.end()) {
                if (const auto same = known->second.find(record.cookie); same != known->second.end()) {
                    connection.firstSeen = same->second.firstSeen;
                }
            }
            connections.emplace(record.cookie, connection);
        }
    }
}

/// The most specific address wins, as compute_score() of net/ipv4/inet_hashtables.c has it.
bool AcceptQueues::isTakenBy(const ListenerKey &listener, const Connection &connection) const
{
    const auto isExact = [&connection](const ListenerKey &key) { return unmapped(key.address) == connection.address; };
    if (isExact(listener)) {
        return true;
    }
    return isAny(listener.address) && std::ranges::none_of(m_listeners, [&](const ListenerKey &other) {
               return other.port == listener.port && isExact(other);
           });
}

std::optional<std::chrono::nanoseconds> AcceptQueues::waitingFor(const ListenerKey &listener) const
{
    const auto connections = m_connections.find(listener.port);
    if (!m_listeners.contains(listener) || connections == m_connections.end()) {
        return std::nullopt;
    }
    std::optional<std::chrono::nanoseconds> longest;
    for (const auto &[cookie, connection] : connections->second) {
        if (isTakenBy(listener, connection)) {
            longest =
                std::max(longest.value_or(std::chrono::nanoseconds{}), connection.lastSeen - connection.firstSeen);
        }
    }
    return longest;
}

std::set<std::uint16_t> AcceptQueues::ports() const
{
    std::set<std::uint16_t> ports;
    for (const auto &listener : m_listeners) {
        ports.insert(listener.port);
    }
    return ports;
}

} // namespace Quay
