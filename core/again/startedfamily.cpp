// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/startedfamily.h"

#include "core/kernel/procfd.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace Quay {

namespace {

std::vector<ProcStat> everybody(const ProcFs &proc)
{
    std::vector<ProcStat> stats;
    for (const pid_t pid : listPids(proc).value_or(std::vector<pid_t>())) {
        if (auto stat = readProcStat(proc, pid)) {
            stats.push_back(*std::move(stat));
        }
    }
    return stats;
}

std::set<pid_t> familyOf(std::span<const pid_t> started, const std::vector<ProcStat> &stats)
{
    std::set<pid_t> family(started.begin(), started.end()); // each leads a session of its own
    const auto belongs = [&](const ProcStat &stat) {
        return std::ranges::contains(started, stat.session) || family.contains(stat.parentPid);
    };
    for (std::size_t known = 0; known != family.size();) { // a parent may have a higher number than its child
        known = family.size();
        for (const auto &stat : stats) {
            if (belongs(stat)) {
                family.insert(stat.pid);
            }
        }
    }
    return family;
}

} // namespace

std::optional<std::set<std::uint64_t>> socketsOfStarted(const ProcFs &proc, std::span<const pid_t> started)
{
    std::set<std::uint64_t> inodes;
    for (const pid_t pid : familyOf(started, everybody(proc))) {
        const auto fds = readSocketFds(proc, pid);
        if (!fds && fds.error().code != ErrorCode::Gone) {
            return std::nullopt;
        }
        std::ranges::transform(fds.value_or(SocketFds()).sockets, std::inserter(inodes, inodes.end()),
                               &SocketFd::inode);
    }
    return inodes;
}

} // namespace Quay
