// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/probes/waitprobe.h"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace Quay {

/// How far a target is, and in the end how it went.
struct WaitOutcome
{
    bool isMet = false;
    std::chrono::nanoseconds after{}; ///< Since the beginning: when it was met, or when the waiting ended.
    int attempts = 0;
    Observation seen; ///< At the last attempt.
};

/// How long to wait until a target over the network is tried again. Threads: pure function, callable from any thread.
[[nodiscard]] std::chrono::milliseconds networkPause(int attempts);

/**
 * Tries several targets at once until each has been met one time, or the time is up.
 *
 * Threads: blocks the one it runs on.
 */
class Waiter
{
public:
    using Progress = std::function<void(const std::vector<WaitOutcome> &)>;

    /// @p probes: none null. @p timeout: 0: until each has been tried once, and its answer is there.
    Waiter(std::vector<std::unique_ptr<WaitProbe>> probes, std::chrono::milliseconds timeout,
           const Clock &clock = systemClock());
    ~Waiter();
    Waiter(const Waiter &) = delete;
    Waiter &operator=(const Waiter &) = delete;

    /// One outcome for each probe, in order. @p progress is called a few times a second. Every target is tried once at
    /// least.
    [[nodiscard]] const std::vector<WaitOutcome> &run(const Progress &progress = {});

private:
    struct Course; ///< Where a probe is in its attempts.

    void advance(std::size_t index, std::chrono::nanoseconds now);
    void conclude(std::size_t index, Attempt attempt, std::chrono::nanoseconds now);
    void sleepUntilNext(std::chrono::nanoseconds now, bool hasProgress);
    [[nodiscard]] bool isOver(std::chrono::nanoseconds now) const;
    /// Whether nothing more is to be done for it.
    [[nodiscard]] bool isSettled(const WaitOutcome &outcome) const;
    void giveUpAll(std::chrono::nanoseconds now);

    std::vector<std::unique_ptr<WaitProbe>> m_probes;
    std::vector<Course> m_courses;
    std::vector<WaitOutcome> m_outcomes;
    bool m_triesOnce;
    std::chrono::nanoseconds m_timeout;
    const Clock &m_clock;
    std::chrono::nanoseconds m_start{};
};

} // namespace Quay
