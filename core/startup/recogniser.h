// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/outputline.h"
#include "core/startup/startupmark.h"
#include "core/startup/startuprules.h"
#include "core/startup/userphases.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QString;

namespace Quay {

/**
 * Recognises in the output of a server what it says about its start.
 *
 * It uses the rules of the server's kind and the generic ones. Where the kind is unknown, or no rule is for it in
 * particular (`nodejs` may be anything), it uses all of them, and from the first on that shows a kind those of that
 * kind before the others: one command may start several servers. A line gives one mark by the rules, the first of the
 * file, and one for each phase of the user's own that it ends; such a phase ends once.
 *
 * What a line costs is bounded: no more of it than MostLineBytes is looked at, one pass finds the rules that may fit,
 * and patterns are LinePatterns. A pattern of the user's that runs into its limit MostCostlyLines times is not tried
 * any more, see givenUp().
 *
 * Threads: not shared.
 */
class Recogniser
{
public:
    static constexpr int MostCostlyLines = 10;

    /// @p kind: the id of a ServerKind, empty when it is unknown.
    Recogniser(StartupRules rules, std::string kind, std::vector<CompiledPhase> phases);

    /// @p line: raw bytes, with or without its line break. @p at: Clock::monotonic() of its arrival.
    [[nodiscard]] std::vector<StartupMark> feed(std::string_view line, OutputStream stream,
                                                std::chrono::nanoseconds at);

    /// The start is over: from now on nothing is looked at.
    void finish() noexcept { m_isOver = true; }
    [[nodiscard]] bool isOver() const noexcept { return m_isOver; }

    /// As given, or as the output has shown; empty: still unknown.
    [[nodiscard]] const std::string &kind() const noexcept;
    /// The phases whose patterns were given up, since matching them costs too much.
    [[nodiscard]] std::vector<std::string> givenUp() const;

private:
    struct WatchedPhase
    {
        CompiledPhase phase;
        int costlyLines = 0;
        bool isOver = false;
    };

    void findCandidates(std::string_view line);
    [[nodiscard]] std::optional<StartupMark> markByRules(std::string_view message);
    [[nodiscard]] std::optional<StartupMark> markByRules(const QString &message, bool isOwnKind);
    [[nodiscard]] std::optional<StartupMark> markByPhase(WatchedPhase &watched, const QString &line) const;

    StartupRules m_rules;
    std::string m_kind;
    bool m_isKindSure = false; ///< Some rule is for it in particular.
    std::string m_shownKind; ///< Of the first rule for a kind that has fitted.
    std::vector<WatchedPhase> m_phases;
    LineCleaner m_cleaner;
    std::vector<std::uint16_t> m_candidates; ///< Of the line that is looked at; ascending.
    bool m_isOver = false;
};

} // namespace Quay
