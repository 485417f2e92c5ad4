// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/startup/linepattern.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// A line in which a pattern was found.
struct FoundLine
{
    struct Span
    {
        qsizetype begin = 0;
        qsizetype length = 0;

        bool operator==(const Span &) const = default;
    };

    QString text; ///< Without escape sequences; not fit to be shown yet.
    std::vector<Span> spans; ///< Where it was found; in order, not empty ones.
};

/**
 * Looks for a regular expression in lines of output, as they look on a screen: without escape sequences.
 *
 * What a line costs is bounded, whatever the pattern (see LinePattern): no more of it than MostSearchedBytes is looked
 * at, and a line on which it costs too much is left out and counted.
 *
 * Threads: not shared.
 */
class LineSearch
{
public:
    static constexpr std::size_t MostSearchedBytes = std::size_t{16} << 10U;
    static constexpr std::size_t MostSpans = 1'000;

    /// Errors: as LinePattern::compile().
    [[nodiscard]] static Result<LineSearch> compile(std::string_view pattern);

    /// Whether it is in that line. @p line: raw bytes.
    [[nodiscard]] bool matches(std::string_view line);
    /// Where it is; of a line that matches.
    [[nodiscard]] FoundLine find(std::string_view line) const;

    /// How many lines were left out since the pattern was too costly on them.
    [[nodiscard]] std::uint64_t costlyLines() const noexcept { return m_costlyLines; }

private:
    LineSearch(LinePattern pattern, std::string literal);

    LinePattern m_pattern;
    std::string m_literal; ///< See requiredLiteral().
    std::uint64_t m_costlyLines = 0;
};

} // namespace Quay
