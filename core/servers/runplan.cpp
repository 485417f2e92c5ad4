// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/runplan.h"

#include "core/logs/alertfile.h"
#include "core/servers/preflight.h"
#include "core/servers/preflightspec.h"
#include "core/servers/probespec.h"
#include "core/servers/servercommand.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"
#include "core/supervise/rundescription.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

namespace Quay {

namespace {

/// Its readiness probes and those of liveness.
std::vector<ProbeCondition> allConditions(const ServerSpec &spec)
{
    std::vector<ProbeCondition> conditions;
    std::ranges::transform(spec.readiness, std::back_inserter(conditions), &ProbeSpec::condition);
    std::ranges::transform(spec.liveness, std::back_inserter(conditions), &ProbeSpec::condition);
    return conditions;
}

template<typename Condition>
bool hasCondition(const ServerSpec &spec)
{
    return std::ranges::any_of(allConditions(spec), [](const ProbeCondition &condition) {
        return std::holds_alternative<Condition>(condition);
    });
}

} // namespace

std::chrono::milliseconds watchdogOf(const ServerSpec &spec)
{
    std::chrono::milliseconds shortest{0};
    for (const auto &condition : allConditions(spec)) {
        const auto *const watchdog = std::get_if<WatchdogCondition>(&condition);
        if (watchdog != nullptr && (shortest.count() == 0 || watchdog->silence < shortest)) {
            shortest = watchdog->silence;
        }
    }
    return shortest;
}

RunDescription describeRun(const ServerSpec &spec, const ServerIdentity &server, const ServerPlaces &places,
                           const std::string &runId, const VariableMap &environment)
{
    return {.server = server,
            .places = places,
            .runId = runId,
            .arguments = executedArguments(spec.command),
            .directory = spec.directory,
            .environment = environmentTexts(environment),
            .hasTerminal = spec.hasTerminal,
            .expectsNotify = hasCondition<NotifyCondition>(spec) || hasCondition<WatchdogCondition>(spec),
            .watchdog = watchdogOf(spec),
            .stop = {.signal = spec.stop.signal, .grace = spec.stop.grace},
            .log = {.fileBytes = spec.log.maxBytes, .filesKept = static_cast<std::uint32_t>(spec.log.files - 1)}};
}

bool awaitsLine(const ServerSpec &spec)
{
    return hasCondition<LogCondition>(spec);
}

std::vector<AlertRule> alertRules(const ServerSpec &spec)
{
    std::vector<AlertRule> rules;
    rules.reserve(spec.alerts.size());
    for (const auto &alert : spec.alerts) {
        rules.push_back({.name = alert.name, .pattern = alert.pattern});
    }
    return rules;
}

void takeNextPorts(const std::vector<CheckOutcome> &checks, ServerSpec &spec, VariableMap &environment)
{
    for (const auto &outcome : checks) {
        const auto *const check = std::get_if<PortCheck>(&outcome.check.subject);
        if (check == nullptr || !outcome.nextPort) {
            continue;
        }
        for (auto &port : spec.ports) {
            if (port.mayTakeNext && port.port == check->port && port.protocol == check->protocol) {
                port.port = *outcome.nextPort;
                environment.insert_or_assign(port.variable, std::to_string(port.port));
            }
        }
    }
}

} // namespace Quay
