// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <cstdint>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>

namespace Quay::Test {

/// A TCP socket on 127.0.0.1, bound to a port that the kernel has chosen. It does not listen.
struct HeldPort
{
    HeldPort()
        : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof name;
        ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&name), length);
        ::getsockname(fd.get(), reinterpret_cast<sockaddr *>(&name), &length);
        port = ntohs(name.sin_port);
    }

    UniqueFd fd;
    std::uint16_t port = 0;
};

/// A TCP port that was free a moment ago.
[[nodiscard]] inline std::string freePort()
{
    return std::to_string(HeldPort().port);
}

/// The command of a web server there.
[[nodiscard]] inline std::string webServer(const std::string &port)
{
    return "exec python3 -u -m http.server " + port + " --bind 127.0.0.1";
}

} // namespace Quay::Test
