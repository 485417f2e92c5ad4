// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace Quay {

/// How much is kept of what programs write that were started again.
struct AgainLogLimits
{
    std::size_t count = 50; ///< Files that nobody writes to any more.
    std::uintmax_t totalBytes = std::uintmax_t{256} << 20U; ///< Of all files together.
    std::uintmax_t cutBytes = std::uintmax_t{16} << 20U; ///< A file that is written to and longer than this ...
    std::uintmax_t leftBytes = std::uintmax_t{1} << 20U; ///< ... is cut to its last lines, at most so much.
};

/**
 * Makes room in @p directory: the oldest logs that nobody writes to go first, and long ones that are still written to
 * lose their beginning.
 *
 * A detached program writes straight into its file, and nobody stands in between who could count. So this limits what
 * lies there when it is called, which is at each start; what a program writes until the next one is not limited, nor is
 * a program that opened its log anew, without O_APPEND. What is written within the microseconds of a cut is lost.
 *
 * Whether somebody writes is told by the lock that startDetached() leaves on the log.
 *
 * Source:  flock(2), ftruncate(2).
 * Errors:  ignored: what cannot be tidied up now is so at the next call.
 * Threads: any; blocks for as long as the file system does.
 */
void tidyAgainLogs(const std::string &directory, const AgainLogLimits &limits = {});

/// Whether somebody writes to that log, by the lock that startDetached() leaves on it. Threads: any.
[[nodiscard]] bool isWrittenTo(const std::string &path);

/// The last lines of a log, ten and 4 KiB at most, the newest last: what a program said before it ended. Without
/// secrets that can be told to be some, and without empty lines. Nothing when there is none, or it cannot be read.
/// Threads: any.
[[nodiscard]] std::vector<std::string> lastLinesOf(const std::string &path);

} // namespace Quay
