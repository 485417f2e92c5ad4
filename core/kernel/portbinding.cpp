// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/portbinding.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"

#include <cerrno>
#include <cstdint>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay {

namespace {

bool setOption(int socket, int level, int option, int value)
{
    return ::setsockopt(socket, level, option, &value, sizeof value) == 0;
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

bool bind(int socket, const PortBinding &binding)
{
    const auto address = socketAddressFor({.address = binding.address, .port = binding.port}, binding.interfaceIndex);
    return ::bind(socket, reinterpret_cast<const sockaddr *>(&address.storage), address.length) == 0;
}

} // namespace

Result<> tryToBind(const PortBinding &binding)
{
    const bool isV4 = binding.address.family == IpFamily::V4;
    const int type = (binding.protocol == Protocol::Tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC;
    const UniqueFd socket(::socket(isV4 ? AF_INET : AF_INET6, type, 0));
    if (!socket || !prepare(socket.get(), binding) || !bind(socket.get(), binding)) {
        return failErrno(errno, endpointText(binding.address, binding.port));
    }
    return {};
}

} // namespace Quay
