// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serveraction.h"

#include "app/cli/durationoption.h"
#include "app/cli/listenerjson.h"
#include "app/cli/refusal.h"
#include "app/cli/serverchecks.h"
#include "app/cli/serverfile.h"
#include "app/cli/serverlines.h"
#include "app/cli/statustext.h"
#include "app/cli/uptext.h"
#include "app/shared/format.h"
#include "app/shared/starttext.h"
#include "core/kernel/procfs.h"
#include "core/logs/logreader.h"
#include "core/servers/configpath.h"
#include "core/servers/preflight.h"
#include "core/servers/variables.h"
#include "core/service/serverstoprecord.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <tuple>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct ActionTexts
{
    Q_DECLARE_TR_FUNCTIONS(ServerAction)
};

/// Shown of one that is not ready.
constexpr std::size_t LastLines = 10;

/// Whether it runs, or is about to.
bool isActive(ServerState state)
{
    return isUp(state) || state == ServerState::Waiting || state == ServerState::Checking;
}

} // namespace

void ServerOptions::addFile(CLI::App &parser)
{
    parser
        .add_option("-f,--file", file,
                    ActionTexts::tr("The file that describes them: quaymaster.yaml here or above when not given, or "
                                    "one that 'quay import' reads")
                        .toStdString())
        ->option_text("FILE");
}

void ServerOptions::addNames(CLI::App &parser, const QString &help)
{
    parser.add_option("NAME", names, help.toStdString())->option_text("...");
}

void ServerOptions::addWait(CLI::App &parser)
{
    parser.add_flag("--wait", waits,
                    ActionTexts::tr("Wait until they are ready, not only until they are started").toStdString());
    addTimeout(parser);
}

void ServerOptions::addForce(CLI::App &parser)
{
    parser.add_flag("--force", isForced, ActionTexts::tr("Kill them at once (SIGKILL)").toStdString());
}

void ServerOptions::addTimeout(CLI::App &parser)
{
    parser
        .add_option(
            "--timeout", timeout,
            ActionTexts::tr("How long to wait at most: 60 (seconds), 500ms, 2m. No limit when not given").toStdString())
        ->option_text(ActionTexts::tr("DURATION").toStdString());
}

void ServerOptions::addJson(CLI::App &parser)
{
    parser.add_flag("--json", isJson, ActionTexts::tr("Print JSON").toStdString());
}

Result<std::optional<std::chrono::nanoseconds>> ServerOptions::timeLimit(CommandContext &context) const
{
    if (timeout.empty()) {
        return std::nullopt;
    }
    return readDurationOption(context, timeout);
}

std::expected<ChosenServers, ExitCode> chooseServers(CommandContext &context, const ServerOptions &options)
{
    ChosenServers chosen{.config = {}, .variables = ownVariables(), .servers = {}};
    auto config = findServers(context, options.file, chosen.variables);
    if (!config) {
        return std::unexpected(ExitCode::NothingThere);
    }
    chosen.config = *std::move(config);
    const ServerFile &file = chosen.config.file;
    if (!chosen.config.mistakes.empty()) {
        tellMistakes(context, chosen.config.mistakes);
        return options.isStop ? std::expected<ChosenServers, ExitCode>(std::move(chosen))
                              : std::unexpected(ExitCode::Usage);
    }
    auto servers = options.isForAll ? file.servers : chosenServers(context, file.servers, options.names);
    if (!servers) {
        return std::unexpected(ExitCode::Usage);
    }
    if (servers->empty()) {
        complain(context, ActionTexts::tr("%1 has no servers for that.").arg(shownText(file.path)));
        return std::unexpected(ExitCode::NothingThere);
    }
    chosen.servers = *std::move(servers);
    return chosen;
}

ServerAction::ServerAction(CommandContext &context, ChosenServers chosen, const ServerOptions &options)
    : m_context(context)
    , m_chosen(std::move(chosen))
    , m_options(options)
{
    std::ranges::transform(m_chosen.servers, std::back_inserter(m_names), &ServerSpec::name);
    if (m_names.empty()) {
        m_names = options.names;
    }
}

AgentRequest ServerAction::request(AgentVerb verb) const
{
    return {.verb = verb,
            .id = 0,
            .file = m_chosen.config.file.path,
            .names = m_options.isForAll ? std::vector<std::string>() : m_names, // those too that are in it no more
            .isForced = m_options.isForced,
            .environment = m_options.isStop ? std::nullopt : std::optional(m_chosen.variables)};
}

ExitCode ServerAction::refuse(const Error &error)
{
    const QString subject = shownText(error.subject);
    if (error.sysErrno == ETIMEDOUT) {
        complain(m_context, ActionTexts::tr("The agent does not answer. %1 may say why.").arg(subject));
        return ExitCode::NotAchieved;
    }
    if (error.code == ErrorCode::Invalid) {
        complain(m_context, ActionTexts::tr("%1 has mistakes. 'quay check' names them.").arg(subject));
        return ExitCode::Usage;
    }
    if (error.code == ErrorCode::Gone && error.sysErrno == 0) {
        complain(m_context, ActionTexts::tr("The agent knows no %1.", "a server or file").arg(subject));
        return ExitCode::NothingThere;
    }
    return complainAbout(m_context, error);
}

ExitCode ServerAction::run(AgentVerb verb)
{
    const ServerGoal goal = m_options.isStop ? ServerGoal::Stopped
        : m_options.waits                    ? ServerGoal::Ready
                                             : ServerGoal::Started;
    const auto limit = m_options.timeLimit(m_context);
    if (!limit) {
        return ExitCode::Usage;
    }
    AgentLink link;
    const auto before = link.ask({.verb = AgentVerb::Subscribe});
    if (!before) {
        return refuse(before.error());
    }
    ServerStopRecord record(AuditAsker::CommandLine, m_context.clock, stoppedBy(verb, *before), m_options.isForced);
    record.begin();
    const auto now = link.ask(request(verb));
    if (!now) {
        sayUnlessRecorded(m_context, record.end(now.error()));
        return refuse(now.error());
    }
    if (m_options.isForAll) {
        m_names.clear();
        std::ranges::transform(*now, std::back_inserter(m_names), &ServerStatus::name);
    }
    ServerFollow follow(m_context, link, now->empty() ? std::string() : now->front().file);
    follow.know(*before);
    const auto wasActive = [](const ServerStatus &server) { return isActive(server.state); };
    const bool hadAny = std::ranges::any_of(follow.servers(m_names), wasActive);
    follow.take(*now);
    if (goal == ServerGoal::Stopped && !hadAny && std::ranges::none_of(follow.servers(m_names), wasActive)) {
        sayUnlessRecorded(m_context, record.end());
        complain(m_context, ActionTexts::tr("None of them runs."));
        return ExitCode::NothingThere;
    }
    const FollowEnd end = follow.run(m_names, goal, *limit);
    sayUnlessRecorded(m_context, record.end());
    const auto servers = follow.servers(m_names);
    if (m_options.isJson) {
        std::ignore = m_context.out.write(jsonDocument(statusJson(servers)));
    }
    return conclude(end, goal, follow);
}

std::vector<ServerStatus> ServerAction::stoppedBy(AgentVerb verb, const std::vector<ServerStatus> &known) const
{
    std::vector<ServerStatus> stopped;
    if (verb != AgentVerb::Stop && verb != AgentVerb::Restart) {
        return stopped;
    }
    std::ranges::copy_if(known, std::back_inserter(stopped), [this](const ServerStatus &server) {
        const bool isMeant = m_options.isForAll || std::ranges::contains(m_names, server.name);
        const bool isThere = isUp(server.state) || server.state == ServerState::LeftOver;
        return isMeant && isThere && server.file == m_chosen.config.file.path;
    });
    return stopped;
}

ExitCode ServerAction::conclude(FollowEnd end, ServerGoal goal, const ServerFollow &follow)
{
    switch (end) {
    case FollowEnd::Met:
        tellOutdated(follow);
        return ExitCode::Done;
    case FollowEnd::Lost:
        return ExitCode::NotAchieved;
    case FollowEnd::TimeUp:
        complain(m_context, ActionTexts::tr("The time is up."));
        break;
    case FollowEnd::Interrupted:
        complain(m_context, ActionTexts::tr("Not waiting any longer. What was asked for goes on."));
        break;
    case FollowEnd::Missed:
        break;
    }
    for (const auto &server : follow.servers(m_names)) {
        if (standingOf(goal, server) != GoalStanding::Met) {
            explain(server, goal, follow.hasSaid(server));
        }
    }
    return ExitCode::NotAchieved;
}

/// Who runs already goes on as he was started.
void ServerAction::tellOutdated(const ServerFollow &follow)
{
    for (const auto &server : follow.servers(m_names)) {
        if (server.isOutdated && !m_options.isStop) {
            complain(m_context,
                     ActionTexts::tr("The configuration of %1 has changed. 'quay restart %1' applies it.")
                         .arg(shownText(server.name)));
        }
    }
}

/// What stands in the way, and what can be done about it.
void ServerAction::explain(const ServerStatus &server, ServerGoal goal, bool isSaid)
{
    const QString text = stateText(server);
    const QString name = shownText(server.name);
    if (server.heldUpBy) {
        complain(m_context, ActionTexts::tr("%1 waits for %2 to stop").arg(name, shownText(*server.heldUpBy)));
    } else if (goal == ServerGoal::Stopped && server.isWanted) {
        complain(m_context, ActionTexts::tr("%1 was started again meanwhile").arg(name));
    } else if (text.isEmpty()) {
        complain(m_context,
                 goal == ServerGoal::Stopped ? ActionTexts::tr("%1 is not stopped yet").arg(name)
                                             : ActionTexts::tr("%1 is not ready yet").arg(name));
    } else if (!isSaid) {
        complain(m_context, QStringLiteral("%1 %2").arg(name, text));
    }
    for (const auto &overdue : server.overdue) {
        complain(m_context, QStringLiteral("%1 %2").arg(name, overdueText(overdue)));
    }
    if (server.contradiction) {
        complain(m_context, QStringLiteral("%1 %2").arg(name, contradictionText(*server.contradiction)));
    }
    if (server.state == ServerState::LeftOver) {
        explainLeftOvers(server.name);
    } else if (server.reason.cause == StateCause::Preflight) {
        explainChecks(server.name);
    } else if (goal != ServerGoal::Stopped && server.runId) {
        showLastLines(server);
    }
}

/// Of its last run: most often they say what is wrong.
void ServerAction::showLastLines(const ServerStatus &server)
{
    const auto places = serversPlaces();
    if (!places) {
        return;
    }
    const ServerIdentity identity{.project = directoryOf(m_chosen.config.file.path), .name = server.name};
    const auto lines = lastLogLines(places->of(identity), LastLines, server.runId);
    const ServerLines shown({server.name}, m_context.err.traits());
    for (const auto &line : lines.value_or(std::vector<OutputLine>())) {
        std::ignore = m_context.err.writeLine(shown.line(server.name, line));
    }
}

/// As they are now: that is what is to be cured.
void ServerAction::explainChecks(const std::string &name)
{
    const auto spec = std::ranges::find(m_chosen.config.file.servers, name, &ServerSpec::name);
    if (spec == m_chosen.config.file.servers.end()) {
        return;
    }
    auto environment = environmentFor(*spec, m_chosen.variables);
    tellMistakes(m_context, environment.mistakes);
    tellUnmetChecks(m_context,
                    runChecks(m_context, {{.spec = *spec, .environment = std::move(environment.variables)}}));
}

void ServerAction::explainLeftOvers(const std::string &name)
{
    const auto proc = ProcFs::open();
    const auto places = serversPlaces();
    if (!proc || !places) {
        return;
    }
    const ServerIdentity server{.project = directoryOf(m_chosen.config.file.path), .name = name};
    QStringList processes;
    for (const auto &leftOver : runPresence(*proc, places->of(server), serverKey(server)).leftOvers) {
        processes << QString(shownText(leftOver.name) + u' ' + QString::number(leftOver.process.id.pid));
    }
    complain(m_context,
             ActionTexts::tr("Left over of it: %1. 'quay stop %2' ends them.")
                 .arg(processes.join(QStringLiteral(", ")), shownText(name)));
}

} // namespace Quay
