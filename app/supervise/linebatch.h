// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/criline.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// When bytes were read: for people, and to wait by.
struct Arrival
{
    std::chrono::nanoseconds realTime{};
    std::chrono::nanoseconds monotonic{};
};

/**
 * Makes lines of a log out of what a server writes, as it comes: in whatever pieces, whatever bytes, and however long.
 *
 * The end of what came is kept until its line ends, so that a line stays whole although it was read in two pieces. It
 * is not kept for long: a question that a server asks has no line break, see flush().
 *
 * Threads: not shared.
 */
class LineBatch
{
public:
    void add(OutputStream stream, Arrival now, std::string_view bytes);
    /// Gives out, as a piece, what has waited for its line break since @p limit or before. @p limit: monotonic.
    void flush(std::chrono::nanoseconds limit);
    /// Nothing more comes: ends the line that is open.
    void end(OutputStream stream);

    /// Whole lines of the log.
    [[nodiscard]] const std::string &text() const noexcept { return m_text; }
    void clear() noexcept { m_text.clear(); }

    /// Whether all lines that were begun in text() have ended in it.
    [[nodiscard]] bool isBetweenLines() const noexcept;
    /// Since when the oldest bytes wait for a line break: monotonic.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> waitingSince() const noexcept;

private:
    struct Waiting
    {
        std::string text;
        std::chrono::nanoseconds since{}; ///< monotonic: when the first of it came
        std::chrono::nanoseconds lastTime{}; ///< real: when the last of it came
        bool isInsideLine = false; ///< A piece of it was given out already.
    };

    void put(OutputStream stream, std::chrono::nanoseconds time, std::string_view text, bool isPartial);

    CriFormatter m_formatter;
    std::array<Waiting, OutputStreamCount> m_waiting;
    std::string m_text;
};

} // namespace Quay
