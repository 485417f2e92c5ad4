// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace Quay::Test {

/// What kind of socket a test server opens.
struct SocketOptions
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0: the kernel chooses.
    bool isUdp = false;
    bool isDualStack = false; ///< An IPv6 socket takes IPv4 connections too.
    bool sharesPort = false; ///< SO_REUSEPORT
    int backlog = 128;
};

/// A bound socket, closed on exec. Ends the program when that fails: a test server without its socket is of no use.
[[nodiscard]] int openBoundSocket(const SocketOptions &options);
/// The same, listening unless it is UDP.
[[nodiscard]] int openServerSocket(const SocketOptions &options);

[[nodiscard]] std::uint16_t localPort(int socket);
[[nodiscard]] std::uint64_t socketInode(int socket);

} // namespace Quay::Test
