// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/serversocket.h"

#include "tests/targets/lifeline.h"

#include <cerrno>
#include <cstdint>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace Quay::Test {

namespace {

struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = 0;
};

SocketAddress addressOf(const SocketOptions &options)
{
    SocketAddress result;
    auto *v4 = reinterpret_cast<sockaddr_in *>(&result.storage);
    auto *v6 = reinterpret_cast<sockaddr_in6 *>(&result.storage);
    if (::inet_pton(AF_INET, options.address.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(options.port);
        result.size = sizeof(sockaddr_in);
    } else if (::inet_pton(AF_INET6, options.address.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(options.port);
        result.size = sizeof(sockaddr_in6);
    } else {
        errno = EINVAL;
        die("address " + options.address);
    }
    return result;
}

void set(int socket, int level, int option, int value)
{
    if (::setsockopt(socket, level, option, &value, sizeof(value)) != 0) {
        die("setsockopt");
    }
}

} // namespace

int openBoundSocket(const SocketOptions &options)
{
    const SocketAddress address = addressOf(options);
    const int type = (options.isUdp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
    const int socket = ::socket(address.storage.ss_family, type, 0);
    if (socket < 0) {
        die("socket");
    }
    if (address.storage.ss_family == AF_INET6) {
        set(socket, IPPROTO_IPV6, IPV6_V6ONLY, options.isDualStack ? 0 : 1);
    }
    if (!options.isUdp) {
        set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    }
    if (options.sharesPort) {
        set(socket, SOL_SOCKET, SO_REUSEPORT, 1);
    }
    if (::bind(socket, reinterpret_cast<const sockaddr *>(&address.storage), address.size) != 0) {
        die("bind " + options.address + ' ' + std::to_string(options.port));
    }
    return socket;
}

int openServerSocket(const SocketOptions &options)
{
    const int socket = openBoundSocket(options);
    if (!options.isUdp && ::listen(socket, options.backlog) != 0) {
        die("listen");
    }
    return socket;
}

std::uint16_t localPort(int socket)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&storage), &size) != 0) {
        die("getsockname");
    }
    // The port lies at the same place in both families.
    return ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
}

std::uint64_t socketInode(int socket)
{
    struct stat status{};
    if (::fstat(socket, &status) != 0) {
        die("fstat");
    }
    return status.st_ino;
}

} // namespace Quay::Test
