// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/ownports.h"

#include "core/kernel/procfs.h"
#include "core/servers/runmembers.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverplaces.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

namespace Quay {

bool isHeldByItsRun(const ProcFs &proc, const ServerPlaces &places, const ServerIdentity &server,
                    const std::vector<SocketRecord> &sockets)
{
    const auto presence = runPresence(proc, places, serverKey(server));
    if (presence.state != RunState::Running || !presence.lease || sockets.empty()) {
        return false;
    }
    std::set<std::uint64_t> inodes;
    for (const auto &socket : sockets) {
        inodes.insert(socket.inode);
    }
    RunMembers members(proc);
    return socketsHeldBy(proc, members.of(presence.lease->supervisor.id.pid), inodes) == inodes;
}

std::vector<CheckOutcome> withOwnPorts(std::vector<CheckOutcome> outcomes, const ProcFs &proc,
                                       const ServersPlaces &places, const std::string &project)
{
    for (auto &outcome : outcomes) {
        const ServerIdentity server{.project = project, .name = outcome.server};
        if (outcome.finding == CheckFinding::PortHeld
            && isHeldByItsRun(proc, places.of(server), server, outcome.holders)) {
            outcome.finding = CheckFinding::PortHeldByItself;
            outcome.isMet = true;
            outcome.nextPort.reset(); // it needs no other
        }
    }
    return outcomes;
}

} // namespace Quay
