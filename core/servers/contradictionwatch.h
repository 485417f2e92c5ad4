// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/servers/reachability.h"
#include "core/startup/contradiction.h"

#include <chrono>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// What gives reason to ask whether a server can be reached. Times: CLOCK_MONOTONIC.
struct ReachabilityClaim
{
    std::optional<std::chrono::nanoseconds> saidUpAt; ///< It said that it listens, or is ready.
    std::optional<std::chrono::nanoseconds> listenedAt; ///< A socket of it was seen.
    bool isUnwell = false; ///< A probe of it has failed.
};

/**
 * Looks again and again whether what a server says fits to what can be seen, and tells it once two looks agree: many a
 * server says that it is up just before it is.
 *
 * Threads: not shared.
 */
class ContradictionWatch
{
public:
    ContradictionWatch(const ProbeMachine &machine, pid_t supervisor);

    /// When to look; nothing while there is no reason to.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due(const ReachabilityClaim &claim) const;
    /// Whether the contradiction is another one now, or gone.
    [[nodiscard]] bool look(const AskedEndpoint &asked, const ReachabilityClaim &claim,
                            std::vector<ServerProcess> processes);
    /// It can be reached. Whether that is new.
    [[nodiscard]] bool clear();

    [[nodiscard]] const std::optional<Contradiction> &contradiction() const noexcept { return m_contradiction; }

private:
    [[nodiscard]] bool take(std::optional<Contradiction> verdict);

    const Clock &m_clock;
    Reachability m_reachability;
    std::optional<std::chrono::nanoseconds> m_began; ///< The first look.
    std::chrono::nanoseconds m_due{};
    std::optional<Contradiction> m_contradiction; ///< As it was told, with the facts of the last look.
    std::optional<Contradiction> m_lastVerdict; ///< Of the last look, which the next one has to confirm.
};

} // namespace Quay
