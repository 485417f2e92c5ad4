// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/phaseusage.h"
#include "core/startup/startupmark.h"
#include "core/startup/startupphase.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// What the server itself said about its start, apart from phases.
struct StartupClaim
{
    Saying says = Saying::Ready; ///< Listening, Ready, Failed or OtherPort.
    std::chrono::nanoseconds at{}; ///< Since the begin of the run.
    std::optional<std::uint16_t> port;
    std::string line; ///< Raw bytes.

    bool operator==(const StartupClaim &) const = default;
};

/**
 * The phases of one start of a server.
 *
 * Built-in phases end once. One that was not begun begins where the one before it in the order of BuiltInPhase has
 * ended; the first output is awaited beside the others. Phases from the output may overlap and be nested; a phase whose
 * end alone is told begins as long before as the line says it took, else where the last phase ended. When the server
 * says that it is ready, what its output began is over. A numbered step lasts until the next of its kind.
 *
 * All times are of the monotonic clock; the wall clock is kept of the begin, for showing. An event that is told late
 * and lies before the begin of its phase, or of the run, counts as at that begin: no phase has a negative length.
 *
 * Threads: not shared.
 */
class Timeline
{
public:
    /// Of phases and of claims no more are kept; see isCut().
    static constexpr std::size_t MostEntries = 200;

    /// @p begin: Clock::monotonic(). @p beginWall: Clock::realTime() at the same instant.
    Timeline(std::chrono::nanoseconds begin, std::chrono::nanoseconds beginWall);

    void begin(BuiltInPhase phase, std::chrono::nanoseconds at);
    void end(BuiltInPhase phase, PhaseSource source, std::chrono::nanoseconds at, std::string_view detail = {});
    void apply(const StartupMark &mark);
    /// The server has ended, or never ran: what was not over yet is interrupted. @p blockers: what was in its way,
    /// which becomes the detail; may be empty.
    void serverEnded(std::chrono::nanoseconds at, std::string_view blockers = {});
    /// Says of each phase what the server did meanwhile. @p samples: as for usageBetween(); @p now: for what runs.
    void attribute(std::span<const UsageSample> samples, std::chrono::nanoseconds now);

    /// In the order in which they begin; of those that begin together the longer one first.
    [[nodiscard]] std::vector<StartupPhase> phases() const;
    [[nodiscard]] const std::vector<StartupClaim> &claims() const noexcept { return m_claims; }
    [[nodiscard]] const StartupClaim *firstClaim(Saying says) const;
    /// Nothing when no such phase has begun. The last one, when the output began it several times.
    [[nodiscard]] const StartupPhase *find(std::string_view name) const;
    [[nodiscard]] const StartupPhase *find(BuiltInPhase phase) const;

    [[nodiscard]] std::chrono::nanoseconds begin() const noexcept { return m_begin; }
    [[nodiscard]] std::chrono::nanoseconds beginWall() const noexcept { return m_beginWall; }
    /// From the begin of the run until it was ready.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> readyAfter() const;
    /// More was told than is kept.
    [[nodiscard]] bool isCut() const noexcept { return m_isCut; }

private:
    [[nodiscard]] std::chrono::nanoseconds sinceBegin(std::chrono::nanoseconds at) const;
    [[nodiscard]] StartupPhase *open(std::string_view name);
    [[nodiscard]] std::chrono::nanoseconds endBefore(BuiltInPhase phase) const;
    /// The last end before a line that was read at @p at was written, as far as that can be told.
    [[nodiscard]] std::chrono::nanoseconds lastEndBeforeLine(std::chrono::nanoseconds at) const;
    void add(StartupPhase phase);
    void beginFromOutput(const StartupMark &mark);
    void endFromOutput(const StartupMark &mark);
    void nextStep(const StartupMark &mark);
    void claim(const StartupMark &mark);
    void endAllFromOutput(std::chrono::nanoseconds at);

    std::chrono::nanoseconds m_begin;
    std::chrono::nanoseconds m_beginWall;
    std::vector<StartupPhase> m_phases; ///< In the order in which they were told.
    std::vector<std::string> m_stepRules; ///< For each of m_phases the rule that counts it as a step, or nothing.
    std::vector<StartupClaim> m_claims;
    bool m_isCut = false;
};

} // namespace Quay
