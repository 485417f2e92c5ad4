// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflight.h"

#include "core/base/pollset.h"
#include "core/servers/envfile.h"
#include "core/servers/preflightrun.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

bool mayStart(const std::vector<CheckOutcome> &outcomes)
{
    return std::ranges::none_of(
        outcomes, [](const CheckOutcome &outcome) { return !outcome.isMet && outcome.severity == Severity::Critical; });
}

std::vector<CheckOutcome> runPreflight(const std::vector<PreflightServer> &servers, const PreflightMachine &machine)
{
    PreflightRun run(servers, machine);
    PollSet set;
    while (!run.isDone()) {
        set.clear();
        run.collect(set);
        set.wait(run.due() - machine.clock.monotonic());
        run.proceed(set);
    }
    return run.outcomes();
}

ServerEnvironment environmentFor(const ServerSpec &server, const VariableMap &inherited)
{
    ServerEnvironment environment{.variables = inherited, .mistakes = {}};
    for (const auto &spec : server.envFiles) {
        if (::access(spec.path.c_str(), F_OK) != 0 && errno == ENOENT) {
            continue; // whether it may be missing is for the checks to say
        }
        EnvFile file = readEnvFile(spec.path);
        for (auto &[name, value] : file.variables) {
            environment.variables.insert_or_assign(name, std::move(value));
        }
        std::ranges::move(file.mistakes, std::back_inserter(environment.mistakes));
    }
    for (const auto &[name, value] : server.environment) {
        environment.variables.insert_or_assign(name, value);
    }
    for (const auto &port : server.ports) {
        if (!port.variable.empty()) {
            environment.variables.insert_or_assign(port.variable, std::to_string(port.port));
        }
    }
    return environment;
}

} // namespace Quay
