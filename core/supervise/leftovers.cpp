// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/leftovers.h"

#include "core/base/readfile.h"
#include "core/control/pinnedprocess.h"
#include "core/kernel/cgroupindex.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runmark.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t EnvironmentLimitBytes = std::size_t{8} << 20U; // more than execve() takes

/// Those of this user that have not ended, by pid.
std::map<pid_t, ProcStat> ownProcesses(const ProcFs &proc)
{
    std::map<pid_t, ProcStat> processes;
    for (const pid_t pid : listPids(proc).value_or(std::vector<pid_t>())) {
        if (pid == ::getpid() || processUid(proc, pid) != ::geteuid()) {
            continue;
        }
        if (auto stat = readProcStat(proc, pid); stat && stat->state != 'Z' && stat->state != 'X') {
            processes.emplace(pid, *std::move(stat));
        }
    }
    return processes;
}

std::set<pid_t> membersOf(const std::optional<std::string> &cgroup)
{
    if (!cgroup) {
        return {};
    }
    const auto pids = readFile(*cgroup + "/cgroup.procs").and_then(parseCgroupProcs);
    return pids ? std::set<pid_t>(pids->begin(), pids->end()) : std::set<pid_t>();
}

/// Finds them one by one; what one is known for makes others known.
class Search
{
public:
    Search(const ProcFs &proc, const std::string &key, const std::optional<Lease> &lease)
        : m_proc(proc)
        , m_mark(runMark(key, lease ? std::string_view(lease->runId) : std::string_view()))
        , m_isWholeMark(lease.has_value())
        , m_lease(lease)
        , m_processes(ownProcesses(proc))
        , m_members(membersOf(lease ? lease->cgroup : std::nullopt))
    {
    }

    std::vector<LeftOver> run()
    {
        for (const auto &[pid, stat] : m_processes) {
            if (const auto evidence = ownEvidence(stat)) {
                m_found.emplace(pid, *evidence);
            }
        }
        while (spread()) { }
        return pinnedOnes();
    }

private:
    [[nodiscard]] std::optional<LeftOverEvidence> ownEvidence(const ProcStat &stat) const
    {
        if (m_lease && m_lease->server && m_lease->server->id.pid == stat.pid && isRunning(m_proc, *m_lease->server)) {
            return LeftOverEvidence::Server;
        }
        if (m_members.contains(stat.pid)) {
            return LeftOverEvidence::Cgroup;
        }
        const auto environment =
            readFileAt(m_proc.directory(), pidPath(stat.pid, "environ"), EnvironmentLimitBytes).transform(splitAtNuls);
        const auto isMark = [this](const std::string &variable) {
            return m_isWholeMark ? variable == m_mark : variable.starts_with(m_mark);
        };
        return environment && std::ranges::any_of(*environment, isMark) ? std::optional(LeftOverEvidence::Environment)
                                                                        : std::nullopt;
    }

    /// One round of what follows from who is known already. Whether anybody was added.
    bool spread()
    {
        // The number of a session is not used again as long as anybody is in it: whoever shares one with a process of
        // the run is of the same session, also when its leader is no more.
        std::set<pid_t> sessions;
        for (const auto &[pid, evidence] : m_found) {
            sessions.insert(m_processes.at(pid).session);
        }
        const auto before = m_found.size();
        for (const auto &[pid, stat] : m_processes) {
            if (m_found.contains(stat.parentPid)) {
                m_found.emplace(pid, LeftOverEvidence::Descent);
            } else if (sessions.contains(stat.session) && startsWithRun(stat)) {
                m_found.emplace(pid, LeftOverEvidence::Session);
            }
        }
        return m_found.size() > before;
    }

    /// Whoever was there before the server does not belong to it, also when somebody took its mark into a session that
    /// he was in already.
    [[nodiscard]] bool startsWithRun(const ProcStat &stat) const
    {
        return m_lease && m_lease->server && stat.startTicks >= m_lease->server->id.startTicks;
    }

    [[nodiscard]] std::vector<LeftOver> pinnedOnes() const
    {
        std::vector<LeftOver> leftOvers;
        for (const auto &[pid, evidence] : m_found) {
            const auto &stat = m_processes.at(pid);
            // What was read about the pid was about this process only if it is still there.
            const auto pinned = PinnedProcess::open(m_proc, {.pid = pid, .startTicks = stat.startTicks}, std::nullopt);
            if (!pinned || pinned->handle().hasEnded().value_or(true)) {
                continue;
            }
            ProcessMark mark{.id = pinned->id(), .serial = std::nullopt};
            if (const auto serial = pinned->handle().serial()) {
                mark.serial = *serial;
            }
            leftOvers.push_back({.process = mark, .name = stat.comm, .evidence = evidence});
        }
        return leftOvers;
    }

    const ProcFs &m_proc;
    std::string m_mark;
    bool m_isWholeMark;
    const std::optional<Lease> &m_lease;
    std::map<pid_t, ProcStat> m_processes;
    std::set<pid_t> m_members;
    std::map<pid_t, LeftOverEvidence> m_found;
};

} // namespace

std::vector<LeftOver> findLeftOvers(const ProcFs &proc, const std::string &key, const std::optional<Lease> &lease)
{
    return Search(proc, key, lease).run();
}

} // namespace Quay
