// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/upcommand.h"

#include "app/cli/foregroundfleet.h"
#include "app/cli/httprequests.h"
#include "app/cli/machine.h"
#include "app/shared/format.h"
#include "core/control/moduleloader.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/servers/configpath.h"
#include "core/servers/runmembers.h"
#include "core/servers/serverspec.h"
#include "core/service/siblingprogram.h"
#include "core/startup/lazystartups.h"
#include "core/supervise/serverplaces.h"

#include <QCoreApplication>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct UpCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(UpCommand)
};

} // namespace

QString UpCommand::description() const
{
    return UpCommandTexts::tr("Start servers, with whatever they need");
}

QString UpCommand::arguments() const
{
    return QStringLiteral("[NAME...]");
}

void UpCommand::setup(CLI::App &parser)
{
    m_options.addNames(parser,
                       UpCommandTexts::tr("Servers or groups; all that start by themselves when none is given"));
    m_options.addFile(parser);
    m_options.addWait(parser);
    m_options.addJson(parser);
    parser.add_flag(
        "--foreground", m_isForeground,
        UpCommandTexts::tr("Without an agent: show their output here, and stop them all on Ctrl-C").toStdString());
}

ExitCode UpCommand::execute(CommandContext &context)
{
    if (m_isForeground && (m_options.waits || m_options.isJson || !m_options.timeout.empty())) {
        complain(context,
                 UpCommandTexts::tr("--foreground shows what happens until all have ended: --wait, --timeout "
                                    "and --json do not go with it."));
        return ExitCode::Usage;
    }
    auto chosen = chooseServers(context, m_options);
    if (!chosen) {
        return chosen.error();
    }
    if (m_isForeground) {
        return runHere(context, *chosen);
    }
    return ServerAction(context, *std::move(chosen), m_options).run(AgentVerb::Start);
}

ExitCode UpCommand::runHere(CommandContext &context, const ChosenServers &chosen)
{
    const auto proc = ProcFs::open();
    const auto places = serversPlaces();
    if (!proc || !places) {
        return complainAbout(context, !proc ? proc.error() : places.error());
    }
    SockDiag diag(diagTransportOrRefusal());
    RunMembers members(*proc, context.clock);
    ModuleLoader http(QStringLiteral("quay-http"));
    const auto createRequester = [&http] { return createTranslatedRequester(http); };
    const RunnerSettings settings{
        .superviseProgram = siblingProgram("quaymaster-supervise"),
        .scopes = sessionScopes(),
        .project = directoryOf(chosen.config.file.path),
        .file = chosen.config.file.path,
        .places = *places,
        .inherited = chosen.variables,
        .probes = {.proc = &*proc,
                   .diag = &diag,
                   .members = &members,
                   .createRequester = createRequester,
                   .clock = &context.clock},
        .preflight = {.prove = [&context](const PortClaim &claim) { return context.machine.prove(claim); },
                      .createRequester = createRequester,
                      .canRequest = [&http] { return canRequestHttp(http); }},
    };
    LazyStartups starts;
    return ForegroundFleet(context, chosen.config.file, settings, starts).run(chosen.servers);
}

} // namespace Quay
