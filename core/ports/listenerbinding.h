// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <compare>
#include <cstdint>

namespace Quay {

/// Where one TCP listener takes connections, or several that share it (SO_REUSEPORT).
struct ListenerBinding
{
    std::uint16_t port = 0;
    IpAddress address;
    std::uint32_t interfaceIndex = 0; ///< 0: not bound to an interface.
    bool isV6Only = false;

    auto operator<=>(const ListenerBinding &) const = default;
};

/// Where a connection came in.
struct ConnectionEndpoint
{
    std::uint16_t port = 0;
    IpAddress address; ///< unmapped
    std::uint32_t interfaceIndex = 0; ///< 0: of a listener that is not bound to one.

    auto operator<=>(const ConnectionEndpoint &) const = default;
};

[[nodiscard]] ListenerBinding listenerBinding(const SocketRecord &listener);
[[nodiscard]] ConnectionEndpoint connectionEndpoint(const SocketRecord &connection);

/**
 * How much the kernel prefers a listener for a connection of the same port. 0: it takes none there; the highest of all
 * is who takes it.
 *
 * One at its very address goes before one at any address, one bound to its interface before one that is not, an IPv4
 * socket before a dual-stack one.
 *
 * Source:  inet_lhash2_lookup() and compute_score() in net/ipv4/inet_hashtables.c.
 * Threads: pure function.
 */
[[nodiscard]] int preferenceOf(const ListenerBinding &binding, const ConnectionEndpoint &endpoint);

} // namespace Quay
