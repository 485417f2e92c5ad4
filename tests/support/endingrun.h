// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/terminator.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// Whom a plan is about; what is not given is what an ordinary request would have.
struct PlanSpec
{
    std::vector<pid_t> pids; ///< In the order in which they are asked.
    KillScope scope = KillScope::Process;
    int signal = SIGTERM;
    bool isForced = false;
    std::optional<std::uint16_t> port; ///< All its TCP listeners are the plan's.
    std::vector<pid_t> leftOut;
};

/// A plan about processes as they run now. Errors: Gone for whom there is not.
[[nodiscard]] Result<KillPlan> planOf(const PlanSpec &spec);

/// Ends processes for real and keeps what was reported.
class EndingRun
{
public:
    [[nodiscard]] static Result<std::unique_ptr<EndingRun>> open(TerminatorSources sources = {});
    EndingRun(const EndingRun &) = delete;
    EndingRun &operator=(const EndingRun &) = delete;
    ~EndingRun() = default;

    [[nodiscard]] Terminator &terminator() { return *m_terminator; }

    /// Begins, and advances until it has finished.
    const EndingReport &end(const KillPlan &plan, const EndingOptions &options = {});
    /// Advances until @p isMet says so of the last report. Whether it did, within @p limit.
    [[nodiscard]] bool advanceUntil(const std::function<bool(const EndingReport &)> &isMet,
                                    std::chrono::milliseconds limit = std::chrono::seconds(20));

    /// In order; never empty once one was begun.
    [[nodiscard]] const std::vector<EndingReport> &reports() const noexcept { return m_reports; }
    [[nodiscard]] const EndingReport &last() const { return m_reports.back(); }

private:
    EndingRun() = default;

    std::unique_ptr<Terminator> m_terminator;
    std::vector<EndingReport> m_reports;
};

/// The signals that reached a target, in order, without those that were refused.
[[nodiscard]] std::vector<int> sentSignals(const TargetProgress &target);
/// Of the target with this pid; null when there is none.
[[nodiscard]] const TargetProgress *targetOf(const EndingReport &report, pid_t pid);

} // namespace Quay::Test
