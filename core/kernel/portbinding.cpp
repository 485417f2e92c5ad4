// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/portbinding.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cerrno>
#include <cstdint>
#include <cstring>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

namespace {

bool setOption(int socket, int level, int option, int value)
{
    return ::setsockopt(socket, level, option, &value, sizeof value) == 0;
}

bool isLinkLocal(const IpAddress &address)
{
    return address.family == IpFamily::V6 && address.bytes[0] == 0xfe && (address.bytes[1] & 0xc0U) == 0x80;
}

/// A link-local address means something on its interface only: there the index belongs to the address.
bool prepare(int socket, const PortBinding &binding)
{
    const bool reusesAddress = binding.protocol == Protocol::Tcp && binding.isBesideOthers;
    if (reusesAddress && !setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1)) {
        return false;
    }
    if (binding.address.family == IpFamily::V6
        && !setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, binding.v6Only ? 1 : 0)) {
        return false;
    }
    const bool needsInterface = binding.interfaceIndex != 0 && !isLinkLocal(binding.address);
    return !needsInterface || setOption(socket, SOL_SOCKET, SO_BINDTOIFINDEX, static_cast<int>(binding.interfaceIndex));
}

bool bindV4(int socket, const PortBinding &binding)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(binding.port);
    std::memcpy(&address.sin_addr, binding.address.bytes.data(), sizeof address.sin_addr);
    return ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

bool bindV6(int socket, const PortBinding &binding)
{
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(binding.port);
    std::memcpy(&address.sin6_addr, binding.address.bytes.data(), sizeof address.sin6_addr);
    if (isLinkLocal(binding.address)) {
        address.sin6_scope_id = binding.interfaceIndex;
    }
    return ::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

} // namespace

Result<> tryToBind(const PortBinding &binding)
{
    const bool isV4 = binding.address.family == IpFamily::V4;
    const int type = (binding.protocol == Protocol::Tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC;
    const UniqueFd socket(::socket(isV4 ? AF_INET : AF_INET6, type, 0));
    const bool isBound = socket && prepare(socket.get(), binding)
        && (isV4 ? bindV4(socket.get(), binding) : bindV6(socket.get(), binding));
    if (!isBound) {
        return failErrno(errno, endpointText(binding.address, binding.port));
    }
    return {};
}

} // namespace Quay
