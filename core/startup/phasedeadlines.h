// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/phaseusage.h"
#include "core/startup/timeline.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace Quay {

/// How long a phase may take. Since the server was spawned: that others kept it waiting is not its fault.
struct PhaseDeadline
{
    std::string phase; ///< As in StartupPhase::name.
    std::chrono::nanoseconds limit{};

    bool operator==(const PhaseDeadline &) const = default;
};

/// A phase that is not over although its deadline has passed.
struct OverduePhase
{
    std::string phase;
    std::chrono::nanoseconds limit{};
    std::chrono::nanoseconds elapsed{}; ///< Since the server was spawned, until now or until it ended.
    std::vector<std::string> running; ///< What goes on meanwhile, the last begun first, without itself.
    /// What it tried to reach since its last phase ended, and where nobody listened: what it most probably waits for.
    std::vector<RefusedEndpoint> refused;

    bool operator==(const OverduePhase &) const = default;
};

/**
 * The phases that are past their deadline at @p now (Clock::monotonic()), in the order of @p deadlines.
 *
 * A phase that ended too late is not among them: it is over. While the server is not spawned no deadline runs.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::vector<OverduePhase> overduePhases(const Timeline &timeline,
                                                      const std::vector<PhaseDeadline> &deadlines,
                                                      std::span<const UsageSample> samples,
                                                      std::chrono::nanoseconds now);

/// When the next deadline passes that has not passed at @p now; nothing when none will. Clock::monotonic().
[[nodiscard]] std::optional<std::chrono::nanoseconds>
nextDeadline(const Timeline &timeline, const std::vector<PhaseDeadline> &deadlines, std::chrono::nanoseconds now);

} // namespace Quay
