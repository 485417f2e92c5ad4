// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"

#include <cstdint>
#include <optional>

#include <sys/socket.h>

namespace Quay {

/// An address to bind or to connect to, as the system calls take it.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t length = 0;
};

/// An address and a port.
struct IpEndpoint
{
    IpAddress address;
    std::uint16_t port = 0; ///< host byte order

    bool operator==(const IpEndpoint &) const = default;
};

/// @p interfaceIndex: where a link-local address is meant, which means something on its interface only.
[[nodiscard]] SocketAddress socketAddressFor(const IpEndpoint &endpoint, std::uint32_t interfaceIndex = 0);
/// Nothing for one of another kind than IPv4 and IPv6.
[[nodiscard]] std::optional<IpEndpoint> endpointFrom(const SocketAddress &address);
/// fe80::/10
[[nodiscard]] bool isLinkLocal(const IpAddress &address);

} // namespace Quay
