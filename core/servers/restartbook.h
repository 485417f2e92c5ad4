// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/pidfd.h"
#include "core/servers/serverspec.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace Quay {

/// Whether a server that ended so has failed, which it decides itself by its exit code.
[[nodiscard]] bool isFailure(const RestartRule &rule, const ExitStatus &exit);

/// What follows an exit that nobody asked for.
enum class RestartVerdict : std::uint8_t
{
    Stay, ///< It is not to be started again.
    Again, ///< After a pause.
    GiveUp, ///< It ended too often in too short a time.
};

struct RestartDecision
{
    RestartVerdict verdict = RestartVerdict::Stay;
    std::chrono::milliseconds pause{}; ///< With Again.
    int exits = 0; ///< With GiveUp: so many within the window.

    bool operator==(const RestartDecision &) const = default;
};

/// What a RestartBook knows of before.
struct RestartMemory
{
    std::vector<std::chrono::nanoseconds> exits; ///< Of the window, on the clock of RestartBook::afterExit().
    std::chrono::milliseconds pause{}; ///< The last one, without chance. 0: none yet.

    bool operator==(const RestartMemory &) const = default;
};

/// Gives a number from 0 to below 1. A test gives the same each time.
using Chance = std::function<double()>;

/// The kernel's own.
[[nodiscard]] Chance systemChance();

/**
 * Remembers how often a server has ended, and decides what comes next.
 *
 * The pause grows from one restart to the next and begins anew once the server has run for RestartRule::resetAfter. It
 * is made longer or shorter by chance, so that servers that failed together do not come back together.
 *
 * Threads: not shared.
 */
class RestartBook
{
public:
    RestartBook(RestartRule rule, Chance chance);

    /// @p now and @p ranFor on one clock that never steps.
    [[nodiscard]] RestartDecision afterExit(const ExitStatus &exit, std::chrono::nanoseconds now,
                                            std::chrono::nanoseconds ranFor);
    /// It is to be started again though it runs: it is not well.
    [[nodiscard]] RestartDecision afterTrouble(std::chrono::nanoseconds now, std::chrono::nanoseconds ranFor);

    /// Somebody has started it by hand: what was before does not count.
    void forget();
    [[nodiscard]] RestartMemory memory() const;
    /// Goes on with what another book knew.
    void remember(const RestartMemory &memory);

    [[nodiscard]] const RestartRule &rule() const noexcept { return m_rule; }
    void setRule(RestartRule rule) { m_rule = std::move(rule); }

private:
    [[nodiscard]] RestartDecision again(std::chrono::nanoseconds now, std::chrono::nanoseconds ranFor);
    [[nodiscard]] std::chrono::milliseconds nextPause();

    RestartRule m_rule;
    Chance m_chance;
    std::deque<std::chrono::nanoseconds> m_exits; ///< Of the window.
    std::chrono::duration<double, std::milli> m_pause{}; ///< The last one, without chance. 0: none yet.
};

} // namespace Quay
