// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/pinnedprocess.h"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace Quay {

class Clock;
class ProcFs;

/**
 * How long the ports of what has ended are worth watching: by who lives that would start it again, and what he does.
 *
 * Threads: not shared.
 */
class RestartWatch
{
public:
    RestartWatch(const ProcFs &proc, const Clock &clock);

    /// Pins whom it will have to look at: before the first signal.
    void pin(const KillPlan &plan);

    /**
     * How long to watch, counted from the proof that the ports are free. It may say more or less each time.
     *
     * - A reviver, or a parent that is alive: EndingOptions::comebackWatch; EndingOptions::restartWatch while a child
     *   lives that it has forked since pin(), which may be the server that has not come to listen yet.
     * - A shell: EndingOptions::comebackWatch, until it has slept for a moment without such a child, and has noticed
     *   who of its children has ended. What runs in a loop there would have been started again by then.
     * - A terminal or an IDE: EndingOptions::hostWatch.
     *
     * @p watched: how long it was by now.
     */
    [[nodiscard]] std::chrono::nanoseconds watchTime(const EndingOptions &options, std::chrono::nanoseconds watched);
    /// Those of them that live: parents and process managers, and shells that are busy.
    [[nodiscard]] std::vector<ProcessInfoPtr> starters() const;

private:
    struct Pinned
    {
        ProcessInfoPtr process;
        PinnedProcess pin;
    };

    void pinAll(const std::vector<ProcessInfoPtr> &processes, std::vector<Pinned> &pinnedOnes) const;
    [[nodiscard]] static bool isAlive(const Pinned &process);
    [[nodiscard]] bool mayRunALoop(std::chrono::nanoseconds watched);
    [[nodiscard]] bool isBusy(const Pinned &shell) const;
    [[nodiscard]] bool hasNewChild(const Pinned &parent) const;
    [[nodiscard]] bool hasChild(const Pinned &parent, const std::function<bool(const ProcStat &)> &isMeant) const;
    [[nodiscard]] bool isNew(const ProcStat &process) const;

    const ProcFs &m_proc;
    const Clock &m_clock;
    bool m_hasRevivers = false;
    std::chrono::nanoseconds m_pinnedAt{}; ///< Clock::sinceBoot()
    std::vector<Pinned> m_parents; ///< Of targets, and process managers above.
    std::vector<Pinned> m_shells; ///< See KillPlan::shells.
    std::vector<Pinned> m_hosts; ///< See KillPlan::hosts.
    std::optional<std::chrono::nanoseconds> m_quietSince; ///< No shell was busy since then, counted as @p watched is.
};

} // namespace Quay
