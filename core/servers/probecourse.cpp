// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probecourse.h"

#include "core/probes/waitprobe.h"
#include "core/servers/probespec.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include <poll.h>

namespace Quay {

ProbeCourse::ProbeCourse(ProbeSpec spec, std::unique_ptr<WaitProbe> probe, std::chrono::nanoseconds startedAt,
                         ProbeStanding standing)
    : m_spec(std::move(spec))
    , m_probe(std::move(probe))
    , m_startedAt(startedAt)
    , m_nextAt(startedAt + m_spec.initialDelay)
    , m_standing(standing)
{
}

std::optional<pollfd> ProbeCourse::awaited() const
{
    return m_limitAt ? std::optional(m_probe->awaited()) : std::nullopt;
}

std::optional<Attempt> ProbeCourse::takeAttempt()
{
    return std::exchange(m_hasNewAttempt, false) ? std::optional(m_last) : std::nullopt;
}

std::chrono::nanoseconds ProbeCourse::due() const noexcept
{
    return m_limitAt.value_or(m_nextAt);
}

std::chrono::nanoseconds ProbeCourse::pause(std::chrono::nanoseconds now) const
{
    if (m_wasMet) {
        return m_spec.interval;
    }
    if (!m_probe->isLocal()) {
        return m_spec.startInterval;
    }
    return localPause(now - m_startedAt);
}

bool ProbeCourse::proceed(std::chrono::nanoseconds now, bool hasCome)
{
    if (m_limitAt) {
        if (const auto attempt = hasCome ? m_probe->proceed() : std::nullopt) {
            return conclude(*attempt, now);
        }
        return now >= *m_limitAt && conclude(m_probe->giveUp(), now);
    }
    if (now < m_nextAt) {
        return false;
    }
    m_limitAt = now + m_spec.timeout;
    if (!m_wasMet && now < m_startedAt + m_spec.deadline) {
        m_limitAt = std::min(*m_limitAt, m_startedAt + m_spec.deadline); // the verdict is not to come late
    }
    const auto attempt = m_probe->begin(m_spec.timeout);
    return attempt && conclude(*attempt, now);
}

bool ProbeCourse::conclude(const Attempt &attempt, std::chrono::nanoseconds now)
{
    m_limitAt.reset();
    m_last = attempt;
    m_hasNewAttempt = true;
    const auto before = m_standing;
    if (m_standing == ProbeStanding::Unknown) {
        if (attempt.seen.what == Observation::What::HttpUnavailable) {
            m_nextAt = now + m_spec.interval;
            return false;
        }
        m_standing = ProbeStanding::Open;
        m_startedAt = now; // nobody could be asked before: its deadline is not over yet
    }
    m_successes = attempt.isMet ? m_successes + 1 : 0;
    m_failures = attempt.isMet ? 0 : m_failures + 1;
    if (m_successes >= m_spec.successThreshold) {
        m_standing = ProbeStanding::Met;
        m_wasMet = true;
    } else if (m_wasMet ? m_failures >= m_spec.failureThreshold : now - m_startedAt >= m_spec.deadline) {
        m_standing = ProbeStanding::Failed;
    }
    m_nextAt = now + pause(now);
    if (!m_wasMet && m_standing == ProbeStanding::Open) {
        m_nextAt = std::min(m_nextAt, m_startedAt + m_spec.deadline); // the verdict is not to come late
    }
    return m_standing != before;
}

} // namespace Quay
