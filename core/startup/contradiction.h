// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// A demand from which on a process counts as one that never rests: what is measured has its gaps.
inline constexpr double WholeCore = 0.9;

/// One process of the server, as it was seen at two looks at least.
struct ServerProcess
{
    ProcessId id;
    std::string name; ///< comm, raw bytes.
    char state = '?'; ///< As in ProcStat.
    std::optional<double> demand; ///< Of one core, lately: what it had, and what its first thread waited for it.
    std::optional<std::chrono::nanoseconds> sameFor; ///< For how long it has been in this state, or has wanted as much.

    bool operator==(const ServerProcess &) const = default;
};

/// A listener that does not belong to the server.
struct ForeignListener
{
    SocketRecord socket;
    std::optional<ProcessId> holder; ///< Nothing when it is hidden.
    std::string holderName; ///< comm, raw bytes; empty when it is hidden.

    bool operator==(const ForeignListener &) const = default;
};

/// What is known about a server that should be reachable.
struct ReachabilityFacts
{
    bool saysItIsUp = false; ///< Its output said that it listens or is ready, or sd_notify did.
    Protocol protocol = Protocol::Tcp;
    std::optional<std::uint16_t> expectedPort; ///< Nothing: whichever it opens.
    std::optional<IpAddress> probedAddress; ///< What the probe asks; nothing when there is none.
    std::optional<bool> answers; ///< Whether the last probe was met.
    std::vector<SocketRecord> ownListeners; ///< Of all its processes.
    std::vector<ForeignListener> foreignListeners; ///< On the expected port.
    /// For how long the connection that waits longest in an accept queue of it was seen to wait; see AcceptQueues.
    std::optional<std::chrono::nanoseconds> waitsToBeAccepted;
    std::vector<ServerProcess> processes;
};

/// What does not fit together.
enum class ContradictionKind : std::uint8_t
{
    NotListening, ///< It says that it is up, and has opened no port.
    OtherPort, ///< It listens, but not on the port that is expected.
    HeldByOther, ///< The expected port is held by somebody else, and it has none.
    OtherFamily, ///< It listens over IPv6 only and is asked over IPv4, or the reverse.
    OtherAddress, ///< It listens on another address than is asked.
    NobodyAccepts, ///< Connections wait in its accept queue, and it takes none.
    DoesNotAnswer, ///< It listens and takes connections, and the probe is not met.
};

/// What a process does that may be the reason.
enum class ProcessCondition : std::uint8_t
{
    Ordinary,
    Stopped, ///< By SIGSTOP or a debugger.
    Uninterruptible, ///< Waits in the kernel, for a disk or a network file system.
    Computing, ///< Never rests, as an endless loop: has a core to itself, or waits for its turn on one.
};

/// A verdict with what led to it. What does not belong to the kind is empty.
struct Contradiction
{
    ContradictionKind kind = ContradictionKind::NotListening;
    std::optional<std::uint16_t> expectedPort;
    std::optional<IpAddress> probedAddress;
    std::vector<SocketRecord>
        listeners; ///< Of the server: those on other ports or addresses, or whose queue is filled.
    std::optional<ForeignListener> holder; ///< Of the expected port: of HeldByOther, and why it took another one.
    std::optional<std::chrono::nanoseconds> waits; ///< NobodyAccepts
    bool isQueueFull = false; ///< NobodyAccepts: more than may wait already do; the kernel drops those that come.
    ProcessCondition condition = ProcessCondition::Ordinary;
    std::optional<ServerProcess> process; ///< Whose condition it is.

    bool operator==(const Contradiction &) const = default;
};

/**
 * Whether what a server says of itself, or what it has opened, is contradicted by what can be seen of it.
 *
 * A server that answers has no contradiction, and one that has neither said that it is up nor opened the expected port
 * is just starting. What a process does counts when it has done so for a second, since everything waits for a disk at
 * times; it is told with the verdict, and is no verdict of its own.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::optional<Contradiction> findContradiction(const ReachabilityFacts &facts);

} // namespace Quay
