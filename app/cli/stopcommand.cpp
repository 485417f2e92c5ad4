// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stopcommand.h"

#include "app/cli/endingjson.h"
#include "app/cli/endingrunner.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/serveraction.h"
#include "app/shared/format.h"
#include "core/base/number.h"
#include "core/service/agentmessage.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct StopTexts
{
    Q_DECLARE_TR_FUNCTIONS(StopCommand)
};

constexpr std::string_view PidPrefix = "pid:"; // as `quay why` has it; no server is called so

bool isNumber(std::string_view word)
{
    word.remove_prefix(word.starts_with('-') ? 1 : 0);
    return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isOpen(const PortSnapshot &seen, pid_t number)
{
    return std::ranges::any_of(seen.listeners, [number](const ListenerPtr &listener) {
        return std::cmp_equal(listener->socket.localPort, number);
    });
}

} // namespace

QString StopCommand::description() const
{
    return StopTexts::tr("Stop servers, or end processes and prove that their ports are free");
}

QString StopCommand::arguments() const
{
    return QStringLiteral("NAME...|PID...");
}

void StopCommand::setup(CLI::App &parser)
{
    parser
        .add_option("NAME|PID", m_words,
                    StopTexts::tr("Servers or groups of quaymaster.yaml, or processes: 4711 or pid:4711").toStdString())
        ->option_text(" ")
        ->required();
    m_flags.setup(parser);
    m_options.addFile(parser);
    m_options.addTimeout(parser);
    m_parser = &parser;
}

ExitCode StopCommand::execute(CommandContext &context)
{
    std::vector<pid_t> pids;
    for (const auto &word : m_words) {
        const bool isPid = word.starts_with(PidPrefix);
        const auto pid = numberFromText<pid_t>(std::string_view(word).substr(isPid ? PidPrefix.size() : 0));
        if ((isPid || isNumber(word)) && pid.value_or(0) < 1) {
            complain(context, StopTexts::tr("'%1' is not the number of a process.").arg(shownText(word)));
            return ExitCode::Usage;
        }
        if (pid) {
            pids.push_back(*pid);
        }
    }
    if (pids.empty()) {
        return stopServers(context);
    }
    if (pids.size() != m_words.size()) {
        complain(context,
                 StopTexts::tr("Servers and processes cannot be stopped at once: name the ones or the others."));
        return ExitCode::Usage;
    }
    return endProcesses(context, pids);
}

bool StopCommand::isGivenOneOf(std::initializer_list<const char *> options, CommandContext &context,
                               const QString &complaint) const
{
    const auto *const given =
        std::ranges::find_if(options, [this](const char *option) { return m_parser->count(option) > 0; });
    if (given == options.end()) {
        return false;
    }
    complain(context, complaint.arg(QString::fromLatin1(*given)));
    return true;
}

ExitCode StopCommand::stopServers(CommandContext &context)
{
    if (isGivenOneOf({"--grace", "--scope", "--drain", "--signal", "--stop-manager", "--dry-run", "--no-ask-password"},
                     context, StopTexts::tr("%1 is for processes. How a server is stopped is written in its file."))) {
        return ExitCode::Usage;
    }
    m_options.names = m_words;
    m_options.isStop = true;
    m_options.isForced = m_parser->count("--force") > 0;
    m_options.isJson = m_parser->count("--json") > 0;
    auto chosen = chooseServers(context, m_options);
    return chosen ? ServerAction(context, *std::move(chosen), m_options).run(AgentVerb::Stop) : chosen.error();
}

ExitCode StopCommand::endProcesses(CommandContext &context, const std::vector<pid_t> &pids)
{
    if (isGivenOneOf({"--file", "--timeout"}, context, StopTexts::tr("%1 is for servers, which have names."))) {
        return ExitCode::Usage;
    }
    const auto wish = m_flags.read(context);
    if (!wish) {
        return ExitCode::Usage;
    }
    const auto seen = context.machine.look({.connections = true, .processes = true, .allOwners = true});
    if (!seen) {
        return complainAbout(context, seen.error());
    }
    std::vector<ProcessId> processes;
    for (const pid_t pid : pids) {
        const auto process = context.machine.findProcess(pid);
        if (process == nullptr) {
            return refuseUnknown(context, *wish, **seen, pid);
        }
        processes.push_back(process->id);
    }
    return EndingRunner(context, *wish).run({.processes = processes, .holders = {}, .services = {}, .seen = *seen});
}

ExitCode StopCommand::refuseUnknown(CommandContext &context, const EndingWish &wish, const PortSnapshot &seen,
                                    pid_t pid) const
{
    const bool isHidden = context.machine.isHidden(pid);
    complain(context,
             isHidden
                 ? StopTexts::tr("Process %1 is there, but the system hides it from you. Nothing was done.").arg(pid)
                 : StopTexts::tr("There is no process %1. Nothing was done.").arg(pid));
    const bool mayMeanPort = !isHidden && std::ranges::contains(m_words, std::to_string(pid));
    if (mayMeanPort && isOpen(seen, pid)) {
        complain(context, StopTexts::tr("Port %1 is open. To end who holds it: quay free %1").arg(pid));
    }
    if (wish.json) {
        const KillPlan nobody{.scope = wish.scope, .isForced = wish.isForced};
        const auto why = isHidden ? AuditRefusal::OwnerHidden : AuditRefusal::Gone;
        std::ignore = context.out.write(jsonDocument(refusalJson(nobody, why, wish.isDryRun)));
    }
    return isHidden ? ExitCode::NotPermitted : ExitCode::NothingThere;
}

} // namespace Quay
