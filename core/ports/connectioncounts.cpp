// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/connectioncounts.h"

#include "core/kernel/socketrecord.h"
#include "core/ports/listenerbinding.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

ConnectionCounts::ConnectionCounts(std::span<const SocketRecord> connections, std::span<const SocketRecord> listeners)
{
    std::vector<ListenerBinding> bindings;
    bindings.reserve(listeners.size());
    for (const auto &listener : listeners) {
        if (listener.protocol == Protocol::Tcp) {
            bindings.push_back(listenerBinding(listener));
        }
    }
    std::ranges::sort(bindings);
    for (const auto &binding : bindings) {
        if (m_entries.empty() || m_entries.back().binding != binding) {
            m_entries.push_back({.binding = binding, .listeners = 0, .count = {}});
        }
        ++m_entries.back().listeners;
    }

    std::vector<ConnectionEndpoint> endpoints;
    endpoints.reserve(connections.size());
    std::ranges::transform(connections, std::back_inserter(endpoints), connectionEndpoint);
    std::ranges::sort(endpoints);
    for (auto first = endpoints.begin(); first != endpoints.end();) {
        const auto last = std::ranges::upper_bound(first, endpoints.end(), *first);
        add(*first, static_cast<std::uint32_t>(last - first));
        first = last;
    }
}

void ConnectionCounts::add(const ConnectionEndpoint &endpoint, std::uint32_t connections)
{
    const auto candidates =
        std::ranges::equal_range(m_entries, endpoint.port, {}, [](const Entry &entry) { return entry.binding.port; });
    int best = 1;
    std::uint32_t takers = 0;
    for (const auto &entry : candidates) {
        const int offered = preferenceOf(entry.binding, endpoint);
        if (offered > best) {
            best = offered;
            takers = 0;
        }
        takers += offered == best ? entry.listeners : 0;
    }
    for (auto &entry : candidates) {
        if (preferenceOf(entry.binding, endpoint) == best) {
            entry.count.connections += connections;
            entry.count.isShared = entry.count.isShared || takers > 1;
        }
    }
}

std::optional<ConnectionCount> ConnectionCounts::of(const SocketRecord &listener) const
{
    const auto binding = listenerBinding(listener);
    const auto found = std::ranges::lower_bound(m_entries, binding, {}, &Entry::binding);
    return found != m_entries.end() && found->binding == binding ? std::optional(found->count) : std::nullopt;
}

} // namespace Quay
