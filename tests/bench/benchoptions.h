// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Quay::Test {

class Report;

/// What is said on a benchmark's command line.
struct BenchOptions
{
    bool isQuick = false; ///< To prove that it works: what it measures counts for nothing.
    std::string jsonPath; ///< Empty: no file is written.
    std::vector<std::string> only; ///< Sections; empty: all.
    std::map<std::string, int, std::less<>> numbers; ///< As they were given: `--rows`.

    [[nodiscard]] bool wants(std::string_view section) const;
    /// What was given, else @p otherwise.
    [[nodiscard]] int number(std::string_view name, int otherwise) const;
};

/// What a benchmark knows besides --quick and --json.
struct BenchWords
{
    std::vector<std::string> numbers; ///< Options that take one: `--rows`.
    std::vector<std::string> sections; ///< For --only; empty: there is no such option.
};

/// Nothing when it is wrong: then how it is to be is on the standard error output.
[[nodiscard]] std::optional<BenchOptions> benchOptionsFrom(int argc, char **argv, const BenchWords &words);

/// Writes the file that was asked for. The exit code: 0, or 1 when a target was missed in a run that counts.
[[nodiscard]] int concludeBench(const BenchOptions &options, const Report &report);

inline constexpr int ExitCannotMeasure = 2;

} // namespace Quay::Test
