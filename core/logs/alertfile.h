// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/logs/logplace.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What is looked for in the log of a server. Name and pattern together tell one from another.
struct AlertRule
{
    std::string name; ///< May be empty.
    std::string pattern;

    bool operator==(const AlertRule &) const = default;
};

/// How often a pattern was found in a log. Times since 1970, as the log has them.
struct AlertStanding
{
    static constexpr std::size_t MostLines = 3;

    AlertRule rule;
    std::uint64_t count = 0;
    std::uint64_t costlyLines = 0; ///< Left out, since the pattern was too costly on them.
    std::optional<std::chrono::nanoseconds> lookedSince; ///< The time of the first line that was looked at.
    std::optional<std::chrono::nanoseconds> firstAt;
    std::optional<std::chrono::nanoseconds> lastAt;
    std::vector<std::string> lastLines; ///< The last is the newest. Without secrets and escape sequences, cut.

    bool operator==(const AlertStanding &) const = default;
};

/// All that is kept of the alerts of a server: what was counted, and up to where.
struct AlertRecord
{
    std::optional<LogPlace> place;
    std::optional<std::chrono::nanoseconds> lastTime; ///< Of the last line that was looked at.
    std::vector<AlertStanding> standings;

    bool operator==(const AlertRecord &) const = default;
};

/// As much of it may be a file of ours.
inline constexpr std::size_t MostAlertFileBytes = std::size_t{4} << 20U;

/// Lines of `word name=value`, as all files of a server.
[[nodiscard]] std::string alertText(const AlertRecord &record);
/// Errors: Malformed, with the line that is wrong: what was counted is worth nothing without all of it.
/// Threads: pure function.
[[nodiscard]] Result<AlertRecord> alertsFromText(std::string_view text);

} // namespace Quay
