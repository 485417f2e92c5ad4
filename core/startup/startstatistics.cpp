// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startstatistics.h"

#include "core/base/words.h"
#include "core/startup/startupphase.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr double NormalMad = 1.4826;
constexpr double MostSpreads = 5;
constexpr double LeastShare = 0.25;
constexpr nanoseconds LeastLoss = 100ms;

nanoseconds medianOf(std::vector<nanoseconds> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) {
        return *middle;
    }
    const auto below = *std::max_element(values.begin(), middle);
    return below + (*middle - below) / 2;
}

PhaseMedian summary(const std::string &phase, const std::vector<nanoseconds> &values)
{
    const auto median = medianOf(values);
    const auto distance = [median](nanoseconds value) { return std::chrono::abs(value - median); };
    const auto spread = medianOf(values | std::views::transform(distance) | std::ranges::to<std::vector>());
    return {.phase = phase, .median = median, .spread = spread, .runs = values.size()};
}

bool isClearlySlower(nanoseconds took, const PhaseMedian &usual)
{
    const std::chrono::duration<double, std::nano> loss = took - usual.median;
    return usual.runs >= FewestRuns && loss > LeastLoss && loss > LeastShare * usual.median
        && loss > MostSpreads * NormalMad * usual.spread;
}

/// What each phase took in all.
std::map<std::string, nanoseconds> tookByPhase(const StartupRun &run)
{
    std::map<std::string, nanoseconds> took;
    for (const auto &phase : run.phases) {
        if (const auto time = phase.took()) {
            took[phase.name] += *time;
        }
    }
    return took;
}

std::vector<std::string> namesOf(const StartupRun &run)
{
    std::vector<std::string> names;
    for (const auto &phase : run.phases) {
        if (!std::ranges::contains(names, phase.name)) {
            names.push_back(phase.name);
        }
    }
    return names;
}

} // namespace

StartComparison compareStart(const StartupRun &run, const std::vector<StartupRun> &earlier)
{
    std::map<std::string, std::vector<nanoseconds>> values;
    std::vector<nanoseconds> totals;
    for (const auto &other : earlier) {
        if (other.outcome != StartOutcome::Ready || !other.readyAfter) {
            continue;
        }
        totals.push_back(*other.readyAfter);
        for (const auto &[name, took] : tookByPhase(other)) {
            values[name].push_back(took);
        }
    }
    StartComparison comparison;
    const auto own = tookByPhase(run);
    for (const auto &name : namesOf(run)) {
        if (!values.contains(name)) {
            continue;
        }
        const auto usual = summary(name, values[name]);
        comparison.medians.push_back(usual);
        const auto took = own.find(name);
        if (took != own.end() && isClearlySlower(took->second, usual)) {
            comparison.slowPhases.push_back({.phase = name, .took = took->second, .usual = usual.median});
        }
    }
    std::ranges::stable_sort(comparison.slowPhases, [](const SlowPhase &left, const SlowPhase &right) {
        return left.took - left.usual > right.took - right.usual;
    });
    if (totals.size() >= FewestRuns) {
        comparison.total = summary({}, totals);
        comparison.isSlower = run.readyAfter && isClearlySlower(*run.readyAfter, *comparison.total);
    }
    return comparison;
}

const SlowPhase *mostTelling(const StartComparison &comparison)
{
    if (comparison.slowPhases.empty()) {
        return nullptr;
    }
    const auto lost = [](const SlowPhase &phase) { return phase.took - phase.usual; };
    const auto &first = comparison.slowPhases.front();
    const auto telling = std::ranges::find_if(comparison.slowPhases, [&](const SlowPhase &phase) {
        return !valueFor(BuiltInPhaseWords, phase.phase) && lost(phase) * 2 >= lost(first);
    });
    return telling != comparison.slowPhases.end() ? &*telling : &first;
}

} // namespace Quay
