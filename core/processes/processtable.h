// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/processes/processinfo.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
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
 * Threads: not shared; belongs to the collector's thread. What it hands out is immutable and may go anywhere.
 */
class ProcessTable
{
public:
    explicit ProcessTable(const ProcFs &proc, CpuClock cpuClock, const Clock &clock = systemClock());

    /// How much a refresh() does.
    enum class Depth
    {
        Discover, ///< Find processes that came and went. No stat of the others.
        Full, ///< The same, and read again every process that ran: CPU, memory, state, name, parent.
    };

    /**
     * Looks at the processes.
     *
     * Errors:  as listPids(). A process that vanishes between two reads is left out.
     */
    [[nodiscard]] Result<> refresh(Depth depth);

    /// The process, read from /proc if it is not known yet. Nothing when there is none.
    [[nodiscard]] ProcessInfoPtr find(pid_t pid);
    /// The same, and nothing also when the pid now means another process.
    [[nodiscard]] ProcessInfoPtr find(ProcessId id);

    /// Whether the process ran since it was last marked by markScanned(), or was never marked.
    [[nodiscard]] bool hasRunSinceScan(pid_t pid);
    /// Remembers that descriptors were read now.
    void markScanned(pid_t pid);

    [[nodiscard]] const std::vector<pid_t> &pids() const noexcept; ///< ascending
};

} // namespace Quay
