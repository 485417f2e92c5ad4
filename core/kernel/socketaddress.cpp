// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/socketaddress.h"

#include "core/kernel/ipaddress.h"

#include <cstdint>
#include <cstring>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

bool isLinkLocal(const IpAddress &address)
{
    return address.family == IpFamily::V6 && address.bytes[0] == 0xfe && (address.bytes[1] & 0xc0U) == 0x80;
}

SocketAddress socketAddressFor(const IpEndpoint &endpoint, std::uint32_t interfaceIndex)
{
    SocketAddress result;
    if (endpoint.address.family == IpFamily::V4) {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_port = htons(endpoint.port);
        std::memcpy(&name.sin_addr, endpoint.address.bytes.data(), sizeof name.sin_addr);
        std::memcpy(&result.storage, &name, sizeof name);
        result.length = sizeof name;
        return result;
    }
    sockaddr_in6 name{};
    name.sin6_family = AF_INET6;
    name.sin6_port = htons(endpoint.port);
    std::memcpy(&name.sin6_addr, endpoint.address.bytes.data(), sizeof name.sin6_addr);
    if (isLinkLocal(endpoint.address)) {
        name.sin6_scope_id = interfaceIndex;
    }
    std::memcpy(&result.storage, &name, sizeof name);
    result.length = sizeof name;
    return result;
}

std::optional<IpEndpoint> endpointFrom(const SocketAddress &address)
{
    IpEndpoint endpoint;
    if (address.storage.ss_family == AF_INET) {
        sockaddr_in name{};
        std::memcpy(&name, &address.storage, sizeof name);
        std::memcpy(endpoint.address.bytes.data(), &name.sin_addr, sizeof name.sin_addr);
        endpoint.port = ntohs(name.sin_port);
        return endpoint;
    }
    if (address.storage.ss_family == AF_INET6) {
        sockaddr_in6 name{};
        std::memcpy(&name, &address.storage, sizeof name);
        endpoint.address.family = IpFamily::V6;
        std::memcpy(endpoint.address.bytes.data(), &name.sin6_addr, sizeof name.sin6_addr);
        endpoint.port = ntohs(name.sin6_port);
        return endpoint;
    }
    return std::nullopt;
}

} // namespace Quay
