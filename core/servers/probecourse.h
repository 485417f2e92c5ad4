// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"
#include "core/servers/probespec.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include <poll.h>

namespace Quay {

/// What a probe has found out so far.
enum class ProbeStanding : std::uint8_t
{
    Open, ///< Not met yet, and there is still time.
    Met,
    Failed, ///< Not met in time, or no more.
    Unknown, ///< It cannot be found out yet, and nothing follows from that for the server.
};

/**
 * Leads one probe of a server through its attempts: when the next one is due, and what they amount to.
 *
 * Before it was met it is asked in short intervals, until the deadline; afterwards in long ones. So many successes in a
 * row are needed to be met, so many failures in a row to be failed again. It always comes to a verdict: an attempt ends
 * with its time limit.
 *
 * One that is Unknown from the beginning is so, and tried in the long interval, for as long as its attempts find
 * nothing to ask with (HttpUnavailable). The first that asks makes it an Open one, whose time begins then.
 *
 * Threads: not shared. Never blocks.
 */
class ProbeCourse
{
public:
    /// @p probe: how one attempt is made. @p startedAt, and every @p now: CLOCK_MONOTONIC.
    /// @p standing: Open or Unknown.
    ProbeCourse(ProbeSpec spec, std::unique_ptr<WaitProbe> probe, std::chrono::nanoseconds startedAt,
                ProbeStanding standing = ProbeStanding::Open);

    /// What to wait for, while an attempt is under way.
    [[nodiscard]] std::optional<pollfd> awaited() const;
    /// When proceed() is to be called at the latest.
    [[nodiscard]] std::chrono::nanoseconds due() const noexcept;
    /// Begins, continues or ends an attempt. @p hasCome: what is awaited has happened. Whether the standing has
    /// changed.
    bool proceed(std::chrono::nanoseconds now, bool hasCome);

    [[nodiscard]] ProbeStanding standing() const noexcept { return m_standing; }
    /// At the last attempt that has ended.
    [[nodiscard]] const Observation &seen() const noexcept { return m_last.seen; }
    /// The last attempt that has ended, once. Ask after each proceed().
    [[nodiscard]] std::optional<Attempt> takeAttempt();
    [[nodiscard]] const ProbeSpec &spec() const noexcept { return m_spec; }
    [[nodiscard]] const WaitProbe &probe() const noexcept { return *m_probe; }

private:
    [[nodiscard]] bool conclude(const Attempt &attempt, std::chrono::nanoseconds now);
    [[nodiscard]] std::chrono::nanoseconds pause(std::chrono::nanoseconds now) const;

    ProbeSpec m_spec;
    std::unique_ptr<WaitProbe> m_probe;
    std::chrono::nanoseconds m_startedAt; ///< The deadline counts from it.
    std::chrono::nanoseconds m_nextAt; ///< The next attempt.
    std::optional<std::chrono::nanoseconds> m_limitAt; ///< Of the attempt that is under way.
    ProbeStanding m_standing;
    bool m_wasMet = false;
    int m_successes = 0; ///< in a row
    int m_failures = 0; ///< in a row
    Attempt m_last;
    bool m_hasNewAttempt = false; ///< m_last was not taken yet.
};

} // namespace Quay
