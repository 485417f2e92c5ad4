// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/startuprun.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// What a phase usually takes.
struct PhaseMedian
{
    std::string phase; ///< As in StartupPhase::name.
    std::chrono::nanoseconds median{};
    std::chrono::nanoseconds spread{}; ///< Median of the distances from the median (MAD).
    std::size_t runs = 0; ///< In so many runs it came to its end.

    bool operator==(const PhaseMedian &) const = default;
};

/// A phase that took clearly longer than usual.
struct SlowPhase
{
    std::string phase;
    std::chrono::nanoseconds took{};
    std::chrono::nanoseconds usual{}; ///< The median.

    bool operator==(const SlowPhase &) const = default;
};

/// A run beside those before it.
struct StartComparison
{
    std::vector<PhaseMedian> medians; ///< Of each phase of the run that earlier ones had too, in its order.
    std::optional<PhaseMedian> total; ///< From the begin of the run until ready; nothing: too few runs to say so.
    bool isSlower = false; ///< The whole of it.
    std::vector<SlowPhase> slowPhases; ///< Those that lost most first.

    bool operator==(const StartComparison &) const = default;
};

/// So many earlier runs are needed before anything is called slow.
inline constexpr std::size_t FewestRuns = 5;

/**
 * Compares @p run with earlier ones of the same server that became ready.
 *
 * Median and median distance from it (MAD), since a single run on a busy machine must not count. Something is clearly
 * slower when it exceeds the median by more than all of
 *   - five times the spread, the MAD times 1.4826 (for normal noise, five standard deviations),
 *   - a quarter of the median,
 *   - 100 ms: nobody minds 3 ms instead of 1 ms.
 * So a quarter and 100 ms decide for a server that always takes equally long, and the noise for all others.
 *
 * Phases of one name are added up within a run. Those that did not come to their end do not count, and runs that did
 * not become ready not either. A phase can be slow in a run that is not slower as a whole, and in one that was not
 * ready.
 *
 * Threads: pure function.
 */
[[nodiscard]] StartComparison compareStart(const StartupRun &run, const std::vector<StartupRun> &earlier);

/**
 * The slow phase to be named when one is to be: that which lost most, but of the output rather than one that every
 * server has, as long as it accounts for half of that. A migration says more than that it listened late.
 *
 * Null when none is slow; points into @p comparison. Threads: pure function.
 */
[[nodiscard]] const SlowPhase *mostTelling(const StartComparison &comparison);

} // namespace Quay
