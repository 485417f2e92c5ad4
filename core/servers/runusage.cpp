// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runusage.h"

#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procschedstat.h"
#include "core/kernel/procstat.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/probemachine.h"
#include "core/servers/runmembers.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr auto ConnectingFirst = 500ms; // most starts are over by then
constexpr auto ConnectingInterval = 2s; // what is answered at all is answered earlier
constexpr auto ShareWindow = 400ms; // shorter ones have a share that jumps

std::uint64_t pageBytes()
{
    static const long bytes = ::sysconf(_SC_PAGESIZE);
    return bytes > 0 ? static_cast<std::uint64_t>(bytes) : 4096;
}

} // namespace

RunUsage::RunUsage(const ProbeMachine &machine, pid_t supervisor)
    : m_proc(*machine.proc)
    , m_diag(*machine.diag)
    , m_allMembers(*machine.members)
    , m_supervisor(supervisor)
    , m_clock(*machine.clock)
    , m_connectingShare(m_clock)
    , m_connectingDue(m_clock.monotonic() + ConnectingFirst)
{
}

void RunUsage::look()
{
    const auto now = m_clock.monotonic();
    m_members = m_allMembers.of(m_supervisor);
    findUnanswered(now);
    UsageSample sample{.at = now, .refused = std::exchange(m_refused, {})};
    std::map<pid_t, Known> seen;
    for (const pid_t pid : m_members) {
        if (auto known = lookAt(pid, now, sample)) {
            seen.emplace(pid, *std::move(known));
        }
    }
    for (const auto &[pid, known] : m_known) {
        const auto same = seen.find(pid);
        if (same == seen.end() || same->second.process.id != known.process.id) {
            m_endedCpuTime += known.cpuTime;
        }
    }
    m_known = std::move(seen);
    sample.cpuTime += m_endedCpuTime;
    keep(std::move(sample));
}

std::vector<ServerProcess> RunUsage::processes() const
{
    std::vector<ServerProcess> processes;
    for (const auto &[pid, known] : m_known) {
        if (known.process.state != 'Z') {
            processes.push_back(known.process);
        }
    }
    return processes;
}

/// Adds what it uses to @p sample.
std::optional<RunUsage::Known> RunUsage::lookAt(pid_t pid, nanoseconds now, UsageSample &sample) const
{
    auto stat = readProcStat(m_proc, pid);
    if (!stat) {
        return std::nullopt;
    }
    const auto precise = m_proc.isKernels() ? processCpuTime(pid) : std::nullopt;
    const auto cpuTime = precise.value_or(timeFromTicks(stat->userTicks + stat->systemTicks));
    sample.cpuTime += cpuTime;
    sample.residentBytes += stat->residentPages * pageBytes();
    const ProcessId id{.pid = pid, .startTicks = stat->startTicks};
    const auto before = m_known.find(pid);
    const bool isNew = before == m_known.end() || before->second.process.id != id;
    Known known =
        isNew ? Known{.stateSince = now, .windowBegin = now, .atWindowBegin = demandOf(pid, cpuTime)} : before->second;
    if (known.process.state != stat->state) {
        known.stateSince = now;
    }
    known.process.id = id;
    known.process.name = std::move(stat->comm);
    known.process.state = stat->state;
    known.cpuTime = cpuTime;
    if (const auto window = now - known.windowBegin; window >= ShareWindow) {
        const auto wanted = demandOf(pid, cpuTime);
        const auto demand =
            std::chrono::duration<double>(wanted - known.atWindowBegin) / std::chrono::duration<double>(window);
        known.process.demand = demand;
        known.busySince =
            demand >= WholeCore ? std::optional(known.busySince.value_or(known.windowBegin)) : std::nullopt;
        known.windowBegin = now;
        known.atWindowBegin = wanted;
    }
    known.process.sameFor = now - known.busySince.value_or(known.stateSince);
    return known;
}

/// On a busy machine an endless loop has less than a core: what it had to wait for its turn belongs to it as well.
nanoseconds RunUsage::demandOf(pid_t pid, nanoseconds cpuTime) const
{
    return cpuTime + readProcSchedStat(m_proc, pid).value_or(ProcSchedStat()).waited;
}

/// Connections that were under way at two looks, and to which nobody answers.
void RunUsage::findUnanswered(nanoseconds now)
{
    if (now < m_connectingDue || !m_connectingShare.isDue()) {
        return;
    }
    m_connectingDue = now + ConnectingInterval;
    m_connectingShare.spend([this] {
        const auto connecting = m_diag.tcpConnecting();
        if (!connecting) {
            return;
        }
        const auto before = std::exchange(m_connecting, {});
        std::map<std::uint64_t, const SocketRecord *> waiting; // by inode
        for (const auto &socket : *connecting) {
            m_connecting.insert(socket.cookie);
            if (socket.inode != 0 && before.contains(socket.cookie)) {
                waiting.emplace(socket.inode, &socket);
            }
        }
        std::set<std::uint64_t> inodes;
        std::ranges::transform(waiting, std::inserter(inodes, inodes.end()),
                               &std::pair<const std::uint64_t, const SocketRecord *>::first);
        for (const auto inode : inodes.empty() ? inodes : socketsHeldBy(m_proc, m_members, inodes)) {
            const auto &socket = *waiting.at(inode);
            const auto listener = m_diag.listenerFor(socket.remoteAddress, socket.remotePort);
            if (!listener || !*listener) { // one of this machine that does not accept is not absent
                m_refused.push_back({.address = unmapped(socket.remoteAddress), .port = socket.remotePort});
            }
        }
    });
}

void RunUsage::keep(UsageSample sample)
{
    m_samples.push_back(std::move(sample));
    if (m_samples.size() < MostSamples) {
        return;
    }
    std::vector<UsageSample> fewer;
    for (std::size_t i = 1; i < m_samples.size(); i += 2) {
        auto both = std::move(m_samples[i]);
        both.residentBytes = std::max(both.residentBytes, m_samples[i - 1].residentBytes);
        both.refused.insert(both.refused.begin(), m_samples[i - 1].refused.begin(), m_samples[i - 1].refused.end());
        fewer.push_back(std::move(both));
    }
    m_samples = std::move(fewer);
}

} // namespace Quay
