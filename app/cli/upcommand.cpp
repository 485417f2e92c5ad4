// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/upcommand.h"

#include "app/cli/foregroundfleet.h"
#include "app/cli/machine.h"
#include "app/cli/serverfile.h"
#include "app/shared/format.h"
#include "core/control/moduleloader.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"
#include "core/probes/httpprobe.h"
#include "core/servers/configpath.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"
#include "core/supervise/serverplaces.h"

#include <QCoreApplication>
#include <QStringList>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct UpCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(UpCommand)
};

/// What a file may say of a server and is not carried out by this version.
QStringList notCarriedOut(const ServerSpec &server)
{
    QStringList keys;
    if (!server.phases.empty()) {
        keys << QStringLiteral("phases");
    }
    return keys;
}

void warnOfWhatIsNotCarriedOut(CommandContext &context, const std::vector<ServerSpec> &servers)
{
    for (const auto &server : servers) {
        if (const auto keys = notCarriedOut(server); !keys.isEmpty()) {
            complain(context,
                     UpCommandTexts::tr("Of %1, this version leaves out: %2.", "a server, keys of its configuration")
                         .arg(shownText(server.name), keys.join(QStringLiteral(", "))));
        }
    }
}

} // namespace

QString UpCommand::description() const
{
    return UpCommandTexts::tr("Start servers, with whatever they need");
}

QString UpCommand::arguments() const
{
    return QStringLiteral("--foreground [NAME...]");
}

void UpCommand::setup(CLI::App &parser)
{
    parser
        .add_option(
            "NAME", m_names,
            UpCommandTexts::tr("Servers or groups; all that start by themselves when none is given").toStdString())
        ->option_text("...");
    parser
        .add_option("-f,--file", m_file,
                    UpCommandTexts::tr("The file that describes them: quaymaster.yaml here or above when not given, or "
                                       "one that 'quay import' reads")
                        .toStdString())
        ->option_text("FILE");
    parser
        .add_flag("--foreground", m_isForeground,
                  UpCommandTexts::tr("Show their output here, and stop them all on Ctrl-C").toStdString())
        ->required();
}

ExitCode UpCommand::execute(CommandContext &context)
{
    const VariableMap variables = ownVariables();
    const auto config = findServers(context, m_file, variables);
    if (!config) {
        return ExitCode::NothingThere;
    }
    if (!config->mistakes.empty()) {
        tellMistakes(context, config->mistakes);
        return ExitCode::Usage;
    }
    const auto chosen = chosenServers(context, config->file.servers, m_names);
    if (!chosen) {
        return ExitCode::Usage;
    }
    if (chosen->empty()) {
        complain(context, UpCommandTexts::tr("There are no servers to start."));
        return ExitCode::NothingThere;
    }
    warnOfWhatIsNotCarriedOut(context, *chosen);
    const auto proc = ProcFs::open();
    const auto places = serversPlaces();
    if (!proc || !places) {
        return complainAbout(context, !proc ? proc.error() : places.error());
    }
    SockDiag diag(diagTransportOrRefusal());
    ModuleLoader http(QStringLiteral("quay-http"));
    const auto createRequester = [&http] { return createHttpRequester(http); };
    const RunnerSettings settings{
        .superviseProgram = superviseProgram(),
        .project = directoryOf(config->file.path),
        .places = *places,
        .inherited = variables,
        .probes = {.proc = &*proc, .diag = &diag, .createRequester = createRequester, .clock = &context.clock},
        .preflight = {.prove = [&context](const PortClaim &claim) { return context.machine.prove(claim); },
                      .createRequester = createRequester},
    };
    return ForegroundFleet(context, config->file.servers, settings).run(*chosen);
}

} // namespace Quay
