// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/alertfile.h"
#include "core/logs/logtail.h"
#include "core/startup/linepattern.h"
#include "core/startup/outputline.h"
#include "core/supervise/criline.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/**
 * Counts in the log of a server how often patterns are found in it, from where an earlier count has ended.
 *
 * Each line of the log counts once for each pattern, whoever counted before. A pattern that is new is looked for in
 * everything that there still is. When the place up to which was counted is not to be found any more, whatever has a
 * later time than the last line that was counted is new.
 *
 * What a line costs is bounded, as with Recogniser.
 *
 * Threads: not shared; blocks for as long as the file system does.
 */
class AlertCount
{
public:
    /// A rule whose pattern is none is never met. @p earlier: what was counted; of other rules than @p rules too.
    AlertCount(const std::vector<AlertRule> &rules, const std::string &logPath, const AlertRecord &earlier);

    /// Reads a piece of what is new. The rules that were met, each as often as it was.
    [[nodiscard]] std::vector<std::size_t> read();
    /// Whether there may be more already.
    [[nodiscard]] bool hasMore() const { return m_history.has_value() || m_tail.hasMore(); }
    /// Whether everything was counted for all rules at some time: before, record() is not to be kept.
    [[nodiscard]] bool isWhole() const noexcept { return !m_history; }

    /// In the order of the rules.
    [[nodiscard]] const std::vector<AlertStanding> &standings() const noexcept { return m_standings; }
    [[nodiscard]] AlertRecord record() const;

private:
    struct Rule
    {
        std::optional<LinePattern> pattern;
        std::string literal; ///< See requiredLiteral().
        bool isNew = false; ///< It was not counted before.
    };

    void restore(const AlertRecord &earlier);
    void take(const OutputLine &line, bool isHistory, std::vector<std::size_t> &met);
    [[nodiscard]] bool isMet(std::size_t index, std::string_view line);

    std::vector<Rule> m_rules;
    std::vector<AlertStanding> m_standings; ///< By rule.
    LogTail m_tail;
    std::optional<LogTail> m_history; ///< Of what was counted before, for the rules that are new.
    std::optional<std::chrono::nanoseconds> m_countedUntil; ///< What is not later was counted for all but the new ones.
    std::optional<std::chrono::nanoseconds> m_lastTime;
    LineCleaner m_cleaner;
};

} // namespace Quay
