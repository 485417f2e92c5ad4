// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/timeline.h"

#include "core/base/words.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

/// A line has its time from when it was read, on a busy machine so much later than it was written: what was seen in
/// between may have come after it.
constexpr nanoseconds LineDelay = 50ms;

/// Others than the server itself said that it was over.
bool isObserved(const StartupPhase &phase)
{
    return phase.source == PhaseSource::Kernel || phase.source == PhaseSource::Probe;
}

/// Its name as the output gives it. Nobody is to take it for one of the built-in phases.
std::string nameOf(const StartupMark &mark)
{
    if (mark.phase.empty() && mark.step) {
        const std::string number = "step " + std::to_string(*mark.step);
        return mark.steps ? number + "/" + std::to_string(*mark.steps) : number;
    }
    return valueFor(BuiltInPhaseWords, mark.phase) ? mark.phase + " (output)" : mark.phase;
}

void endAt(StartupPhase &phase, nanoseconds at, PhaseState state)
{
    phase.end = std::max(at, phase.begin);
    phase.state = state;
}

} // namespace

Timeline::Timeline(nanoseconds begin, nanoseconds beginWall)
    : m_begin(begin)
    , m_beginWall(beginWall)
{
}

void Timeline::begin(BuiltInPhase phase, nanoseconds at)
{
    if (find(phase) == nullptr) {
        add({.name = std::string(wordFor(BuiltInPhaseWords, phase)), .begin = sinceBegin(at)});
    }
}

void Timeline::end(BuiltInPhase phase, PhaseSource source, nanoseconds at, std::string_view detail)
{
    const auto name = wordFor(BuiltInPhaseWords, phase);
    if (find(phase) == nullptr) {
        add({.name = std::string(name), .begin = std::min(endBefore(phase), sinceBegin(at))});
    }
    if (auto *const running = open(name)) {
        endAt(*running, sinceBegin(at), PhaseState::Ended);
        running->source = source;
        running->detail = detail;
    }
}

void Timeline::apply(const StartupMark &mark)
{
    switch (mark.says) {
    case Saying::PhaseBegins:
        beginFromOutput(mark);
        break;
    case Saying::PhaseEnds:
        endFromOutput(mark);
        break;
    case Saying::Step:
        nextStep(mark);
        break;
    case Saying::Ready:
        endAllFromOutput(sinceBegin(mark.at));
        claim(mark);
        break;
    case Saying::Listening:
    case Saying::Failed:
    case Saying::OtherPort:
        claim(mark);
        break;
    case Saying::Refused: // belongs to what it did, see UsageSample::refused
        break;
    }
}

void Timeline::serverEnded(nanoseconds at, std::string_view blockers)
{
    for (auto &phase : m_phases) {
        if (phase.isOpen()) {
            endAt(phase, sinceBegin(at), PhaseState::Interrupted);
            if (!blockers.empty()) {
                phase.detail = blockers;
            }
        }
    }
}

void Timeline::attribute(std::span<const UsageSample> samples, nanoseconds now)
{
    for (auto &phase : m_phases) {
        phase.usage = usageBetween(m_begin + phase.begin, m_begin + phase.end.value_or(sinceBegin(now)), samples);
    }
}

std::vector<StartupPhase> Timeline::phases() const
{
    auto phases = m_phases;
    std::ranges::stable_sort(phases, [](const StartupPhase &left, const StartupPhase &right) {
        const auto endOf = [](const StartupPhase &phase) { return phase.end.value_or(nanoseconds::max()); };
        return left.begin != right.begin ? left.begin < right.begin : endOf(left) > endOf(right);
    });
    return phases;
}

const StartupClaim *Timeline::firstClaim(Saying says) const
{
    const auto found = std::ranges::find(m_claims, says, &StartupClaim::says);
    return found != m_claims.end() ? &*found : nullptr;
}

const StartupPhase *Timeline::find(std::string_view name) const
{
    for (const auto &phase : m_phases | std::views::reverse) {
        if (phase.name == name) {
            return &phase;
        }
    }
    return nullptr;
}

const StartupPhase *Timeline::find(BuiltInPhase phase) const
{
    return find(wordFor(BuiltInPhaseWords, phase));
}

std::optional<nanoseconds> Timeline::readyAfter() const
{
    const auto *const ready = find(BuiltInPhase::Ready);
    return ready != nullptr && ready->state == PhaseState::Ended ? ready->end : std::nullopt;
}

nanoseconds Timeline::sinceBegin(nanoseconds at) const
{
    return std::max(at - m_begin, nanoseconds{});
}

StartupPhase *Timeline::open(std::string_view name)
{
    for (auto &phase : m_phases | std::views::reverse) {
        if (phase.name == name && phase.isOpen()) {
            return &phase;
        }
    }
    return nullptr;
}

nanoseconds Timeline::endBefore(BuiltInPhase phase) const
{
    nanoseconds end{};
    for (const auto &[word, earlier] : BuiltInPhaseWords) {
        const auto *const known = earlier < phase && earlier != BuiltInPhase::FirstOutput ? find(earlier) : nullptr;
        if (known != nullptr && known->end) {
            end = std::max(end, *known->end);
        }
    }
    return end;
}

nanoseconds Timeline::lastEndBeforeLine(nanoseconds at) const
{
    nanoseconds last{};
    for (const auto &phase : m_phases) {
        if (phase.end && *phase.end <= (isObserved(phase) ? at - LineDelay : at)) {
            last = std::max(last, *phase.end);
        }
    }
    return last;
}

void Timeline::add(StartupPhase phase)
{
    if (m_phases.size() < MostEntries) {
        m_phases.push_back(std::move(phase));
        m_stepRules.emplace_back();
    } else {
        m_isCut = true;
    }
}

void Timeline::beginFromOutput(const StartupMark &mark)
{
    const auto name = nameOf(mark);
    if (open(name) == nullptr) {
        add({.name = name, .begin = sinceBegin(mark.at), .source = PhaseSource::Output, .detail = mark.line});
    }
}

void Timeline::endFromOutput(const StartupMark &mark)
{
    const auto name = nameOf(mark);
    const auto at = sinceBegin(mark.at);
    auto *running = open(name);
    if (running == nullptr) {
        if (find(name) != nullptr) {
            return; // told again: the first time counts
        }
        const auto begin = mark.took ? at - *mark.took : lastEndBeforeLine(at);
        add({.name = name, .begin = std::clamp(begin, nanoseconds{}, at), .source = PhaseSource::Output});
        running = open(name);
    }
    if (running != nullptr) {
        endAt(*running, at, PhaseState::Ended);
        running->detail = mark.line;
        running->said = mark.took;
    }
}

void Timeline::nextStep(const StartupMark &mark)
{
    const auto at = sinceBegin(mark.at);
    for (std::size_t index = 0; index < m_phases.size(); ++index) {
        if (m_stepRules[index] == mark.rule && m_phases[index].isOpen()) {
            endAt(m_phases[index], at, PhaseState::Ended);
        }
    }
    const auto before = m_phases.size();
    add({.name = nameOf(mark), .begin = at, .source = PhaseSource::Output, .detail = mark.line});
    if (m_phases.size() > before) {
        m_stepRules.back() = mark.rule;
    }
}

void Timeline::claim(const StartupMark &mark)
{
    if (m_claims.size() == MostEntries) {
        m_isCut = true;
        return;
    }
    m_claims.push_back({.says = mark.says, .at = sinceBegin(mark.at), .port = mark.port, .line = mark.line});
}

void Timeline::endAllFromOutput(nanoseconds at)
{
    for (auto &phase : m_phases) {
        if (phase.isOpen() && phase.source == PhaseSource::Output) {
            endAt(phase, at, PhaseState::Ended);
        }
    }
}

} // namespace Quay
