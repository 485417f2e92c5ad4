// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/connectioncounts.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Whether @p listener takes connections to @p address.
bool covers(const SocketRecord &listener, const IpAddress &address)
{
    const auto local = unmapped(listener.localAddress);
    if (!isAny(local)) {
        return local == address;
    }
    return local.family == address.family || (local.family == IpFamily::V6 && !listener.v6Only.value_or(false));
}

} // namespace

ConnectionCounts::ConnectionCounts(std::span<const SocketRecord> connections)
{
    std::vector<std::pair<std::uint16_t, IpAddress>> endpoints;
    endpoints.reserve(connections.size());
    for (const auto &connection : connections) {
        endpoints.emplace_back(connection.localPort, unmapped(connection.localAddress));
    }
    std::ranges::sort(endpoints);
    for (const auto &[port, address] : endpoints) {
        if (m_counts.empty() || m_counts.back().port != port || m_counts.back().address != address) {
            m_counts.push_back({.port = port, .address = address, .connections = 0});
        }
        ++m_counts.back().connections;
    }
}

std::uint32_t ConnectionCounts::of(const SocketRecord &listener) const
{
    std::uint32_t sum = 0;
    for (const auto &count : std::ranges::equal_range(m_counts, listener.localPort, {}, &Count::port)) {
        if (covers(listener, count.address)) {
            sum += count.connections;
        }
    }
    return sum;
}

} // namespace Quay
