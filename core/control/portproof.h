// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

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

/// Connections that a port still has, in one state.
struct Remains
{
    SocketState state = SocketState::Other;
    std::uint32_t count = 0;

    bool operator==(const Remains &) const = default;
};

/// Evidence about one port.
struct PortProof
{
    PortState state = PortState::Unknown;
    std::vector<SocketRecord> holders; ///< Listening sockets that an address like this one would collide with.
    std::vector<Remains> remains; ///< Established, TIME_WAIT, CLOSE_WAIT ... of this port, as long as there are some.
    std::optional<Error> error;

    bool operator==(const PortProof &) const = default;
};

/// Which port to prove something about: as the socket that held it was bound.
struct PortClaim
{
    Protocol protocol = Protocol::Tcp;
    IpAddress address;
    std::uint16_t port = 0;
    std::optional<bool> v6Only;

    bool operator==(const PortClaim &) const = default;
};

[[nodiscard]] PortClaim claimOf(const SocketRecord &socket);

/**
 * Finds out whether somebody who wants @p claim can have it now.
 *
 * The socket is bound for a moment with SO_REUSEADDR, as nearly all servers set it, and never listens: a server that
 * binds at the same instant is not disturbed. Connections in TIME_WAIT do not stand in the way of that.
 *
 * Source:  sock_diag(7), bind(2).
 * Threads: as @p diag.
 */
[[nodiscard]] PortProof provePort(SockDiag &diag, const PortClaim &claim);

/// Whether listeners at both could not be there at the same time (SO_REUSEPORT aside). Threads: pure function.
[[nodiscard]] bool collide(const PortClaim &left, const PortClaim &right);

} // namespace Quay
