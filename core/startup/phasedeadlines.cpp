// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/phasedeadlines.h"

#include "core/startup/startupphase.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;

/// Since the begin of the run.
std::optional<nanoseconds> spawnedAt(const Timeline &timeline)
{
    const auto *const spawned = timeline.find(BuiltInPhase::Spawned);
    return spawned != nullptr ? std::optional(spawned->begin) : std::nullopt;
}

bool isOver(const Timeline &timeline, const std::string &phase)
{
    const auto *const known = timeline.find(phase);
    return known != nullptr && known->state == PhaseState::Ended;
}

std::vector<std::string> runningWithout(const std::vector<StartupPhase> &phases, const std::string &phase)
{
    std::vector<std::string> names;
    for (const auto &other : phases | std::views::reverse) {
        if (other.isOpen() && other.name != phase) {
            names.push_back(other.name);
        }
    }
    return names;
}

nanoseconds lastEndOf(const std::vector<StartupPhase> &phases)
{
    nanoseconds last{};
    for (const auto &phase : phases) {
        if (phase.state == PhaseState::Ended) {
            last = std::max(last, phase.end.value_or(nanoseconds{}));
        }
    }
    return last;
}

} // namespace

std::vector<OverduePhase> overduePhases(const Timeline &timeline, const std::vector<PhaseDeadline> &deadlines,
                                        std::span<const UsageSample> samples, nanoseconds now)
{
    const auto spawned = spawnedAt(timeline);
    if (!spawned) {
        return {};
    }
    const auto phases = timeline.phases();
    std::vector<OverduePhase> overdue;
    for (const auto &deadline : deadlines) {
        const auto *const phase = timeline.find(deadline.phase);
        const bool isInterrupted = phase != nullptr && phase->state == PhaseState::Interrupted;
        const auto until = isInterrupted && phase->end ? *phase->end : now - timeline.begin();
        const auto elapsed = until - *spawned;
        if (isOver(timeline, deadline.phase) || elapsed < deadline.limit) {
            continue;
        }
        auto usage = usageBetween(timeline.begin() + lastEndOf(phases), timeline.begin() + until, samples);
        overdue.push_back({.phase = deadline.phase,
                           .limit = deadline.limit,
                           .elapsed = elapsed,
                           .running = runningWithout(phases, deadline.phase),
                           .refused = usage ? std::move(usage->refused) : std::vector<RefusedEndpoint>()});
    }
    return overdue;
}

std::optional<nanoseconds> nextDeadline(const Timeline &timeline, const std::vector<PhaseDeadline> &deadlines,
                                        nanoseconds now)
{
    const auto spawned = spawnedAt(timeline);
    std::optional<nanoseconds> next;
    for (const auto &deadline : deadlines) {
        const auto *const phase = timeline.find(deadline.phase);
        const bool isRunning = phase == nullptr || phase->isOpen();
        const auto at = timeline.begin() + spawned.value_or(nanoseconds{}) + deadline.limit;
        if (spawned && isRunning && at > now) {
            next = std::min(at, next.value_or(at));
        }
    }
    return next;
}

} // namespace Quay
