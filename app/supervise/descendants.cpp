// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/descendants.h"

#include "core/base/result.h"
#include "core/control/pinnedprocess.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/kernel/runcgroup.h"
#include "core/processes/processid.h"
#include "core/supervise/processmark.h"

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int MostLooks = 1000; // who forks without an end is caught in a few; a look that is refused never ends
constexpr int MostGenerations = 1000;

bool isAlive(const ProcStat &stat)
{
    return stat.state != 'Z' && stat.state != 'X';
}

using Seen = std::function<void(const ProcStat &)>;

/**
 * Calls @p seen for each living child of ours as soon as it is read, and then for all living descendants.
 *
 * The newest are read first. Who forks on and ends is a child of ours, and somebody else in a moment: it is caught only
 * by who looks at it before anything else, and leaves a zombie each time that makes the list longer.
 */
void lookAtDescendants(const ProcFs &proc, const Seen &seen)
{
    const pid_t own = ::getpid();
    auto pids = listPids(proc).value_or(std::vector<pid_t>());
    std::ranges::sort(pids, std::greater());
    std::multimap<pid_t, ProcStat> byParent;
    for (const pid_t pid : pids) {
        if (auto stat = readProcStat(proc, pid)) {
            if (stat->parentPid == own && isAlive(*stat)) {
                seen(*stat);
            }
            const pid_t parent = stat->parentPid;
            byParent.emplace(parent, *std::move(stat));
        }
    }
    std::vector<pid_t> parents{own};
    while (!parents.empty()) {
        const auto [begin, end] = byParent.equal_range(parents.back());
        parents.pop_back();
        for (auto child = begin; child != end; ++child) {
            parents.push_back(child->second.pid);
            if (isAlive(child->second)) {
                seen(child->second);
            }
        }
        byParent.erase(begin, end);
    }
}

std::vector<ProcStat> stopAll(const ProcFs &proc)
{
    std::set<ProcessId> stopped;
    std::vector<ProcStat> found;
    for (int look = 0; look < MostLooks; ++look) {
        const auto before = found.size();
        lookAtDescendants(proc, [&](const ProcStat &stat) {
            if (stopped.insert(idOf(stat)).second) {
                static_cast<void>(signalExactly(proc, idOf(stat), SIGSTOP)); // who cannot be is told of by SIGKILL
                found.push_back(stat);
            }
        });
        if (found.size() == before) {
            break;
        }
    }
    return found;
}

std::string commandOf(const ProcFs &proc, const ProcStat &stat)
{
    const auto arguments = readArguments(proc, stat.pid);
    return arguments && !arguments->empty() ? joinArguments(*arguments) : stat.comm;
}

} // namespace

std::vector<ProcStat> ownDescendants(const ProcFs &proc)
{
    std::set<ProcessId> known;
    std::vector<ProcStat> descendants;
    lookAtDescendants(proc, [&](const ProcStat &stat) {
        if (known.insert(idOf(stat)).second) {
            descendants.push_back(stat);
        }
    });
    return descendants;
}

bool isOwnDescendant(const ProcFs &proc, pid_t pid)
{
    const pid_t own = ::getpid();
    for (int generation = 0; generation < MostGenerations && pid > 1 && pid != own; ++generation) {
        const auto stat = readProcStat(proc, pid);
        if (!stat) {
            return false;
        }
        pid = stat->parentPid;
        if (pid == own) {
            return true;
        }
    }
    return false;
}

ProcessId idOf(const ProcStat &stat) noexcept
{
    return {.pid = stat.pid, .startTicks = stat.startTicks};
}

Result<> signalExactly(const ProcFs &proc, ProcessId id, int signal)
{
    const auto pinned = PinnedProcess::open(proc, id, std::nullopt);
    return pinned ? pinned->handle().signal(signal) : std::unexpected(pinned.error().error);
}

std::vector<KilledProcess> killDescendants(const ProcFs &proc, const RunCgroup *cgroup)
{
    std::vector<KilledProcess> killed;
    for (const auto &stat : stopAll(proc)) {
        killed.push_back({.process = {.id = idOf(stat), .serial = std::nullopt}, .command = commandOf(proc, stat)});
    }
    if (cgroup != nullptr) {
        static_cast<void>(cgroup->kill()); // older kernels cannot: one by one does it too
    }
    for (auto &process : killed) {
        const auto signalled = signalExactly(proc, process.process.id, SIGKILL);
        if (!signalled && signalled.error().code == ErrorCode::Denied) {
            process.sysErrno = signalled.error().sysErrno;
        }
    }
    return killed;
}

} // namespace Quay
