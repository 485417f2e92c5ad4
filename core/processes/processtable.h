// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/processes/processinfo.h"
#include "core/processes/processreader.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// Answers like processCpuTime(): injected so that a made-up /proc can have made-up clocks.
using CpuClock = std::function<std::optional<std::chrono::nanoseconds>(pid_t)>;

/**
 * All processes, looked at again only when they ran.
 *
 * A process whose CPU clock stands still has not run, so nothing about it has changed; new processes are found between
 * two readings of the last pid that was given out. See ARCHITECTURE.md, "The dirty bit".
 *
 * Threads: not shared; belongs to the collector's thread, which has helpers where many processes are to be read. What
 * it hands out is immutable and may go anywhere.
 */
class ProcessTable
{
public:
    /// @p proc and @p clock outlive the table.
    ProcessTable(const ProcFs &proc, CpuClock cpuClock, const Clock &clock = systemClock());

    /// readAll() returns early, with what it has read until then, once @p token asks for it.
    void setStopToken(std::stop_token token) { m_stop = std::move(token); }

    /**
     * Finds processes that came since the last look: a few microseconds when none did.
     *
     * Errors:  as listPids(), when the list has to be read.
     */
    [[nodiscard]] Result<> discover();

    /// discover(), and reads every process's CPU clock: see ran(). Processes that ended are dropped.
    [[nodiscard]] Result<> sweep();
    /// Reads the clocks that the last readInTurn() left out. Then ran() and departed() are about those alone.
    void sweepRest();

    /// sweep(), and reads again every process that ran: CPU, memory, state, name, parent. Then all() is complete.
    [[nodiscard]] Result<> readAll();
    /// The same at half the price, for one look after the other: of the processes that have stood still for four sweeps
    /// each has its turn every fourth time. One that wakes up or ends is noticed that late.
    [[nodiscard]] Result<> readInTurn();

    /// The process as it is now; read from /proc unless it has not run since. Null when there is none.
    [[nodiscard]] ProcessInfoPtr find(pid_t pid);
    /// The same, and null also when the pid now means another process.
    [[nodiscard]] ProcessInfoPtr find(ProcessId id);

    /// Reads the process again though it has not run: when its parent ended it got another one without running.
    void reread(pid_t pid);

    /// Every pid known, ascending. Includes kernel threads.
    [[nodiscard]] std::vector<pid_t> pids() const;
    /// Whether everybody else slept when the last discover() began, so that every clock showed all the time it was used
    /// for until then.
    [[nodiscard]] bool wasAlone() const noexcept { return m_wasAlone; }
    [[nodiscard]] std::size_t count() const noexcept { return m_entries.size(); }
    /// By pid. As of the last readAll().
    [[nodiscard]] std::vector<ProcessInfoPtr> all() const;
    /// Those that ran between the last two sweeps, or came. Ascending.
    [[nodiscard]] const std::vector<pid_t> &ran() const noexcept { return m_ran; }
    /// Those that the last discover() found. Ascending.
    [[nodiscard]] const std::vector<pid_t> &arrived() const noexcept { return m_arrived; }
    /// Those that the last sweep() found gone. Ascending.
    [[nodiscard]] const std::vector<pid_t> &departed() const noexcept { return m_departed; }

    [[nodiscard]] std::optional<std::chrono::nanoseconds> cpuTime(pid_t pid) const { return m_cpuClock(pid); }
    /// Whether it is known to be one, from when it was read.
    [[nodiscard]] bool isKernelThread(pid_t pid) const;
    /// As of the last sweep: costs no look. Nothing for a pid that is not known.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> sweptCpuTime(pid_t pid) const;

private:
    struct Counted
    {
        std::chrono::nanoseconds cpuTime{};
        std::chrono::nanoseconds at{}; ///< monotonic
    };

    struct Entry
    {
        pid_t pid = 0;
        std::chrono::nanoseconds sweptCpuTime{}; ///< At the last sweep.
        std::optional<Counted> counted; ///< Where the CPU share counts from.
        std::uint32_t stillSweeps = 0; ///< In a row that found its clock where it had been.
        std::uint32_t wakeups = 0; ///< Sweeps that found that it had run, since it last slept for long.
        bool isLeftOut = false; ///< Of the last sweep.
        ProcessReading reading; ///< Without info until it is asked for.
    };

    [[nodiscard]] Result<> listEverything(pid_t lastPid);
    void sweepThose(const std::function<bool(const Entry &)> &isMeant);
    void readSwept();
    [[nodiscard]] static bool countShare(Entry &entry, std::chrono::nanoseconds now);
    void probe(pid_t first, pid_t last);
    void insertArrived(std::vector<Entry> arrivals);
    [[nodiscard]] Entry *entry(pid_t pid);
    [[nodiscard]] const Entry *entry(pid_t pid) const;
    void read(Entry &entry, std::chrono::nanoseconds cpuTime) const;
    void readOutdated();
    void keepStatFiles();
    void readOrphans();

    const ProcFs &m_proc;
    CpuClock m_cpuClock;
    const Clock &m_clock;
    ProcessReader m_reader;
    std::stop_token m_stop;
    std::vector<Entry> m_entries; ///< by pid
    std::vector<pid_t> m_ran;
    std::vector<pid_t> m_arrived;
    std::vector<pid_t> m_departed;
    std::set<pid_t> m_bereaving; ///< Departed, and their children not looked at since.
    bool m_wasAlone = false;
    pid_t m_lastPid = 0; ///< As read last; 0 before the first look.
    pid_t m_probedFrom = 0; ///< Where the gap before that began: a process half-made then is seen now.
    std::chrono::nanoseconds m_listedAt{};
    std::uint64_t m_round = 0;
};

} // namespace Quay
