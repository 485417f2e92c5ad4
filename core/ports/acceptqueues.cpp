// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/acceptqueues.h"

#include "core/base/clock.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerbinding.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

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
    const auto key = listenerKey(listener);
    if (listener.receiveQueue == 0) {
        return forget(key);
    }
    auto &queues = m_ports[key.port].queues;
    // What was first seen at the last look may have come to it after it had been read as empty.
    auto &queue = queues.try_emplace(key, Queue{.since = m_followedAt}).first->second;
    queue.binding = listenerBinding(listener);
    queue.length = listener.receiveQueue;
    return false;
}

bool AcceptQueues::forget(const ListenerKey &listener)
{
    const auto port = m_ports.find(listener.port);
    const bool wasWaiting = port != m_ports.end() && port->second.queues.erase(listener) > 0;
    if (wasWaiting && port->second.queues.empty()) {
        m_ports.erase(port);
    }
    return wasWaiting;
}

void AcceptQueues::follow(const Asker &waitingConnections)
{
    if (m_share.isDue() && !m_ports.empty()) {
        m_share.spend([&] { lookAt(waitingConnections); });
    }
}

void AcceptQueues::lookAt(const Asker &waitingConnections)
{
    m_followedAt = m_clock.monotonic();
    for (auto &[number, port] : m_ports) {
        const auto waiting = waitingConnections(number);
        const auto before = std::exchange(port.connections, {});
        if (waiting) { // else it begins anew when they can be seen again
            for (const auto &record : *waiting) {
                const auto known = before.find(record.cookie);
                const auto firstSeen = known != before.end() ? known->second.firstSeen : m_followedAt;
                port.connections.emplace(record.cookie,
                                         Connection{.endpoint = connectionEndpoint(record), .firstSeen = firstSeen});
            }
        }
        judge(port);
    }
}

void AcceptQueues::judge(Port &port) const
{
    std::vector<Candidate> candidates;
    std::size_t queued = 0;
    for (auto &[key, queue] : port.queues) {
        queue.longestWait.reset();
        queued += queue.length;
        candidates.push_back({.queue = &queue, .waits = {}});
    }
    for (const auto &[cookie, connection] : port.connections) {
        const auto waited = m_followedAt - connection.firstSeen;
        const auto takers = takersOf(connection, candidates);
        for (auto *const taker : takers) {
            taker->waits.push_back(waited);
            if (takers.size() == 1) {
                taker->queue->longestWait = std::max(taker->queue->longestWait.value_or(waited), waited);
            }
        }
    }
    // Accepted or reset since the look at the listeners: which queue they left is not known.
    const auto unseen = queued - std::min(queued, port.connections.size());
    for (auto &candidate : candidates) {
        noteShared(candidate, unseen);
    }
}

/// In whose queues it may be.
std::vector<AcceptQueues::Candidate *> AcceptQueues::takersOf(const Connection &connection,
                                                              std::span<Candidate> candidates)
{
    int best = 1;
    std::vector<Candidate *> takers;
    for (auto &candidate : candidates) {
        const auto &queue = *candidate.queue;
        const bool isTooOld = connection.firstSeen < queue.since;
        const int offered = isTooOld ? 0 : preferenceOf(queue.binding, connection.endpoint);
        if (offered > best) {
            best = offered;
            takers.clear();
        }
        if (offered == best) {
            takers.push_back(&candidate);
        }
    }
    return takers;
}

/// If those that came last were all in this queue, one of them has still waited so long.
void AcceptQueues::noteShared(Candidate &candidate, std::size_t unseen)
{
    auto &[queue, waits] = candidate;
    const auto seen = queue->length - std::min(queue->length, unseen);
    if (seen == 0 || seen > waits.size()) {
        return;
    }
    const auto longest = waits.begin() + static_cast<std::ptrdiff_t>(seen - 1);
    std::ranges::nth_element(waits, longest);
    queue->longestWait = std::max(queue->longestWait.value_or(*longest), *longest);
}

std::optional<std::chrono::nanoseconds> AcceptQueues::waitingFor(const ListenerKey &listener) const
{
    const auto port = m_ports.find(listener.port);
    if (port == m_ports.end()) {
        return std::nullopt;
    }
    const auto queue = port->second.queues.find(listener);
    return queue != port->second.queues.end() ? queue->second.longestWait : std::nullopt;
}

std::set<std::uint16_t> AcceptQueues::ports() const
{
    std::set<std::uint16_t> ports;
    for (const auto &[number, port] : m_ports) {
        ports.insert(number);
    }
    return ports;
}

} // namespace Quay
