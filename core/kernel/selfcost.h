// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace Quay {

class ProcFs;

/// What this program itself uses.
struct SelfCostSample
{
    std::optional<double> cpuShare; ///< Of one core, since the sample before; unknown at the first.
    std::uint64_t residentBytes = 0;
};

/// The second number of /proc/PID/statm. Source: proc_pid_statm(5). Errors: Malformed, with the text as subject.
[[nodiscard]] Result<std::uint64_t> parseResidentPages(std::string_view statm);

/// The CPU time of this process so far. Injected, so that a test decides how busy it was.
using OwnCpuTime = std::function<std::chrono::nanoseconds()>;

/// User and system time of all threads. Source: getrusage(2).
[[nodiscard]] std::chrono::nanoseconds ownCpuTime();

/**
 * Measures the cost of this very process from one sample to the next.
 *
 * Threads: not shared; one call at a time.
 */
class SelfCost
{
public:
    explicit SelfCost(const ProcFs &proc, OwnCpuTime cpuTime = ownCpuTime, const Clock &clock = systemClock());

    /**
     * Source: getrusage(2) and /proc/self/statm, proc_pid_statm(5).
     * Errors: as readFile(); Malformed, with the text as subject.
     */
    [[nodiscard]] Result<SelfCostSample> sample();

private:
    const ProcFs *m_proc;
    OwnCpuTime m_cpuTime;
    const Clock *m_clock;
    std::optional<std::chrono::nanoseconds> m_lastCpu;
    std::chrono::nanoseconds m_lastTime{};
};

} // namespace Quay
