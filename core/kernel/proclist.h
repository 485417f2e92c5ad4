// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// Every process id under /proc, ascending. Under hidepid only those one may see. Errors: as errorFromErrno().
[[nodiscard]] Result<std::vector<pid_t>> listPids(const ProcFs &proc);

/// The user a process belongs to: owner of /proc/PID. Works for everybody's processes. Errors: Gone.
[[nodiscard]] Result<uid_t> processUid(const ProcFs &proc, pid_t pid);

/// What /proc/loadavg says of this instant.
struct SchedulerLoad
{
    /// Threads of the whole machine that are on a CPU or wait for one, whoever reads this included. At 1 everybody else
    /// sleeps, and processCpuTime() shows all that they have used.
    std::uint32_t runnable = 0;
    /// The process or thread id that was given out last in our pid namespace. New processes lie between two readings of
    /// it, so /proc need not be listed again to find them.
    pid_t lastPid = 0;

    bool operator==(const SchedulerLoad &) const = default;
};

/// Errors: Malformed, with the text as subject.
[[nodiscard]] Result<SchedulerLoad> parseSchedulerLoad(std::string_view text);
/// Reads /proc/loadavg. Errors: as parseSchedulerLoad(); as errorFromErrno().
[[nodiscard]] Result<SchedulerLoad> readSchedulerLoad(const ProcFs &proc);

/**
 * The CPU time of a process with all its threads: the cheapest sign of life, 0.2 us, no permission needed.
 *
 * An unchanged value means that the process has not run since: its descriptors, sockets, command line and directory
 * are what they were. A task that is running on another CPU at this instant may lag by one tick (at most 10 ms):
 * SchedulerLoad::runnable tells whether there is any.
 *
 * Source:  clock_gettime() with the clock id of make_process_cpuclock(), include/linux/posix-timers_types.h.
 * Errors:  nothing when the process was reaped or @p pid is a thread; zombies still answer.
 */
[[nodiscard]] std::optional<std::chrono::nanoseconds> processCpuTime(pid_t pid);

} // namespace Quay
