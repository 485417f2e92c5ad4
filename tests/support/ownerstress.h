// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ports/portmonitor.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace Quay::Test {

struct StressOptions
{
    unsigned events = 300;
    unsigned actors = 30;
    std::uint32_t seed = 7;
    unsigned active = 40; ///< Processes that wake once a second in the background,
    unsigned forksPerSecond = 10; ///< beside others that come and go.
    LookOptions look; ///< What each look includes.
};

struct StressReport
{
    unsigned events = 0;
    unsigned comparisons = 0; ///< Of a listener's owners with the truth.
    /// Of these, that were right only by verifyAllOwners(). Looks rest on the clocks of processes, which stand still
    /// while a hypervisor has the processor elsewhere, and the time that it takes may be all that somebody ran for.
    unsigned late = 0;
    std::vector<std::string> mistakes; ///< One line each: what was done, who holds it, who was said to.
    std::vector<std::chrono::nanoseconds> looks; ///< How long each took.
};

/**
 * Lets processes open, inherit, execute over, hand over and close listeners at random, looks once after each event and
 * compares the owners of every listener concerned with what was done to it.
 *
 * Errors: of the monitor and of the processes that take part; a wrong owner is no error but a mistake in the report.
 */
[[nodiscard]] Result<StressReport> stressOwners(PortMonitor &monitor, const StressOptions &options);

} // namespace Quay::Test
