// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stopcommand.h"

#include "app/cli/endingrunner.h"
#include "app/cli/machine.h"
#include "app/shared/format.h"
#include "core/base/number.h"

#include <QCoreApplication>

#include <optional>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct StopTexts
{
    Q_DECLARE_TR_FUNCTIONS(StopCommand)
};

} // namespace

QString StopCommand::description() const
{
    return StopTexts::tr("End processes, and prove that their ports are free");
}

QString StopCommand::arguments() const
{
    return QStringLiteral("PID...");
}

void StopCommand::setup(CLI::App &parser)
{
    parser.add_option("PID", m_words, StopTexts::tr("The numbers of the processes").toStdString())
        ->option_text(" ")
        ->required();
    m_flags.setup(parser);
}

ExitCode StopCommand::execute(CommandContext &context)
{
    std::vector<pid_t> pids;
    for (const auto &word : m_words) {
        const auto pid = numberFromText<pid_t>(word);
        if (!pid || *pid < 1) {
            complain(context, StopTexts::tr("'%1' is not the number of a process.").arg(shownText(word)));
            return ExitCode::Usage;
        }
        pids.push_back(*pid);
    }
    const auto wish = m_flags.read(context);
    if (!wish) {
        return ExitCode::Usage;
    }
    const auto looked = context.machine.look({.connections = true, .processes = true});
    if (!looked) {
        return complainAbout(context, looked.error());
    }
    const auto seen = context.machine.verifyAllOwners();
    std::vector<ProcessId> processes;
    for (const pid_t pid : pids) {
        const auto process = context.machine.findProcess(pid);
        if (process == nullptr) {
            complain(context, StopTexts::tr("There is no process %1.").arg(pid));
            return ExitCode::NothingThere;
        }
        processes.push_back(process->id);
    }
    return EndingRunner(context, *wish).run({.processes = processes, .services = {}, .seen = seen});
}

} // namespace Quay
