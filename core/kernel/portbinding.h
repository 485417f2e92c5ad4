// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>

namespace Quay {

/// Where a socket is to be bound.
struct PortBinding
{
    Protocol protocol = Protocol::Tcp;
    IpAddress address;
    std::uint16_t port = 0; ///< host byte order
    bool v6Only = true; ///< Of an IPv6 address: whether it leaves IPv4 alone.
    std::uint32_t interfaceIndex = 0; ///< 0: not bound to an interface.
    bool isBesideOthers = true; ///< TCP: connections of that address, past or present, are not in the way.
};

/**
 * Binds a socket for a moment and lets go of it again, to see whether that works.
 *
 * It never listens. TCP is bound with SO_REUSEADDR unless PortBinding::isBesideOthers forbids it, as nearly all servers
 * do: connections in TIME_WAIT are not in the way then, and a server that binds at the same instant is not disturbed as
 * long as it sets the option itself. UDP is bound without, because there the option would let two have the same port.
 *
 * Source:  bind(2), ip(7), ipv6(7).
 * Errors:  Denied for a privileged port; Unsupported where the address family is missing; Io with EADDRINUSE when it is
 *          taken, with EADDRNOTAVAIL when the address is not (or no longer) one of this machine's. The subject is the
 *          endpoint.
 * Threads: any.
 */
[[nodiscard]] Result<> tryToBind(const PortBinding &binding);

} // namespace Quay
