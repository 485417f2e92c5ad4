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
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr int ReadyShare = 2;
constexpr int ListeningShare = 4;

} // namespace

bool opensPorts(const ServerSpec &spec)
{
    return spec.externalTool.empty() && !tcpPortsOf(spec).empty();
}

std::vector<PhaseDeadline> builtInDeadlines(const ServerSpec &spec)
{
    auto limit = ProbeSpec().deadline;
    for (const auto &probe : spec.readiness) {
        limit = std::max(limit, probe.deadline);
    }
    std::vector<PhaseDeadline> deadlines;
    if (opensPorts(spec)) {
        deadlines.push_back({.phase = std::string(wordFor(BuiltInPhaseWords, BuiltInPhase::Listening)),
                             .limit = limit / ListeningShare});
    }
    deadlines.push_back(
        {.phase = std::string(wordFor(BuiltInPhaseWords, BuiltInPhase::Ready)), .limit = limit / ReadyShare});
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
    for (const auto &phase : spec.phases) {
        phases.push_back({.name = phase.name, .pattern = phase.pattern});
    }
    return compilePhases(phases).value_or(std::vector<CompiledPhase>()); // the configuration was checked
}

} // namespace Quay
