// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

/// Which of a server's two outputs.
enum class OutputStream : std::uint8_t
{
    Output,
    Error,
};

inline constexpr std::size_t OutputStreamCount = 2;

/// `stdout` or `stderr`
[[nodiscard]] std::string_view streamWord(OutputStream stream);

/// A line of a log, as the file has it.
struct CriLine
{
    std::chrono::nanoseconds realTime{}; ///< since 1970, when it arrived
    OutputStream stream = OutputStream::Output;
    bool isPartial = false; ///< The line goes on with the next one of its stream.
    std::string_view text; ///< Raw bytes.

    bool operator==(const CriLine &) const = default;
};

/// The most bytes of text in one line; what a server writes without a line break comes in pieces of that size.
inline constexpr std::size_t MostPieceBytes = std::size_t{16} << 10U;

/**
 * Writes lines of the format that Kubernetes has for the logs of containers.
 *
 * `2026-11-27T20:00:00.123456789Z stdout F text`, in UTC; `P` instead of `F` when the line goes on.
 *
 * Threads: not shared. It remembers how the last second is written: a time costs some ns.
 */
class CriFormatter
{
public:
    /// Appends the line to @p out, with its line break. @p line: its text has no line break.
    void append(std::string &out, const CriLine &line);
    /// Only the time: `2026-11-27T20:00:00.123456789Z`.
    void appendTime(std::string &out, std::chrono::nanoseconds realTime);

private:
    std::int64_t m_second = -1;
    std::string m_secondText;
};

/// Reads a line without its line break; its text stays a view of @p line. Errors: Malformed. Threads: pure function.
[[nodiscard]] Result<CriLine> criLineFrom(std::string_view line);

/// A whole line of output, put together.
struct OutputLine
{
    std::chrono::nanoseconds realTime{}; ///< When its end arrived.
    OutputStream stream = OutputStream::Output;
    std::string text; ///< Raw bytes.
    bool isCut = false; ///< It was longer than was asked for.

    bool operator==(const OutputLine &) const = default;
};

/// Puts the pieces of long lines together, of each stream on its own. Threads: not shared.
class CriJoiner
{
public:
    /// What is longer than @p mostBytes is cut there.
    explicit CriJoiner(std::size_t mostBytes);

    /// The line that ends with @p line, if it does.
    [[nodiscard]] std::optional<OutputLine> add(const CriLine &line);

    /// The beginnings of lines whose end is not there yet, by stream; to go on with them later.
    [[nodiscard]] const std::array<OutputLine, OutputStreamCount> &begun() const noexcept { return m_begun; }
    void goOnWith(std::array<OutputLine, OutputStreamCount> begun) { m_begun = std::move(begun); }

private:
    std::size_t m_mostBytes;
    std::array<OutputLine, OutputStreamCount> m_begun;
};

} // namespace Quay
