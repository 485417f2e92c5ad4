// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/ports/costshare.h"
#include "core/startup/contradiction.h"
#include "core/startup/phaseusage.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class RunMembers;
class SockDiag;
struct ProbeMachine;

/**
 * What the processes of one run use, look by look.
 *
 * CPU time that a process uses between the last look at it and its end is not known and left out.
 *
 * Source:  /proc/PID/stat and the CPU clocks of the run's own processes, 3 us each; now and then /proc/PID/schedstat.
 *          Connections that nobody answers: sock_diag(7), for which the kernel walks through all that it has; see
 *          CostShare. One that is refused is over at once, and no look sees it: whoever reads that in the output tells
 *          it.
 * Threads: not shared.
 */
class RunUsage
{
public:
    /// Of more samples, two become one.
    static constexpr std::size_t MostSamples = 1000;

    RunUsage(const ProbeMachine &machine, pid_t supervisor);

    /// It has just been started: what its processes have used by the first look, they have used since.
    void begin() { keep({.at = m_clock.monotonic()}); }
    void look();
    /// A connection of the server was refused there; belongs to the next look.
    void refusedCame(const RefusedEndpoint &endpoint) { m_refused.push_back(endpoint); }

    /// Ascending by time.
    [[nodiscard]] const std::vector<UsageSample> &samples() const noexcept { return m_samples; }
    /// Those of the last look that had not ended.
    [[nodiscard]] std::vector<ServerProcess> processes() const;

private:
    /// A process between two looks.
    struct Known
    {
        ServerProcess process;
        std::chrono::nanoseconds cpuTime{};
        std::chrono::nanoseconds stateSince{};
        std::chrono::nanoseconds windowBegin{}; ///< Of the time that its demand is taken over.
        std::chrono::nanoseconds atWindowBegin{}; ///< What it had wanted by then.
        std::optional<std::chrono::nanoseconds> busySince;
    };

    [[nodiscard]] std::optional<Known> lookAt(pid_t pid, std::chrono::nanoseconds now, UsageSample &sample) const;
    [[nodiscard]] std::chrono::nanoseconds demandOf(pid_t pid, std::chrono::nanoseconds cpuTime) const;
    void findUnanswered(std::chrono::nanoseconds now);
    void keep(UsageSample sample);

    const ProcFs &m_proc;
    SockDiag &m_diag;
    RunMembers &m_allMembers;
    pid_t m_supervisor;
    const Clock &m_clock;
    std::vector<pid_t> m_members; ///< At the last look.
    std::map<pid_t, Known> m_known;
    std::chrono::nanoseconds m_endedCpuTime{}; ///< Of those that are gone.
    std::vector<RefusedEndpoint> m_refused; ///< Since the last look.
    CostShare m_connectingShare;
    std::chrono::nanoseconds m_connectingDue;
    std::set<std::uint64_t> m_connecting; ///< Cookies of connections under way, at the last look at them.
    std::vector<UsageSample> m_samples;
};

} // namespace Quay
