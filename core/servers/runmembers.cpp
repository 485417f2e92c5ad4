// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runmembers.h"

#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

std::vector<pid_t> runMembers(const ProcFs &proc, pid_t supervisor)
{
    const auto pids = listPids(proc);
    if (!pids) {
        return {};
    }
    std::multimap<pid_t, pid_t> children;
    for (const pid_t pid : *pids) {
        if (const auto stat = readProcStat(proc, pid)) {
            children.emplace(stat->parentPid, pid);
        }
    }
    std::vector<pid_t> members;
    const auto addChildrenOf = [&](pid_t parent) {
        const auto [first, last] = children.equal_range(parent);
        for (auto child = first; child != last; ++child) {
            members.push_back(child->second);
        }
    };
    addChildrenOf(supervisor);
    for (std::size_t i = 0; i < members.size() && i < pids->size(); ++i) { // ids that are used again could form a ring
        addChildrenOf(members[i]);
    }
    return members;
}

std::set<std::uint64_t> socketsHeldBy(const ProcFs &proc, std::span<const pid_t> members,
                                      const std::set<std::uint64_t> &inodes)
{
    std::set<std::uint64_t> held;
    for (const pid_t pid : members) {
        const auto fds = readSocketFds(proc, pid);
        if (!fds) {
            continue; // gone, or not ours any more
        }
        for (const auto &socket : fds->sockets) {
            if (inodes.contains(socket.inode)) {
                held.insert(socket.inode);
            }
        }
        if (held.size() == inodes.size()) {
            break;
        }
    }
    return held;
}

} // namespace Quay
