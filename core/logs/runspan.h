// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace Quay {

/// From when until when a run has written. Since 1970; where the clock was set back meanwhile, all that it showed.
struct RunSpan
{
    std::chrono::nanoseconds begin{};
    /// When it is over; of one whose supervisor could not say so, the instant before the next one began.
    std::optional<std::chrono::nanoseconds> end;

    bool operator==(const RunSpan &) const = default;
};

/**
 * When a run was, as its record says.
 *
 * Errors:  Gone: there is no such run; as readRunRecord(); Malformed: nothing in the record can be read.
 * Threads: any; blocks.
 */
[[nodiscard]] Result<RunSpan> findRunSpan(const ServerPlaces &places, const std::string &runId);

/// The same for the last run (1), the one before (2) ... Errors: also Gone when there were fewer.
[[nodiscard]] Result<RunSpan> findLastRun(const ServerPlaces &places, std::size_t number);

} // namespace Quay
