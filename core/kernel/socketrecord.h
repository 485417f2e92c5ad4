// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"

#include <cstdint>
#include <optional>

namespace Quay {

enum class Protocol : std::uint8_t
{
    Tcp,
    Udp,
};

/// The states of include/net/tcp_states.h that we ask for.
enum class SocketState : std::uint8_t
{
    Other,
    Established,
    SynSent,
    SynReceived, ///< The last message of the handshake is missing, or has found the accept queue full.
    TimeWait,
    CloseWait,
    FinWait,
    Closed, ///< For UDP: bound and not connected.
    Listening,
};

/// The state that the kernel's number (TCP_LISTEN ...) stands for.
[[nodiscard]] SocketState socketStateFromKernel(std::uint8_t state) noexcept;

/// One IP socket as the kernel describes it. A plain value.
struct SocketRecord
{
    std::uint64_t cookie = 0; ///< Never used twice while the machine is up; 0 when read from /proc/net.
    std::uint64_t inode = 0; ///< 0: no process has a descriptor for it.
    std::optional<std::uint64_t> cgroupId =
        std::nullopt; ///< Inode number of the cgroup directory it was made in; kernel >= 5.9.
    std::uint32_t uid = 0; ///< Owner of the socket, the effective user of the process that made it.
    std::uint32_t interfaceIndex = 0; ///< 0: not bound to an interface.
    std::uint32_t receiveQueue = 0; ///< Listener: connections that wait to be accepted. Else: bytes to be read.
    std::uint32_t sendQueue = 0; ///< Listener: most connections that may wait. Else: bytes to be sent.
    Protocol protocol = Protocol::Tcp;
    SocketState state = SocketState::Other;
    std::optional<bool> v6Only; ///< Known for IPv6 listeners only.
    std::uint16_t localPort = 0; ///< host byte order
    std::uint16_t remotePort = 0; ///< host byte order
    IpAddress localAddress;
    IpAddress remoteAddress;

    bool operator==(const SocketRecord &) const = default;
};

} // namespace Quay
