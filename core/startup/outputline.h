// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace Quay {

/// Of a line of output no more than this is looked at: who prints more on one line says nothing about its start there.
inline constexpr std::size_t MostLineBytes = 4096;

/// Where the escape sequence ends that begins at @p begin of @p line, with an ESC; the end of the line when it does
/// not. Threads: pure function.
[[nodiscard]] std::size_t endOfEscapeSequence(std::string_view line, std::size_t begin);

/**
 * Makes lines of output comparable with patterns: of at most MostLineBytes, without escape sequences, and of what
 * overwrote itself with carriage returns only what was left on the screen.
 *
 * Threads: not shared.
 */
class LineCleaner
{
public:
    /// A view of @p line, or of memory that the next call uses again.
    [[nodiscard]] std::string_view clean(std::string_view line);

private:
    std::string m_text;
};

/**
 * The line without what loggers put before the message: times, levels, process ids, the name of a Compose service.
 *
 * Brackets that may be the message itself (`[2/4]`, `[STARTUP]`) stay.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::string_view withoutLogPrefix(std::string_view line);

} // namespace Quay
