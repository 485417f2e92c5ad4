// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probefactory.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/httpprobe.h"
#include "core/probes/httptarget.h"
#include "core/probes/tcpprobe.h"
#include "core/servers/acceptingprobe.h"
#include "core/servers/commandprobe.h"
#include "core/servers/commandrun.h"
#include "core/servers/factprobe.h"
#include "core/servers/httpconditionprobe.h"
#include "core/servers/listeningprobe.h"
#include "core/servers/probespec.h"
#include "core/servers/servercommand.h"
#include "core/servers/serverspec.h"
#include "core/servers/startupplan.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

namespace {

using MadeProbe = Result<std::unique_ptr<WaitProbe>>;

/// Makes the probe for each kind of condition.
class ProbeMaker
{
public:
    ProbeMaker(const ServerSpec &server, const ProbedRun &run, const ProbeMachine &machine)
        : m_server(server)
        , m_run(run)
        , m_machine(machine)
    {
    }

    MadeProbe operator()(const ListeningCondition &condition) const
    {
        return std::make_unique<ListeningProbe>(m_machine, m_run.supervisor, portsMeantBy(condition.port));
    }

    MadeProbe operator()(const AcceptingCondition &condition) const
    {
        return std::make_unique<AcceptingProbe>(m_machine, m_run.supervisor, portsMeantBy(condition.port));
    }

    MadeProbe operator()(const TcpCondition &condition) const
    {
        return std::make_unique<TcpProbe>(condition.host, condition.port);
    }

    MadeProbe operator()(const HttpCondition &condition) const
    {
        auto target = httpTargetFromUrl(condition.request.url);
        if (!target) {
            return fail(ErrorCode::Invalid, condition.request.url);
        }
        target->request.headers = condition.request.headers;
        return m_machine.createRequester().transform(
            [&](std::unique_ptr<HttpRequester> requester) -> std::unique_ptr<WaitProbe> {
                return std::make_unique<HttpConditionProbe>(condition, *std::move(target), std::move(requester));
            });
    }

    MadeProbe operator()(const LogCondition & /*condition*/) const { return std::make_unique<FactProbe>(m_run.fact); }
    MadeProbe operator()(const NotifyCondition & /*condition*/) const
    {
        return std::make_unique<FactProbe>(m_run.fact);
    }

    MadeProbe operator()(const WatchdogCondition &condition) const
    {
        return std::make_unique<FactProbe>(m_run.fact,
                                           Observation{.what = Observation::What::Silent,
                                                       .detail = {},
                                                       .number = static_cast<int>(condition.silence.count())});
    }

    MadeProbe operator()(const CommandCondition &condition) const
    {
        return std::make_unique<CommandProbe>(CommandStart{.arguments = executedArguments(condition.command),
                                                           .directory = m_server.directory,
                                                           .environment = m_run.environment});
    }

private:
    [[nodiscard]] std::vector<std::uint16_t> portsMeantBy(std::optional<std::uint16_t> port) const
    {
        return port ? std::vector{*port} : tcpPortsOf(m_server);
    }

    const ServerSpec &m_server;
    const ProbedRun &m_run;
    const ProbeMachine &m_machine;
};

/// A connection that was made to find out whether it is accepted would be its client. Others show it by their queue.
bool servesOneClient(const ServerSpec &server)
{
    return startedKind(server) == "delve";
}

} // namespace

std::vector<std::uint16_t> tcpPortsOf(const ServerSpec &server)
{
    std::vector<std::uint16_t> ports;
    for (const auto &expected : server.ports) {
        if (expected.protocol == Protocol::Tcp) {
            ports.push_back(expected.port);
        }
    }
    return ports;
}

Result<std::unique_ptr<WaitProbe>> makeProbe(const ProbeCondition &condition, const ServerSpec &server,
                                             const ProbedRun &run, const ProbeMachine &machine)
{
    return std::visit(ProbeMaker(server, run, machine), condition);
}

std::vector<ProbeSpec> defaultReadiness(const ServerSpec &server)
{
    const auto ports = tcpPortsOf(server);
    std::vector<ProbeSpec> probes;
    if (server.externalTool.empty()) {
        if (!ports.empty()) {
            probes.push_back(servesOneClient(server)
                                 ? ProbeSpec{.name = "listening", .condition = ListeningCondition{}}
                                 : ProbeSpec{.name = "accepting", .condition = AcceptingCondition{}});
        }
        return probes;
    }
    for (const auto port : ports) {
        probes.push_back(
            {.name = "tcp " + std::to_string(port), .condition = TcpCondition{.host = "localhost", .port = port}});
    }
    return probes;
}

} // namespace Quay
