// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runmembers.h"

#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/processes/processtable.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

/// In a made-up /proc a process has no clock: it is there or not.
CpuClock cpuClockFor(const ProcFs &proc)
{
    if (proc.isKernels()) {
        return processCpuTime;
    }
    return [&proc](pid_t pid) {
        return readProcStat(proc, pid) ? std::optional(std::chrono::nanoseconds(0)) : std::nullopt;
    };
}

} // namespace

RunMembers::RunMembers(const ProcFs &proc, const Clock &clock)
    : m_proc(proc)
    , m_processes(proc, cpuClockFor(proc), clock)
{
}

std::vector<pid_t> RunMembers::of(pid_t supervisor)
{
    update();
    std::vector<pid_t> members;
    const auto addChildrenOf = [&](pid_t parent) {
        if (const auto found = m_children.find(parent); found != m_children.end()) {
            members.insert(members.end(), found->second.begin(), found->second.end());
        }
    };
    addChildrenOf(supervisor);
    for (std::size_t i = 0; i < members.size() && i < m_parents.size(); ++i) { // ids used again could form a ring
        addChildrenOf(members[i]);
    }
    return members;
}

void RunMembers::update()
{
    const pid_t lastPid = readSchedulerLoad(m_proc).value_or(SchedulerLoad{}).lastPid;
    const bool isSame = lastPid != 0 && lastPid == std::exchange(m_lastPid, lastPid);
    if (isSame && m_isSettled) {
        return;
    }
    m_isSettled = isSame;
    if (!m_processes.sweep()) {
        return;
    }
    for (const pid_t pid : m_processes.departed()) {
        drop(pid);
    }
    for (const pid_t pid : m_processes.arrived()) {
        enter(pid);
    }
}

void RunMembers::enter(pid_t pid)
{
    if (const auto stat = readProcStat(m_proc, pid)) {
        m_parents.insert_or_assign(pid, stat->parentPid);
        m_children[stat->parentPid].insert(pid);
    }
}

/// Its children have another parent now.
void RunMembers::drop(pid_t pid)
{
    if (const auto known = m_parents.extract(pid)) {
        if (const auto siblings = m_children.find(known.mapped()); siblings != m_children.end()) {
            siblings->second.erase(pid);
            if (siblings->second.empty()) {
                m_children.erase(siblings);
            }
        }
    }
    if (const auto orphans = m_children.extract(pid)) {
        std::ranges::for_each(orphans.mapped(), [this](pid_t orphan) { enter(orphan); });
    }
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
