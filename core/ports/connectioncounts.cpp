// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/connectioncounts.h"

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// Where a connection came in.
struct ConnectionCounts::Endpoint
{
    std::uint16_t port = 0;
    IpAddress address; ///< unmapped
    std::uint32_t interfaceIndex = 0;

    auto operator<=>(const Endpoint &) const = default;
};

ConnectionCounts::ConnectionCounts(std::span<const SocketRecord> connections, std::span<const SocketRecord> listeners)
{
    std::vector<Binding> bindings;
    bindings.reserve(listeners.size());
    for (const auto &listener : listeners) {
        if (listener.protocol == Protocol::Tcp) {
            bindings.push_back(bindingOf(listener));
        }
    }
    std::ranges::sort(bindings);
    for (const auto &binding : bindings) {
        if (m_entries.empty() || m_entries.back().binding != binding) {
            m_entries.push_back({.binding = binding, .listeners = 0, .count = {}});
        }
        ++m_entries.back().listeners;
    }

    std::vector<Endpoint> endpoints;
    endpoints.reserve(connections.size());
    for (const auto &connection : connections) {
        endpoints.push_back({.port = connection.localPort,
                             .address = unmapped(connection.localAddress),
                             .interfaceIndex = connection.interfaceIndex});
    }
    std::ranges::sort(endpoints);
    for (auto first = endpoints.begin(); first != endpoints.end();) {
        const auto last = std::ranges::upper_bound(first, endpoints.end(), *first);
        add(*first, static_cast<std::uint32_t>(last - first));
        first = last;
    }
}

ConnectionCounts::Binding ConnectionCounts::bindingOf(const SocketRecord &listener)
{
    return {.port = listener.localPort,
            .address = listener.localAddress,
            .interfaceIndex = listener.interfaceIndex,
            .isV6Only = listener.v6Only.value_or(false)};
}

/// 0: it takes no connections there. The highest is who takes them.
int ConnectionCounts::preference(const Binding &binding, const Endpoint &endpoint)
{
    constexpr int Covers = 1;
    constexpr int IsV4Socket = 2;
    constexpr int HasInterface = 4;
    constexpr int HasAddress = 8;
    const auto address = unmapped(binding.address);
    const bool hasAddress = address == endpoint.address;
    const bool coversFamily = address.family == endpoint.address.family
        || (address.family == IpFamily::V6 && !binding.isV6Only); // dual stack
    const bool coversAddress = hasAddress || (isAny(address) && coversFamily);
    const bool coversInterface = binding.interfaceIndex == 0 || binding.interfaceIndex == endpoint.interfaceIndex;
    if (!coversAddress || !coversInterface) {
        return 0;
    }
    return Covers + (binding.address.family == IpFamily::V4 ? IsV4Socket : 0)
        + (binding.interfaceIndex != 0 ? HasInterface : 0) + (hasAddress ? HasAddress : 0);
}

void ConnectionCounts::add(const Endpoint &endpoint, std::uint32_t connections)
{
    const auto candidates =
        std::ranges::equal_range(m_entries, endpoint.port, {}, [](const Entry &entry) { return entry.binding.port; });
    int best = 1;
    std::uint32_t takers = 0;
    for (const auto &entry : candidates) {
        const int offered = preference(entry.binding, endpoint);
        if (offered > best) {
            best = offered;
            takers = 0;
        }
        takers += offered == best ? entry.listeners : 0;
    }
    for (auto &entry : candidates) {
        if (preference(entry.binding, endpoint) == best) {
            entry.count.connections += connections;
            entry.count.isShared = entry.count.isShared || takers > 1;
        }
    }
}

std::optional<ConnectionCount> ConnectionCounts::of(const SocketRecord &listener) const
{
    const auto found = std::ranges::lower_bound(m_entries, bindingOf(listener), {}, &Entry::binding);
    return found != m_entries.end() && found->binding == bindingOf(listener) ? std::optional(found->count)
                                                                             : std::nullopt;
}

} // namespace Quay
