// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ports/acceptqueues.h"
#include "core/servers/listeningprobe.h"
#include "core/startup/contradiction.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProbeGroup;
class ProcFs;
class SockDiag;
struct ProbeMachine;
struct ServerSpec;

/// Where a server should be reachable, and whether it is.
struct AskedEndpoint
{
    std::optional<std::uint16_t> port; ///< Nothing: whichever it opens.
    std::optional<IpAddress> address; ///< Nothing: wherever the server likes, or by a name that stands for several.
    std::optional<bool> answers; ///< Nothing: nobody has asked yet.

    bool operator==(const AskedEndpoint &) const = default;
};

/// Where the first of @p probes expects the server on this machine that is not met, else one that is, else where
/// @p spec does. Threads: pure function.
[[nodiscard]] AskedEndpoint askedEndpoint(const ServerSpec &spec, const ProbeGroup &probes);

/**
 * Gathers what there is to know about a server that should be reachable and does not seem so.
 *
 * Source:  sock_diag(7) for all listeners; descriptors of the run's processes and, once for each foreign listener on
 *          the port, of everybody who may be read. For a look or two a second, not more.
 * Threads: not shared.
 */
class Reachability
{
public:
    Reachability(const ProbeMachine &machine, pid_t supervisor);

    [[nodiscard]] ReachabilityFacts look(const AskedEndpoint &asked, bool saysItIsUp,
                                         std::vector<ServerProcess> processes);

private:
    void followQueues(ReachabilityFacts &facts);
    [[nodiscard]] ForeignListener describe(const SocketRecord &socket);

    const ProcFs &m_proc;
    SockDiag &m_diag;
    ListeningProbe m_listeners; ///< Without a port: tells whose all of them are.
    AcceptQueues m_queues;
    std::set<ListenerKey> m_followed; ///< Those that m_queues was told of.
    std::map<std::uint64_t, ForeignListener> m_holders; ///< By inode: looked for once.
};

} // namespace Quay
