// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflightrun.h"

#include "core/base/clock.h"
#include "core/base/pollset.h"
#include "core/processes/environment.h"
#include "core/processes/secrettext.h"
#include "core/servers/preflight.h"
#include "core/servers/preflighttask.h"
#include "core/servers/probespec.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

namespace {

/// Each fact is found out once, and is as bad as the worst that it would be bad for.
void add(std::vector<PreflightCheck> &checks, PreflightCheck check)
{
    const auto same = std::ranges::find(checks, check.subject, &PreflightCheck::subject);
    if (same == checks.end()) {
        checks.push_back(std::move(check));
    } else {
        same->severity = std::max(same->severity, check.severity);
    }
}

/// Checks that nobody has to write down.
std::vector<PreflightCheck> ownChecks(const ServerSpec &server)
{
    std::vector<PreflightCheck> checks;
    add(checks, {.name = {}, .subject = DirectoryCheck{.path = server.directory}});
    if (!server.command.arguments.empty()) {
        add(checks, {.name = {}, .subject = ProgramCheck{.program = server.command.arguments.front()}});
    }
    for (const auto &file : server.envFiles) {
        if (!file.isOptional) {
            add(checks, {.name = {}, .subject = FileCheck{.path = file.path}});
        }
    }
    const bool isElsewhere = !server.externalTool.empty(); // then it may be the tool itself that has the port already
    for (const auto &port : server.ports) {
        add(checks,
            {.name = {},
             .subject = PortCheck{.port = port.port, .protocol = port.protocol, .address = port.address},
             .severity = isElsewhere ? Severity::Warning : Severity::Critical});
    }
    return checks;
}

/// The probes that will ask over HTTP: where nothing speaks it such a server cannot become ready, or nobody would know
/// whether it stays well.
std::vector<PreflightCheck> httpProbes(const ServerSpec &server)
{
    std::vector<PreflightCheck> checks;
    const auto addAll = [&checks](const std::vector<ProbeSpec> &probes, Severity severity) {
        for (const auto &probe : probes) {
            if (const auto *const http = std::get_if<HttpCondition>(&probe.condition)) {
                add(checks, {.name = probe.name, .subject = HttpCheck{.request = http->request}, .severity = severity});
            }
        }
    };
    addAll(server.readiness, Severity::Critical);
    addAll(server.liveness, Severity::Warning);
    return checks;
}

/// What is known about a finding only now: how bad it is.
Severity severityOf(const CheckResult &result, Severity wished)
{
    switch (result.finding) {
    case CheckFinding::HttpTooMany: // it answers, and the key is one
    case CheckFinding::PinUnclear: // nothing is known to be wrong
    case CheckFinding::PortUnknown:
        return Severity::Warning;
    case CheckFinding::HttpKeyRefused:
        return Severity::Critical;
    default: // as it was wished
        return wished;
    }
}

/// The next port above @p taken that can be had.
std::optional<std::uint16_t> nextFreePort(const ExpectedPort &taken, const PreflightMachine &machine)
{
    constexpr int MostTries = 100;
    constexpr int HighestPort = 65535;
    const PreflightServer nobody;
    for (int port = taken.port + 1; port <= std::min(taken.port + MostTries, HighestPort); ++port) {
        const CheckSubject subject =
            PortCheck{.port = static_cast<std::uint16_t>(port), .protocol = taken.protocol, .address = taken.address};
        const auto result = makePreflightTask(subject, nobody, machine)->begin({});
        if (result && result->finding == CheckFinding::Good) {
            return static_cast<std::uint16_t>(port);
        }
    }
    return std::nullopt;
}

} // namespace

/// Takes the values of secrets out of what commands and servers wrote.
class PreflightRun::SecretValues
{
public:
    explicit SecretValues(const VariableMap &environment)
    {
        constexpr std::size_t Shortest = 4; // less would be found everywhere
        for (const auto &[name, value] : environment) {
            if (value.size() >= Shortest && looksSecret(name, value) && isSecretValue(name, value)) {
                m_values.push_back(value);
            }
        }
        std::ranges::sort(m_values, std::greater{}, &std::string::size); // one may be a part of another
    }

    [[nodiscard]] std::string masked(std::string text) const
    {
        for (const auto &value : m_values) {
            for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + SecretMask.size())) {
                text.replace(at, value.size(), SecretMask);
            }
        }
        return maskedText(text);
    }

private:
    std::vector<std::string> m_values;
};

struct PreflightRun::Job
{
    std::size_t server = 0;
    CheckOutcome outcome;
    std::unique_ptr<PreflightTask> task;
    std::chrono::nanoseconds due{};
    bool isUnderWay = true;
};

PreflightRun::PreflightRun(std::vector<PreflightServer> servers, const PreflightMachine &machine)
    : m_servers(std::move(servers))
    , m_machine(machine)
    , m_start(machine.clock.monotonic())
{
    std::optional<bool> canRequest; // asked once, and only where somebody wants to know
    for (std::size_t i = 0; i < m_servers.size(); ++i) {
        m_secrets.emplace_back(m_servers[i].environment);
        auto checks = ownChecks(m_servers[i].spec);
        if (auto probes = httpProbes(m_servers[i].spec); !probes.empty()) {
            canRequest = canRequest ? canRequest : std::optional(m_machine.canRequest());
            if (!*canRequest) { // else they are no checks: the server does not run yet
                std::ranges::move(probes, std::back_inserter(checks));
            }
        }
        for (auto &check : checks) {
            if (!std::ranges::contains(m_servers[i].spec.preflight, check.subject, &PreflightCheck::subject)) {
                addJob(i, std::move(check), true); // else somebody has said how bad it would be
            }
        }
        for (const auto &check : m_servers[i].spec.preflight) {
            addJob(i, check, false);
        }
    }
    for (auto &job : m_jobs) { // outcomes have their final place: tasks refer to their checks
        job.task = makePreflightTask(job.outcome.check.subject, m_servers[job.server], m_machine);
        job.due = m_machine.clock.monotonic() + job.outcome.check.timeout;
        if (auto result = job.task->begin(job.outcome.check.timeout)) {
            conclude(job, std::move(*result));
        }
    }
}

PreflightRun::~PreflightRun() = default;

void PreflightRun::addJob(std::size_t server, PreflightCheck check, bool isOwn)
{
    Job job{.server = server};
    job.outcome.server = m_servers[server].spec.name;
    job.outcome.check = std::move(check);
    job.outcome.isOwn = isOwn;
    m_jobs.push_back(std::move(job));
}

bool PreflightRun::isDone() const
{
    return std::ranges::none_of(m_jobs, &Job::isUnderWay);
}

void PreflightRun::collect(PollSet &set) const
{
    for (const auto &job : m_jobs) {
        if (job.isUnderWay) {
            set.add(std::optional(job.task->awaited()));
        }
    }
}

std::chrono::nanoseconds PreflightRun::due() const
{
    std::optional<std::chrono::nanoseconds> earliest;
    for (const auto &job : m_jobs) {
        if (job.isUnderWay && (!earliest || job.due < *earliest)) {
            earliest = job.due;
        }
    }
    return earliest.value_or(m_start);
}

void PreflightRun::proceed(const PollSet &set)
{
    const auto now = m_machine.clock.monotonic();
    for (auto &job : m_jobs) {
        if (!job.isUnderWay) {
            continue;
        }
        std::optional<CheckResult> result;
        if (set.hasCome(job.task->awaited().fd)) {
            result = job.task->proceed();
        }
        if (!result && job.due <= now) {
            result = job.task->giveUp();
        }
        if (result) {
            conclude(job, std::move(*result));
        }
    }
}

std::vector<CheckOutcome> PreflightRun::outcomes() const
{
    std::vector<CheckOutcome> outcomes;
    outcomes.reserve(m_jobs.size());
    for (const auto &job : m_jobs) {
        outcomes.push_back(job.outcome);
    }
    return outcomes;
}

void PreflightRun::conclude(Job &job, CheckResult result)
{
    CheckOutcome &outcome = job.outcome;
    job.isUnderWay = false;
    outcome.took = m_machine.clock.monotonic() - m_start;
    outcome.isMet = result.finding == CheckFinding::Good;
    outcome.severity = severityOf(result, outcome.check.severity);
    outcome.finding = result.finding;
    outcome.detail = m_secrets[job.server].masked(std::move(result.detail));
    outcome.wanted = std::move(result.wanted);
    outcome.number = result.number;
    outcome.freeBytes = result.freeBytes;
    outcome.holders = std::move(result.holders);
    if (outcome.finding == CheckFinding::PortHeld) {
        lookFurther(job);
    }
}

/// A server that takes its port from a variable is not held up by one that is taken.
void PreflightRun::lookFurther(Job &job) const
{
    const auto *const port = std::get_if<PortCheck>(&job.outcome.check.subject);
    for (const auto &expected : m_servers[job.server].spec.ports) {
        if (port == nullptr || expected.port != port->port || expected.protocol != port->protocol
            || expected.variable.empty()) {
            continue;
        }
        job.outcome.nextPort = nextFreePort(expected, m_machine);
        if (expected.mayTakeNext && job.outcome.nextPort) {
            job.outcome.severity = Severity::Warning;
        }
        job.outcome.wanted = expected.variable;
    }
}

} // namespace Quay
