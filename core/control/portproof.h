// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class SockDiag;

/// Whether a port can be used again.
enum class PortState : std::uint8_t
{
    Unknown, ///< Could not be found out: see PortProof::error.
    Free, ///< Nobody listens, and it was bound and let go as a proof.
    FreeUntested, ///< Nobody listens; to bind it is not permitted (below 1024), or its address is gone.
    Held, ///< Somebody listens there: see PortProof::holders.
    Lingering, ///< Nobody listens, but the kernel refuses to bind: what remains is in PortProof::remains.
};

/// Whether nobody listens, as far as it can be told.
[[nodiscard]] constexpr bool isFree(PortState state)
{
    return state == PortState::Free || state == PortState::FreeUntested;
}

/// A process that has a descriptor for a socket, as it was called then.
struct SocketUser
{
    pid_t pid = 0;
    std::string name;

    bool operator==(const SocketUser &) const = default;
};

/// Connections that a port still has, in one state. Closed: sockets that were bound and neither listen nor are
/// connected. Of UDP: sockets that are connected to a peer, Established.
struct Remains
{
    SocketState state = SocketState::Other;
    std::uint32_t count = 0;
    std::vector<SocketUser> users; ///< Whose they are, as far as withUsers() could tell.

    bool operator==(const Remains &) const = default;
};

/// Evidence about one port.
struct PortProof
{
    PortState state = PortState::Unknown;
    std::vector<SocketRecord> holders; ///< Listening sockets that an address like this one would collide with.
    std::vector<SocketRecord> beside; ///< Listening sockets of the port at other addresses, which do not collide.
    std::vector<Remains> remains; ///< Established, TIME_WAIT, CLOSE_WAIT ... of this port, as long as there are some.
    std::vector<SocketRecord> remainingSockets; ///< Those of them that a process has a descriptor for.
    std::optional<Error> error;

    bool operator==(const PortProof &) const = default;
};

/// Which port to prove something about: as the socket that held it was bound.
struct PortClaim
{
    Protocol protocol = Protocol::Tcp;
    IpAddress address;
    std::uint16_t port = 0;
    std::optional<bool> v6Only; ///< Unknown counts as false: the kernel's default.
    std::uint32_t interfaceIndex = 0; ///< 0: not bound to an interface.

    bool operator==(const PortClaim &) const = default;
};

[[nodiscard]] PortClaim claimOf(const SocketRecord &socket);

/**
 * Finds out whether somebody who wants @p claim can have it now.
 *
 * Nobody may listen there, and it must be possible to bind: see tryToBind(). Where netlink is refused, or the kernel
 * lacks its module, /proc/net tells who listens, and remains are not known.
 *
 * Source:  sock_diag(7), bind(2). Costs about half a millisecond, nearly all of it for the remains.
 * Threads: as @p diag.
 */
[[nodiscard]] PortProof provePort(SockDiag &diag, const PortClaim &claim);

/**
 * The same proof, with the names of those whose sockets remain.
 *
 * Source:  /proc/PID/fd of every process that may be read; 2 us for each descriptor. For ports that are not free.
 * Threads: any; blocks for that long.
 */
[[nodiscard]] PortProof withUsers(const ProcFs &proc, PortProof proof);

/// The same for many at once: the listeners are dumped once, and remains are looked for where a port is not free only.
[[nodiscard]] std::vector<PortProof> provePorts(SockDiag &diag, std::span<const PortClaim> claims);

/// Every TCP listener and bound UDP socket; from /proc/net where netlink is refused, those of UDP alone where udp_diag
/// is all that is missing. Errors: as SockDiag, readProcNetListeners().
[[nodiscard]] Result<std::vector<SocketRecord>> boundSockets(SockDiag &diag);

/// Those of @p sockets that somebody who wants @p claim would collide with. Threads: pure function.
[[nodiscard]] std::vector<SocketRecord> holdersOf(const PortClaim &claim, std::span<const SocketRecord> sockets);

/// Established connections of a TCP port, of @p claim's address only; 0 for UDP. From /proc/net where netlink is
/// refused. Errors: as SockDiag, readProcNetConnections().
[[nodiscard]] Result<std::uint32_t> establishedOf(SockDiag &diag, const PortClaim &claim);

/**
 * Whether listeners at both could not be there at the same time (SO_REUSEPORT aside).
 *
 * [::] and 0.0.0.0 collide unless the former is v6only; so do an IPv4 address and [::], or its IPv4-mapped form.
 *
 * Source:  ipv6_rcv_saddr_equal() in net/ipv4/inet_connection_sock.c.
 * Threads: pure function.
 */
[[nodiscard]] bool collide(const PortClaim &left, const PortClaim &right);

} // namespace Quay
