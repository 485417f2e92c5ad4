// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// The connections that came in at one address.
struct ConnectionCount
{
    std::uint32_t connections = 0;
    bool isShared = false; ///< By several listeners (SO_REUSEPORT): the kernel does not say which of them took which.

    bool operator==(const ConnectionCount &) const = default;
};

/**
 * How many established connections each listener has.
 *
 * A connection counts for the listener that the kernel prefers for it: one at its very address before one at any
 * address, one bound to its interface before one that is not, an IPv4 socket before a dual-stack one.
 *
 * Source:  inet_lhash2_lookup() and compute_score() in net/ipv4/inet_hashtables.c.
 * Threads: immutable once made.
 */
class ConnectionCounts
{
public:
    /// UDP sockets among @p listeners are passed over.
    ConnectionCounts(std::span<const SocketRecord> connections, std::span<const SocketRecord> listeners);

    /// Nothing for one that was not among the listeners.
    [[nodiscard]] std::optional<ConnectionCount> of(const SocketRecord &listener) const;

private:
    /// Where one listener, or several that share it, takes connections.
    struct Binding
    {
        std::uint16_t port = 0;
        IpAddress address;
        std::uint32_t interfaceIndex = 0;
        bool isV6Only = false;

        auto operator<=>(const Binding &) const = default;
    };
    struct Entry
    {
        Binding binding;
        std::uint32_t listeners = 0;
        ConnectionCount count;
    };
    struct Endpoint;

    [[nodiscard]] static Binding bindingOf(const SocketRecord &listener);
    [[nodiscard]] static int preference(const Binding &binding, const Endpoint &endpoint);
    void add(const Endpoint &endpoint, std::uint32_t connections);

    std::vector<Entry> m_entries; ///< by binding
};

} // namespace Quay
