// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/preflight.h"

#include "core/processes/environment.h"
#include "core/processes/secrettext.h"
#include "core/servers/envfile.h"
#include "core/servers/preflighttask.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace Quay {

namespace {

/// Checks that nobody has to write down.
std::vector<PreflightCheck> ownChecks(const ServerSpec &server)
{
    std::vector<PreflightCheck> checks;
    checks.push_back({.name = {}, .subject = DirectoryCheck{.path = server.directory}});
    if (!server.command.arguments.empty()) {
        checks.push_back({.name = {}, .subject = ProgramCheck{.program = server.command.arguments.front()}});
    }
    for (const auto &file : server.envFiles) {
        if (!file.isOptional) {
            checks.push_back({.name = {}, .subject = FileCheck{.path = file.path}});
        }
    }
    const bool isElsewhere = !server.externalTool.empty(); // then it may be the tool itself that has the port already
    for (const auto &port : server.ports) {
        checks.push_back({.name = {},
                          .subject = PortCheck{.port = port.port, .protocol = port.protocol, .address = port.address},
                          .severity = isElsewhere ? Severity::Warning : Severity::Critical});
    }
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

/// Takes the values of secrets out of what commands and servers wrote.
class SecretValues
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

class PreflightRun
{
public:
    PreflightRun(const std::vector<PreflightServer> &servers, const PreflightMachine &machine)
        : m_servers(servers)
        , m_machine(machine)
    {
        for (std::size_t i = 0; i < servers.size(); ++i) {
            m_secrets.emplace_back(servers[i].environment);
            for (auto &check : ownChecks(servers[i].spec)) {
                if (!std::ranges::contains(servers[i].spec.preflight, check.subject, &PreflightCheck::subject)) {
                    addJob(i, std::move(check), true); // else somebody has said how bad it would be
                }
            }
            for (const auto &check : servers[i].spec.preflight) {
                addJob(i, check, false);
            }
        }
    }

    [[nodiscard]] std::vector<CheckOutcome> run()
    {
        m_start = m_machine.clock.monotonic();
        for (auto &job : m_jobs) { // outcomes have their final place: tasks refer to their checks
            job.task = makePreflightTask(job.outcome.check.subject, m_servers[job.server], m_machine);
            job.due = m_machine.clock.monotonic() + job.outcome.check.timeout;
            if (auto result = job.task->begin(job.outcome.check.timeout)) {
                conclude(job, std::move(*result));
            }
        }
        while (std::ranges::any_of(m_jobs, &Job::isUnderWay)) {
            waitForNext();
        }
        std::vector<CheckOutcome> outcomes;
        outcomes.reserve(m_jobs.size());
        for (auto &job : m_jobs) {
            outcomes.push_back(std::move(job.outcome));
        }
        return outcomes;
    }

private:
    struct Job
    {
        std::size_t server = 0;
        CheckOutcome outcome;
        std::unique_ptr<PreflightTask> task;
        std::chrono::nanoseconds due{};
        bool isUnderWay = true;
    };

    void addJob(std::size_t server, PreflightCheck check, bool isOwn)
    {
        Job job{.server = server};
        job.outcome.server = m_servers[server].spec.name;
        job.outcome.check = std::move(check);
        job.outcome.isOwn = isOwn;
        m_jobs.push_back(std::move(job));
    }

    void waitForNext()
    {
        using namespace std::chrono_literals;
        const auto now = m_machine.clock.monotonic();
        auto wake = now + 1h;
        std::vector<pollfd> awaited;
        for (const auto &job : m_jobs) {
            awaited.push_back(job.isUnderWay ? job.task->awaited() : pollfd{.fd = -1, .events = 0, .revents = 0});
            wake = job.isUnderWay ? std::min(wake, job.due) : wake;
        }
        const auto pause = std::max(wake - now, 0ns);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(pause);
        const timespec limit{.tv_sec = seconds.count(), .tv_nsec = (pause - seconds).count()};
        const bool isReady = ::ppoll(awaited.data(), awaited.size(), &limit, nullptr) > 0;
        const auto later = m_machine.clock.monotonic();
        for (std::size_t i = 0; i < m_jobs.size(); ++i) {
            Job &job = m_jobs[i];
            if (!job.isUnderWay) {
                continue;
            }
            std::optional<CheckResult> result;
            if (isReady && awaited[i].revents != 0) {
                result = job.task->proceed();
            }
            if (!result && job.due <= later) {
                result = job.task->giveUp();
            }
            if (result) {
                conclude(job, std::move(*result));
            }
        }
    }

    void conclude(Job &job, CheckResult result)
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
    void lookFurther(Job &job) const
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

    const std::vector<PreflightServer> &m_servers;
    const PreflightMachine &m_machine;
    std::vector<SecretValues> m_secrets;
    std::vector<Job> m_jobs;
    std::chrono::nanoseconds m_start{};
};

} // namespace

bool mayStart(const std::vector<CheckOutcome> &outcomes)
{
    return std::ranges::none_of(
        outcomes, [](const CheckOutcome &outcome) { return !outcome.isMet && outcome.severity == Severity::Critical; });
}

std::vector<CheckOutcome> runPreflight(const std::vector<PreflightServer> &servers, const PreflightMachine &machine)
{
    return PreflightRun(servers, machine).run();
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
