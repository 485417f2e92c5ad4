// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/logs/logtail.h"
#include "core/supervise/criline.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

struct ServerPlaces;

/// What of a log is meant. Times since 1970; both ends are included.
struct LogRange
{
    std::optional<std::chrono::nanoseconds> since;
    std::optional<std::chrono::nanoseconds> until;
    std::optional<std::size_t> last; ///< Of all that, only the last so many lines.

    bool operator==(const LogRange &) const = default;
};

/**
 * Reads a part of a server's log, line by line and with little memory, and then what is added to it.
 *
 * Only what is meant is read, as far as that can be told: a time is searched for, the last lines are read from the end.
 *
 * Source:  as LogTail.
 * Threads: not shared; blocks for as long as the file system does.
 */
class LogReader
{
public:
    /// Longer lines are cut there.
    static constexpr std::size_t MostLineBytes = std::size_t{1} << 20U;

    /// @p path: see ServerPlaces::log(). It may come later.
    LogReader(const std::string &path, const LogRange &range);

    /// The next line; null when there is none now. Valid until the next call.
    [[nodiscard]] const OutputLine *peek();
    /// Takes the line that peek() has given.
    void pop();

    /// See LogTail.
    [[nodiscard]] std::uint64_t gaps() const noexcept { return m_tail.gaps(); }

private:
    void fill();
    [[nodiscard]] bool isMeant(const OutputLine &line);

    LogTail m_tail;
    LogRange m_range;
    std::size_t m_skippedLines = 0;
    bool m_isOver = false; ///< A line was met that is too late.
    std::vector<OutputLine> m_lines;
    std::size_t m_next = 0; ///< Index in m_lines.
};

/**
 * The last lines that a server has written; with a run's id, of that run. Fewer when there are fewer.
 *
 * Errors:  as findRunSpan(). A log that is not there is an empty one.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<std::vector<OutputLine>> lastLogLines(const ServerPlaces &places, std::size_t count,
                                                           const std::optional<std::string> &runId = std::nullopt);

} // namespace Quay
