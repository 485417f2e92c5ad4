// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/contradictionwatch.h"

#include "core/base/clock.h"
#include "core/servers/probemachine.h"
#include "core/startup/contradiction.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr auto Settling = 1s; // from what it says, or from its socket, until it is taken at its word
constexpr auto WarmingUp = 5s; // a server that has said nothing may listen for so long before it answers
constexpr auto Interval = 500ms;
constexpr auto IntervalLater = 2s;
constexpr auto IntervalAtLast = 10s;
constexpr auto Young = 10s;
constexpr auto Old = 60s;

nanoseconds pauseAt(nanoseconds age)
{
    return age < Young ? nanoseconds(Interval) : age < Old ? nanoseconds(IntervalLater) : nanoseconds(IntervalAtLast);
}

bool areAlike(const std::optional<Contradiction> &left, const std::optional<Contradiction> &right)
{
    if (!left || !right) {
        return left.has_value() == right.has_value();
    }
    return left->kind == right->kind && left->condition == right->condition;
}

} // namespace

ContradictionWatch::ContradictionWatch(const ProbeMachine &machine, pid_t supervisor)
    : m_clock(*machine.clock)
    , m_reachability(machine, supervisor)
{
}

std::optional<nanoseconds> ContradictionWatch::due(const ReachabilityClaim &claim) const
{
    if (claim.isUnwell) {
        return m_due;
    }
    std::optional<nanoseconds> since;
    for (const auto &claimed : {claim.saidUpAt, claim.listenedAt}) {
        if (claimed && (!since || *claimed < *since)) {
            since = claimed;
        }
    }
    return since.transform([this](nanoseconds begin) { return std::max(begin + Settling, m_due); });
}

bool ContradictionWatch::look(const AskedEndpoint &asked, const ReachabilityClaim &claim,
                              std::vector<ServerProcess> processes)
{
    const auto now = m_clock.monotonic();
    m_began = m_began.value_or(now);
    m_due = now + pauseAt(now - *m_began);
    auto verdict = findContradiction(m_reachability.look(asked, claim.saidUpAt.has_value(), std::move(processes)));
    const bool isWarmingUp = !claim.saidUpAt && !claim.isUnwell && now - claim.listenedAt.value_or(now) < WarmingUp;
    if (verdict && isWarmingUp && verdict->kind == ContradictionKind::DoesNotAnswer
        && verdict->condition == ProcessCondition::Ordinary) {
        verdict.reset();
    }
    return take(std::move(verdict));
}

bool ContradictionWatch::take(std::optional<Contradiction> verdict)
{
    const bool isConfirmed = areAlike(verdict, m_lastVerdict);
    m_lastVerdict = verdict;
    const bool isNew = !areAlike(verdict, m_contradiction);
    if (isNew && !isConfirmed) {
        return false;
    }
    m_contradiction = std::move(verdict);
    return isNew;
}

bool ContradictionWatch::clear()
{
    m_lastVerdict.reset();
    return std::exchange(m_contradiction, std::nullopt).has_value();
}

} // namespace Quay
