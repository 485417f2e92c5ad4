// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string_view>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// How the scheduler has treated a thread so far. A plain value.
struct ProcSchedStat
{
    std::chrono::nanoseconds ran{}; ///< On a CPU.
    std::chrono::nanoseconds waited{}; ///< Ready to run, while others had the CPU. Counted once it runs again.

    bool operator==(const ProcSchedStat &) const = default;
};

/**
 * Parses the text of /proc/PID/schedstat.
 *
 * Source:  Documentation/scheduler/sched-stats.rst; written by proc_pid_schedstat() in fs/proc/base.c.
 * Errors:  Malformed, with the text as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<ProcSchedStat> parseProcSchedStat(std::string_view text);

/**
 * Reads and parses /proc/PID/schedstat: of the first thread of the process, which is the one that serves in most
 * servers with one event loop. Needs no permission. A kernel that does not account for it says zero.
 *
 * Errors: Gone when the process is no more, or the kernel has no such file.
 */
[[nodiscard]] Result<ProcSchedStat> readProcSchedStat(const ProcFs &proc, pid_t pid);

} // namespace Quay
