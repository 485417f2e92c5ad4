// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/waiter.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <poll.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds AttemptLimit = 5s;
constexpr std::chrono::nanoseconds ProgressPeriod = 250ms;

} // namespace

struct Waiter::Course
{
    bool isUnderWay = false;
    bool isReady = false; ///< What it waited for has happened.
    std::chrono::nanoseconds due{}; ///< The next attempt, or the end of the one under way.
};

std::chrono::milliseconds networkPause(int attempts)
{
    constexpr std::chrono::milliseconds First = 50ms;
    constexpr std::chrono::milliseconds Longest = 2s;
    constexpr int MostDoublings = 6; // 50 ms * 2^6 is beyond the longest already
    return std::min(First * (1 << std::clamp(attempts - 1, 0, MostDoublings)), Longest);
}

Waiter::Waiter(std::vector<std::unique_ptr<WaitProbe>> probes, std::chrono::milliseconds timeout, const Clock &clock)
    : m_probes(std::move(probes))
    , m_courses(m_probes.size())
    , m_outcomes(m_probes.size())
    , m_triesOnce(timeout == 0ms)
    , m_timeout(m_triesOnce ? AttemptLimit : timeout)
    , m_clock(clock)
{
}

Waiter::~Waiter() = default;

const std::vector<WaitOutcome> &Waiter::run(const Progress &progress)
{
    m_start = m_clock.monotonic();
    for (auto &course : m_courses) {
        course.due = m_start;
    }
    for (;;) {
        const auto now = m_clock.monotonic();
        for (std::size_t i = 0; i < m_probes.size(); ++i) {
            if (!isSettled(m_outcomes[i])) {
                advance(i, now);
            }
        }
        if (isOver(now)) {
            giveUpAll(now);
            return m_outcomes;
        }
        if (progress) {
            progress(m_outcomes);
        }
        sleepUntilNext(now, static_cast<bool>(progress));
    }
}

void Waiter::advance(std::size_t index, std::chrono::nanoseconds now)
{
    Course &course = m_courses[index];
    WaitProbe &probe = *m_probes[index];
    std::optional<Attempt> attempt;
    if (course.isUnderWay && course.isReady) {
        course.isReady = false;
        attempt = probe.proceed();
    }
    if (!attempt && course.due <= now) {
        if (course.isUnderWay) {
            attempt = probe.giveUp();
        } else {
            course.isUnderWay = true;
            course.due = now + AttemptLimit;
            attempt = probe.begin(std::chrono::duration_cast<std::chrono::milliseconds>(AttemptLimit));
        }
    }
    if (attempt) {
        conclude(index, std::move(*attempt), now);
    }
}

void Waiter::conclude(std::size_t index, Attempt attempt, std::chrono::nanoseconds now)
{
    WaitOutcome &outcome = m_outcomes[index];
    Course &course = m_courses[index];
    outcome.isMet = attempt.isMet;
    outcome.after = now - m_start;
    outcome.seen = std::move(attempt.seen);
    ++outcome.attempts;
    course.isUnderWay = false;
    course.due = now + (m_probes[index]->isLocal() ? localPause(outcome.after) : networkPause(outcome.attempts));
}

void Waiter::sleepUntilNext(std::chrono::nanoseconds now, bool hasProgress)
{
    auto wake = m_start + m_timeout;
    if (hasProgress) {
        wake = std::min(wake, now + ProgressPeriod);
    }
    std::vector<pollfd> awaited;
    for (std::size_t i = 0; i < m_probes.size(); ++i) {
        const bool isUnderWay = m_courses[i].isUnderWay;
        awaited.push_back(isUnderWay ? m_probes[i]->awaited() : pollfd{.fd = -1, .events = 0, .revents = 0});
        if (!isSettled(m_outcomes[i])) {
            wake = std::min(wake, m_courses[i].due);
        }
    }
    const auto pause = std::max(wake - m_clock.monotonic(), 0ns);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(pause);
    const timespec limit{.tv_sec = seconds.count(), .tv_nsec = (pause - seconds).count()};
    if (::ppoll(awaited.data(), awaited.size(), &limit, nullptr) <= 0) {
        return; // the time is up, or a signal came: the loop looks at the clock in any case
    }
    for (std::size_t i = 0; i < m_probes.size(); ++i) {
        m_courses[i].isReady = awaited[i].revents != 0;
    }
}

bool Waiter::isSettled(const WaitOutcome &outcome) const
{
    return outcome.isMet || (m_triesOnce && outcome.attempts > 0);
}

bool Waiter::isOver(std::chrono::nanoseconds now) const
{
    return now - m_start >= m_timeout
        || std::ranges::all_of(m_outcomes, [this](const WaitOutcome &outcome) { return isSettled(outcome); });
}

void Waiter::giveUpAll(std::chrono::nanoseconds now)
{
    for (std::size_t i = 0; i < m_probes.size(); ++i) {
        if (m_outcomes[i].isMet) {
            continue;
        }
        const bool wasTriedBefore = m_outcomes[i].attempts > 0;
        if (m_courses[i].isUnderWay) {
            Attempt last = m_probes[i]->giveUp();
            if (!wasTriedBefore) { // an attempt that was cut short tells less than one that ended
                conclude(i, std::move(last), now);
            }
        }
        m_outcomes[i].after = now - m_start;
    }
}

} // namespace Quay
