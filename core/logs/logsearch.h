// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/logplace.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace Quay {

/// Where to begin to read a log.
struct LogStart
{
    LogPlace place;
    std::size_t skippedLines = 0; ///< So many whole lines come first that are not meant: one that is begins among them.
};

/**
 * Where the lines begin that are as late as @p time or later; the end of the log when none is. Some that come first may
 * be earlier: those whose pieces are longer stay whole.
 *
 * It looks at a few places of one file. Where the clock was set back, lines of later on have earlier times, and it
 * finds one of the places that may be meant.
 *
 * Errors:  nothing when there is no log.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] std::optional<LogPlace> findLogTime(const std::string &path, std::chrono::nanoseconds time);

/**
 * Where the last @p count lines begin; of those that are not later than @p until where that is given. Reads from the
 * end.
 *
 * Errors:  nothing when there is no log.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] std::optional<LogStart> findLastLines(const std::string &path, std::size_t count,
                                                    std::optional<std::chrono::nanoseconds> until = std::nullopt);

} // namespace Quay
