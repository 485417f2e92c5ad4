// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/startupplan.h"

#include "core/base/words.h"
#include "core/processes/kindrules.h"
#include "core/servers/probefactory.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"
#include "core/startup/startupphase.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace Quay {

namespace {

constexpr int ReadyShare = 2;
constexpr int ListeningShare = 4;

bool needsPort(const ProbeSpec &probe)
{
    return std::holds_alternative<ListeningCondition>(probe.condition)
        || std::holds_alternative<AcceptingCondition>(probe.condition)
        || std::holds_alternative<TcpCondition>(probe.condition)
        || std::holds_alternative<HttpCondition>(probe.condition);
}

/// Of those that a port has to be open for: whichever is not met first gives the server up. Nothing without one.
std::optional<std::chrono::milliseconds> shortestOf(const std::vector<ProbeSpec> &readiness)
{
    std::optional<std::chrono::milliseconds> shortest;
    for (const auto &probe : readiness) {
        if (needsPort(probe)) {
            shortest = std::min(shortest.value_or(probe.deadline), probe.deadline);
        }
    }
    return shortest;
}

/// The slowest decides when a server is ready. Without one it is as if there were a usual one.
std::chrono::milliseconds longestOf(const std::vector<ProbeSpec> &readiness)
{
    return readiness.empty() ? ProbeSpec().deadline
                             : std::ranges::max_element(readiness, {}, &ProbeSpec::deadline)->deadline;
}

} // namespace

bool opensPorts(const ServerSpec &spec)
{
    return spec.externalTool.empty() && !tcpPortsOf(spec).empty();
}

std::vector<PhaseDeadline> builtInDeadlines(const ServerSpec &spec)
{
    const auto listening = shortestOf(spec.readiness);
    const auto ready = longestOf(spec.readiness);
    std::vector<PhaseDeadline> deadlines;
    if (opensPorts(spec)) {
        deadlines.push_back({.phase = std::string(wordFor(BuiltInPhaseWords, BuiltInPhase::Listening)),
                             .limit = listening.value_or(ready) / ListeningShare});
    }
    deadlines.push_back(
        {.phase = std::string(wordFor(BuiltInPhaseWords, BuiltInPhase::Ready)), .limit = ready / ReadyShare});
    return deadlines;
}

std::vector<PhaseDeadline> ownDeadlines(const ServerSpec &spec)
{
    std::vector<PhaseDeadline> deadlines;
    for (const auto &phase : spec.phases) {
        if (phase.deadline) {
            deadlines.push_back({.phase = phase.name, .limit = *phase.deadline});
        }
    }
    return deadlines;
}

std::string startedKind(const ServerSpec &spec)
{
    const auto &arguments = spec.command.arguments;
    if (arguments.empty()) {
        return {};
    }
    const std::string_view program = arguments.front();
    const auto kind = KindRules::builtIn().serverKind(
        {.name = program.substr(program.rfind('/') + 1), .arguments = &arguments, .executable = program});
    return kind ? kind->id : std::string();
}

std::vector<CompiledPhase> ownPhases(const ServerSpec &spec)
{
    std::vector<UserPhase> phases;
    phases.reserve(spec.phases.size());
    for (const auto &phase : spec.phases) {
        phases.push_back({.name = phase.name, .pattern = phase.pattern});
    }
    return compilePhases(phases).value_or(std::vector<CompiledPhase>()); // the configuration was checked
}

} // namespace Quay
