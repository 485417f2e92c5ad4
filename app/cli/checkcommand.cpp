// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/checkcommand.h"

#include "app/cli/checktext.h"
#include "app/cli/listenerjson.h"
#include "app/cli/serverchecks.h"
#include "app/cli/serverfile.h"
#include "core/kernel/procfs.h"
#include "core/servers/configpath.h"
#include "core/servers/ownports.h"
#include "core/supervise/serverplaces.h"

#include <QCoreApplication>

#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct CheckTexts
{
    Q_DECLARE_TR_FUNCTIONS(CheckCommand)
};

/// A server that runs already may be asked about, and has its ports then.
std::vector<CheckOutcome> withRunning(std::vector<CheckOutcome> outcomes, const std::string &path)
{
    const auto proc = ProcFs::open();
    const auto places = serversPlaces();
    return proc && places ? withOwnPorts(std::move(outcomes), *proc, *places, directoryOf(path)) : outcomes;
}

} // namespace

QString CheckCommand::description() const
{
    return CheckTexts::tr("Check whether servers can be started, without starting them");
}

QString CheckCommand::arguments() const
{
    return QStringLiteral("[NAME...]");
}

void CheckCommand::setup(CLI::App &parser)
{
    parser
        .add_option("NAME", m_names,
                    CheckTexts::tr("Servers or groups; all that start by themselves when none is given").toStdString())
        ->option_text("...");
    parser
        .add_option("-f,--file", m_file,
                    CheckTexts::tr("The file that describes them: quaymaster.yaml here or above when not given, or one "
                                   "that 'quay import' reads")
                        .toStdString())
        ->option_text("FILE");
    parser.add_flag("--json", m_json, CheckTexts::tr("Print JSON").toStdString());
}

ExitCode CheckCommand::execute(CommandContext &context)
{
    const VariableMap variables = ownVariables();
    const auto config = findServers(context, m_file, variables);
    if (!config) {
        return ExitCode::NothingThere;
    }
    if (!config->mistakes.empty()) {
        return refuse(context, config->file.path, config->mistakes);
    }
    auto chosen = chosenServers(context, config->file.servers, m_names);
    if (!chosen) {
        return ExitCode::Usage;
    }
    std::vector<PreflightServer> servers;
    std::vector<ConfigMistake> mistakes;
    for (auto &server : *chosen) {
        ServerEnvironment environment = environmentFor(server, variables);
        mistakes.insert(mistakes.end(), environment.mistakes.begin(), environment.mistakes.end());
        servers.push_back({.spec = std::move(server), .environment = std::move(environment.variables)});
    }
    if (!mistakes.empty()) {
        return refuse(context, config->file.path, mistakes);
    }
    const auto outcomes = withRunning(runChecks(context, servers), config->file.path);
    report(context, config->file.path, outcomes);
    if (servers.empty()) {
        complain(context, CheckTexts::tr("There are no servers to check."));
        return ExitCode::NothingThere;
    }
    return mayStart(outcomes) ? ExitCode::Done : ExitCode::NotAchieved;
}

ExitCode CheckCommand::refuse(CommandContext &context, const std::string &path,
                              const std::vector<ConfigMistake> &mistakes) const
{
    tellMistakes(context, mistakes);
    if (m_json) {
        std::ignore = context.out.write(jsonDocument(checkJson(path, mistakes, {}, {})));
    }
    return ExitCode::Usage;
}

void CheckCommand::report(CommandContext &context, const std::string &path,
                          const std::vector<CheckOutcome> &outcomes) const
{
    const auto holders = portHolders(context, outcomes);
    if (m_json) {
        std::ignore = context.out.write(jsonDocument(checkJson(path, {}, outcomes, holders)));
    } else {
        std::ignore = context.out.write(checkReport(outcomes, holders, context.out.traits()).toStdString());
    }
}

} // namespace Quay
