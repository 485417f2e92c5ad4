// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/restartbook.h"

#include "core/kernel/pidfd.h"
#include "core/servers/serverspec.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

namespace Quay {

bool isFailure(const RestartRule &rule, const ExitStatus &exit)
{
    return exit.code ? !rule.successCodes.contains(*exit.code) : !rule.successSignals.contains(exit.signal);
}

Chance systemChance()
{
    return [generator = std::mt19937(std::random_device()())]() mutable {
        return std::uniform_real_distribution(0.0, 1.0)(generator);
    };
}

RestartBook::RestartBook(RestartRule rule, Chance chance)
    : m_rule(std::move(rule))
    , m_chance(std::move(chance))
{
}

RestartDecision RestartBook::afterExit(const ExitStatus &exit, std::chrono::nanoseconds now,
                                       std::chrono::nanoseconds ranFor)
{
    const bool isWanted = m_rule.policy == RestartPolicy::Always
        || (m_rule.policy == RestartPolicy::OnFailure && isFailure(m_rule, exit));
    return isWanted ? again(now, ranFor) : RestartDecision{};
}

RestartDecision RestartBook::afterTrouble(std::chrono::nanoseconds now, std::chrono::nanoseconds ranFor)
{
    return m_rule.onUnhealthy ? again(now, ranFor) : RestartDecision{};
}

RestartDecision RestartBook::again(std::chrono::nanoseconds now, std::chrono::nanoseconds ranFor)
{
    if (ranFor >= m_rule.resetAfter) {
        forget();
    }
    m_exits.push_back(now);
    // What is remembered may be of a file, which may hold anything.
    std::erase_if(m_exits, [this, now](auto exit) { return exit > now || now - exit > m_rule.crashLoopWindow; });
    const auto exits = static_cast<int>(m_exits.size());
    if (exits >= m_rule.crashLoopExits) {
        return {.verdict = RestartVerdict::GiveUp, .exits = exits};
    }
    return {.verdict = RestartVerdict::Again, .pause = nextPause()};
}

std::chrono::milliseconds RestartBook::nextPause()
{
    const BackoffRule &backoff = m_rule.backoff;
    const std::chrono::duration<double, std::milli> longest = backoff.longest;
    m_pause = m_pause.count() > 0 ? std::min(m_pause * backoff.factor, longest)
                                  : std::min<std::chrono::duration<double, std::milli>>(backoff.initial, longest);
    const double share = 1 + backoff.jitter * (2 * m_chance() - 1);
    return std::chrono::round<std::chrono::milliseconds>(m_pause * share);
}

RestartMemory RestartBook::memory() const
{
    return {.exits = {m_exits.begin(), m_exits.end()}, .pause = std::chrono::round<std::chrono::milliseconds>(m_pause)};
}

void RestartBook::remember(const RestartMemory &memory)
{
    m_exits.assign(memory.exits.begin(), memory.exits.end());
    m_pause = memory.pause;
}

void RestartBook::forget()
{
    m_exits.clear();
    m_pause = {};
}

} // namespace Quay
