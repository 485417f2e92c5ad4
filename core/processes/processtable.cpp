// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/processtable.h"

#include "core/base/clock.h"
#include "core/base/cores.h"
#include "core/base/result.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/processes/processinfo.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto RelistInterval = 60s; // a restored or wrapped pid may lie outside every gap
constexpr pid_t LargestGap = 512; // beyond this, listing /proc is cheaper than probing
constexpr std::uint64_t ArgumentRounds = 16; // titles such as "postgres: idle" change without the name
constexpr std::uint32_t SweepsUntilAsleep = 4;
constexpr std::uint64_t SleeperRounds = 4;
constexpr std::uint32_t WakeupsUntilKept = 3;
constexpr std::ptrdiff_t MostStatFiles =
    64; // a process may have 1024 descriptors, and the kernel keeps a page for each
constexpr std::uint64_t ReclaimRounds = 64; // memory can be taken from a process that does not run

bool isTurn(std::uint64_t round, pid_t pid, std::uint64_t rounds)
{
    return (round + static_cast<std::uint64_t>(pid)) % rounds == 0;
}

} // namespace

ProcessTable::ProcessTable(const ProcFs &proc, CpuClock cpuClock, const Clock &clock)
    : m_proc(proc)
    , m_cpuClock(std::move(cpuClock))
    , m_clock(clock)
    , m_reader(proc, clock)
{
}

Result<> ProcessTable::discover()
{
    m_arrived.clear();
    const auto load = readSchedulerLoad(m_proc);
    m_wasAlone = load && load->runnable == 1;
    const bool isDue = m_lastPid == 0 || m_clock.monotonic() - m_listedAt >= RelistInterval;
    if (!load || isDue || load->lastPid < m_lastPid || load->lastPid - m_probedFrom > LargestGap) {
        return listEverything(load.value_or(SchedulerLoad{}).lastPid);
    }
    const auto probedFrom = std::exchange(m_probedFrom, m_lastPid);
    m_lastPid = load->lastPid;
    probe(probedFrom + 1, load->lastPid);
    return {};
}

Result<> ProcessTable::listEverything(pid_t lastPid)
{
    const auto pids = listPids(m_proc);
    if (!pids) {
        return std::unexpected(pids.error());
    }
    m_listedAt = m_clock.monotonic();
    m_lastPid = lastPid;
    m_probedFrom = lastPid;
    std::vector<Entry> arrivals;
    for (const pid_t pid : *pids) {
        if (entry(pid) != nullptr) {
            continue;
        }
        if (const auto cpuTime = m_cpuClock(pid)) {
            arrivals.push_back({.pid = pid, .sweptCpuTime = *cpuTime});
        }
    }
    insertArrived(std::move(arrivals));
    return {};
}

void ProcessTable::probe(pid_t first, pid_t last)
{
    std::vector<Entry> arrivals;
    for (pid_t pid = first; pid <= last; ++pid) {
        if (entry(pid) != nullptr) {
            continue;
        }
        // The clock of every process can be read; under hidepid not every process is there for us.
        if (const auto cpuTime = m_cpuClock(pid); cpuTime && processUid(m_proc, pid)) {
            arrivals.push_back({.pid = pid, .sweptCpuTime = *cpuTime});
        }
    }
    insertArrived(std::move(arrivals));
}

void ProcessTable::insertArrived(std::vector<Entry> arrivals)
{
    if (arrivals.empty()) {
        return;
    }
    for (const auto &arrival : arrivals) {
        m_arrived.push_back(arrival.pid);
    }
    const auto middle = static_cast<std::ptrdiff_t>(m_entries.size());
    std::ranges::move(arrivals, std::back_inserter(m_entries));
    std::ranges::inplace_merge(m_entries, m_entries.begin() + middle, {}, &Entry::pid);
}

ProcessTable::Entry *ProcessTable::entry(pid_t pid)
{
    return const_cast<Entry *>(std::as_const(*this).entry(pid)); // NOLINT(cppcoreguidelines-pro-type-const-cast): ours
}

const ProcessTable::Entry *ProcessTable::entry(pid_t pid) const
{
    const auto found = std::ranges::lower_bound(m_entries, pid, {}, &Entry::pid);
    return found != m_entries.end() && found->pid == pid ? std::to_address(found) : nullptr;
}

std::optional<std::chrono::nanoseconds> ProcessTable::sweptCpuTime(pid_t pid) const
{
    const auto *const known = entry(pid);
    return known != nullptr ? std::optional(known->sweptCpuTime) : std::nullopt;
}

bool ProcessTable::isKernelThread(pid_t pid) const
{
    const auto *const known = entry(pid);
    return known != nullptr && known->reading.info && known->reading.info->isKernelThread;
}

Result<> ProcessTable::sweep()
{
    return discover().transform([this] { sweepThose([](const Entry &) { return true; }); });
}

void ProcessTable::sweepRest()
{
    sweepThose([](const Entry &known) { return known.isLeftOut; });
}

void ProcessTable::sweepThose(const std::function<bool(const Entry &)> &isMeant)
{
    m_ran.clear();
    m_departed.clear();
    auto arrived = m_arrived.begin();
    for (auto &known : m_entries) {
        if (!isMeant(known)) {
            continue;
        }
        known.isLeftOut = false;
        arrived = std::lower_bound(arrived, m_arrived.end(), known.pid);
        if (arrived != m_arrived.end() && *arrived == known.pid) { // its clock was read a moment ago
            m_ran.push_back(known.pid);
            continue;
        }
        const auto cpuTime = m_cpuClock(known.pid);
        if (!cpuTime) {
            m_departed.push_back(known.pid);
        } else if (*cpuTime != known.sweptCpuTime) {
            known.sweptCpuTime = *cpuTime;
            known.stillSweeps = 0;
            ++known.wakeups;
            m_ran.push_back(known.pid);
        } else if (++known.stillSweeps >= SweepsUntilAsleep) {
            known.wakeups = 0;
        }
    }
    if (!m_departed.empty()) {
        std::erase_if(m_entries,
                      [this](const Entry &known) { return std::ranges::binary_search(m_departed, known.pid); });
        if (m_round > 0) { // somebody reads about them all
            m_bereaving.insert(m_departed.begin(), m_departed.end());
        }
    }
}

Result<> ProcessTable::readAll()
{
    return sweep().transform([this] { readSwept(); });
}

Result<> ProcessTable::readInTurn()
{
    return discover().transform([this] {
        for (auto &known : m_entries) {
            known.isLeftOut = known.stillSweeps >= SweepsUntilAsleep && !isTurn(m_round, known.pid, SleeperRounds);
        }
        sweepThose([](const Entry &known) { return !known.isLeftOut; });
        readSwept();
    });
}

void ProcessTable::readSwept()
{
    const auto now = m_clock.monotonic();
    ++m_round;
    std::vector<Entry *> changed;
    for (auto &known : m_entries) {
        if (!known.isLeftOut && countShare(known, now)) {
            changed.push_back(&known);
        }
    }
    keepStatFiles();
    readOutdated();
    readOrphans();
    for (auto *const known : changed) {
        if (known->reading.info
            && known->reading.info->cpuShare != known->reading.cpuShare) { // not read since, for it fell asleep
            auto info = std::make_shared<ProcessInfo>(*known->reading.info);
            info->cpuShare = known->reading.cpuShare;
            known->reading.info = std::move(info);
        }
    }
}

/// Whether it is another one.
bool ProcessTable::countShare(Entry &entry, std::chrono::nanoseconds now)
{
    using Seconds = std::chrono::duration<double>;
    const auto before = std::exchange(entry.counted, Counted{.cpuTime = entry.sweptCpuTime, .at = now});
    const auto share = before && before->at < now
        ? std::optional(Seconds(entry.sweptCpuTime - before->cpuTime) / Seconds(now - before->at))
        : std::nullopt;
    return std::exchange(entry.reading.cpuShare, share) != share;
}

void ProcessTable::keepStatFiles()
{
    auto kept = std::ranges::count_if(m_entries, [](const Entry &known) { return known.reading.statFile.isOpen(); });
    for (auto &known : m_entries) {
        if (known.wakeups == 0 && known.reading.statFile.isOpen()) {
            known.reading.statFile = {};
            --kept;
        } else if (known.wakeups >= WakeupsUntilKept && !known.reading.statFile.isOpen() && kept < MostStatFiles) {
            if (auto file = ProcStatFile::open(m_proc, known.pid)) {
                known.reading.statFile = *std::move(file);
                ++kept;
            }
        }
    }
}

/// At the first look these are all, and then whoever has run.
void ProcessTable::readOutdated()
{
    std::vector<Entry *> outdated;
    for (auto &known : m_entries) {
        const bool isUnread = !known.reading.info && !known.reading.isRefused;
        if (known.sweptCpuTime != known.reading.cpuTime || isUnread || isTurn(m_round, known.pid, ReclaimRounds)) {
            outdated.push_back(&known);
        }
    }
    onSeveralCores(outdated.size(), [&](std::size_t index) {
        if (!m_stop.stop_requested()) {
            read(*outdated[index], outdated[index]->sweptCpuTime);
        }
    });
}

/// A process whose parent ended gets a new one without running itself.
void ProcessTable::readOrphans()
{
    const auto departed = std::exchange(m_bereaving, {});
    if (departed.empty()) {
        return;
    }
    for (auto &known : m_entries) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (known.reading.info && departed.contains(known.reading.parentPid)) {
            read(known, known.sweptCpuTime);
        }
    }
}

/// Threads: on several at once, each with an entry of its own.
void ProcessTable::read(Entry &entry, std::chrono::nanoseconds cpuTime) const
{
    m_reader.read(entry.pid, entry.reading, cpuTime, isTurn(m_round, entry.pid, ArgumentRounds));
}

ProcessInfoPtr ProcessTable::find(pid_t pid)
{
    const auto cpuTime = m_cpuClock(pid);
    if (!cpuTime) {
        return nullptr;
    }
    auto *const known = entry(pid);
    if (known == nullptr) {
        // Not entered here: it is for discover() to announce it as arrived.
        Entry unknown{.pid = pid};
        read(unknown, *cpuTime);
        return unknown.reading.info;
    }
    if (!known->reading.info || known->reading.cpuTime != *cpuTime) {
        read(*known, *cpuTime);
    }
    return known->reading.info;
}

ProcessInfoPtr ProcessTable::find(ProcessId id)
{
    auto process = find(id.pid);
    return process && process->id == id ? process : nullptr;
}

void ProcessTable::reread(pid_t pid)
{
    const auto cpuTime = m_cpuClock(pid);
    if (auto *const known = entry(pid); known != nullptr && cpuTime) {
        read(*known, *cpuTime);
    }
}

std::vector<pid_t> ProcessTable::pids() const
{
    std::vector<pid_t> pids;
    pids.reserve(m_entries.size());
    for (const auto &known : m_entries) {
        pids.push_back(known.pid);
    }
    return pids;
}

std::vector<ProcessInfoPtr> ProcessTable::all() const
{
    std::vector<ProcessInfoPtr> all;
    all.reserve(m_entries.size());
    for (const auto &known : m_entries) {
        if (known.reading.info) {
            all.push_back(known.reading.info);
        }
    }
    return all;
}

} // namespace Quay
