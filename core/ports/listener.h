// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/proclink.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/factkey.h"
#include "core/processes/ancestry.h"
#include "core/processes/kindrules.h"
#include "core/processes/processinfo.h"
#include "core/processes/project.h"
#include "core/processes/unit.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// How much is known about who holds a socket. Pending, Hidden and NoProcess come without owners.
enum class OwnerKnowledge : std::uint8_t
{
    Pending, ///< Not looked for yet: the answer follows within milliseconds.
    Hidden, ///< Held by processes whose descriptors we may not read (another user's, or not dumpable).
    InferredFromUnit, ///< Hidden, but the socket's cgroup has one process only: it is given, with no descriptor. Never
                      ///< a service manager, which opens sockets for others.
    NoProcess, ///< No process holds it: the kernel's own, or one in another pid namespace.
    Told, ///< The helper named them, which looks at every process, when it was asked last.
    FirstFound, ///< The owners were found where they were to be expected; that there are others is not excluded.
    Complete, ///< Every readable process was looked at. Ends when the owners have run since, within half a minute.
};

/// What changes rarely about a process that holds a port. Null or empty parts are unknown (another user's process).
struct OwnerProfile
{
    std::optional<ProcLink> workingDirectory; ///< Hidden for other users' processes.
    bool isDirectoryElsewhere = false; ///< Its path means another one for us, or none: see isDirectoryElsewhere().
    bool isDirectorySilent = false; ///< Its file system has not answered yet: of the project nothing is known.
    std::optional<ProcLink> executable; ///< Hidden for other users' processes.
    UnitInfo unit;
    ProjectPtr project; ///< Null when the directory is hidden, elsewhere, silent or in no project.
    std::optional<ServerKind> kind;
    Ancestry ancestry;

    bool operator==(const OwnerProfile &) const = default;
};

/// Whether @p viewer may look into the processes of @p owner, as far as users decide.
[[nodiscard]] constexpr bool mayLookInto(uid_t viewer, uid_t owner)
{
    return viewer == 0 || viewer == owner;
}

/// One process that holds a socket.
struct Owner
{
    ProcessInfoPtr process; ///< never null
    std::shared_ptr<const OwnerProfile> profile; ///< never null
    int fd = -1; ///< Its lowest descriptor of this socket.

    bool operator==(const Owner &) const = default;
};

/// Whether it is a service manager, which holds a socket for the service that it starts for it.
[[nodiscard]] bool isServiceManager(const Owner &owner);

/// From where a listener can be reached.
enum class Reach : std::uint8_t
{
    ThisMachine, ///< Loopback addresses, and others that are bound to the loopback device.
    Network, ///< Everything else, as far as no firewall forbids it.
};

/// Something about a listener that deserves a look. What led to it is in Warning::facts.
enum class WarningKind : std::uint8_t
{
    SplitBrain, ///< `localhost` means different processes over IPv4 and IPv6, or hides one behind the other.
    NobodyAccepts, ///< A connection waits in the accept queue, and for long nobody has taken it.
    ExecutableDeleted, ///< The program file was removed or replaced: it still runs the old one.
    DirectoryDeleted, ///< Its working directory no longer exists.
    OwnerStopped, ///< The owner is stopped (SIGSTOP, debugger): it cannot answer.
    DevelopmentServerOnNetwork, ///< A development server that other machines can reach.
};

/// A fact that can be checked by hand.
struct Fact
{
    FactKey key;
    std::string value; ///< Raw bytes.

    bool operator==(const Fact &) const = default;
};

struct Warning
{
    WarningKind kind = WarningKind::SplitBrain;
    std::vector<Fact> facts;

    bool operator==(const Warning &) const = default;
};

/**
 * What identifies a listener from one look to the next.
 *
 * A socket that is bound to another port or address is another listener: for whoever knew the one, it is gone.
 */
struct ListenerKey
{
    std::uint64_t cookie = 0; ///< 0 when read from /proc/net: then the others tell.
    std::uint64_t inode = 0; ///< 0 too when no process has a descriptor of it.
    Protocol protocol = Protocol::Tcp;
    std::uint16_t port = 0;
    IpAddress address;

    auto operator<=>(const ListenerKey &) const = default;
};

[[nodiscard]] inline ListenerKey listenerKey(const SocketRecord &socket)
{
    return {.cookie = socket.cookie,
            .inode = socket.inode,
            .protocol = socket.protocol,
            .port = socket.localPort,
            .address = socket.localAddress};
}

/// The connections that wait at a TCP listener.
struct AcceptQueue
{
    std::uint32_t waiting = 0; ///< To be accepted.
    std::uint32_t limit = 0; ///< Most that may wait; 0 where listen() was told so.

    bool operator==(const AcceptQueue &) const = default;
};

/// A listening TCP or bound UDP socket with all that is known about it. Immutable once published.
struct Listener
{
    SocketRecord socket;
    std::string interfaceName; ///< Empty: not bound to one.
    std::vector<Owner> owners; ///< Oldest first: the master of a pre-forked server. Service managers are last.
    OwnerKnowledge knowledge = OwnerKnowledge::Pending;
    UnitInfo unit; ///< Its first owner's, else the one the socket was made in: known for other users' sockets too.
    std::optional<std::uint32_t> connections; ///< Established; unknown where not counted (UDP, counting off) or shared.
    /// Established, of this and the other sockets at its address (SO_REUSEPORT): nobody tells which took which.
    std::optional<std::uint32_t> sharedConnections;
    std::vector<Warning> warnings;
    std::chrono::nanoseconds firstSeen{}; ///< Clock::monotonic() of the look that found it.

    [[nodiscard]] ListenerKey key() const { return listenerKey(socket); }
    [[nodiscard]] Reach reach() const;
    /// Address, interface and port: `[fe80::1%eth0]:3000`. Raw bytes.
    [[nodiscard]] std::string endpoint() const;
    /// Nothing for UDP, and when it was read from /proc/net, which does not tell.
    [[nodiscard]] std::optional<AcceptQueue> acceptQueue() const;

    bool operator==(const Listener &) const = default;
};

using ListenerPtr = std::shared_ptr<const Listener>;

} // namespace Quay

template<>
struct std::hash<Quay::ListenerKey>
{
    [[nodiscard]] std::size_t operator()(const Quay::ListenerKey &key) const noexcept
    {
        // From /proc/net there is no cookie, and for some sockets no inode either.
        const auto place = (static_cast<std::uint64_t>(key.port) << 1U) | static_cast<std::uint64_t>(key.protocol);
        return std::hash<std::uint64_t>{}(key.cookie ^ (key.inode << 1U) ^ (place << 40U));
    }
};
