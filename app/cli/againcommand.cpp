// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/againcommand.h"

#include "app/cli/lastlines.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/refusal.h"
#include "app/cli/watchticker.h"
#include "app/shared/againtext.h"
#include "app/shared/audittext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/managertext.h"
#include "core/again/againstore.h"
#include "core/again/startingagain.h"
#include "core/again/startwatch.h"
#include "core/again/takenports.h"
#include "core/control/ending.h"
#include "core/control/startspec.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/history/auditrecord.h"
#include "core/kernel/proccmdline.h"
#include "core/processes/secretmask.h"
#include "core/service/accountjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <expected>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <CLI/App.hpp>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct AgainCommandText
{
    Q_DECLARE_TR_FUNCTIONS(AgainCommand)
};

QJsonObject toJson(const EarlyEnd &end)
{
    QJsonArray lines;
    for (const auto &line : end.lastLines) {
        lines.append(jsonText(line));
    }
    return {{QStringLiteral("afterNs"), static_cast<qint64>(end.after.count())},
            {QStringLiteral("exit"), toJson(end.exit)},
            {QStringLiteral("lastLines"), lines}};
}

/// @p spec: null for a service.
QJsonObject toJson(const StartedThing &thing, const StartSpec *spec)
{
    const QJsonValue null(QJsonValue::Null);
    QJsonObject object = toJson(actionStarting(thing));
    object.insert(QStringLiteral("commandLine"),
                  spec != nullptr ? jsonText(joinArguments(maskedArguments(spec->arguments))) : null);
    object.insert(QStringLiteral("directory"), spec != nullptr ? jsonText(spec->directory) : null);
    object.insert(QStringLiteral("pid"), thing.pid ? QJsonValue(*thing.pid) : null);
    object.insert(QStringLiteral("logPath"), thing.logPath.empty() ? null : jsonText(thing.logPath));
    object.insert(QStringLiteral("earlyEnd"), thing.earlyEnd ? QJsonValue(toJson(*thing.earlyEnd)) : null);
    return object;
}

QJsonObject toJson(const TakenPort &taken, const CommandContext &context)
{
    const JsonContext jsonContext{.users = context.users, .clock = context.clock};
    QJsonArray holders;
    for (const auto &listener : taken.holders) {
        holders.append(toJson(*listener, JsonDetail::Brief, jsonContext));
    }
    return {{QStringLiteral("port"), taken.claim.port}, {QStringLiteral("holders"), holders}};
}

/// Each number once, whatever its addresses.
QJsonArray toJson(const std::vector<PortClaim> &claims)
{
    std::set<int> ports;
    std::ranges::transform(claims, std::inserter(ports, ports.end()), &PortClaim::port);
    QJsonArray array;
    std::ranges::copy(ports, std::back_inserter(array));
    return array;
}

/// @p started: what came of it; nothing when it was not tried.
std::string jsonOf(const EndedThings &ended, const AgainObstacles &obstacles,
                   const std::optional<StartingAgain> &started, const CommandContext &context, bool isDryRun = false)
{
    QJsonArray array;
    const auto things = started ? started->things : plannedThings(ended); // services first
    for (std::size_t index = 0; index < things.size(); ++index) {
        const bool isService = index < ended.services.size();
        array.append(toJson(things[index], isService ? nullptr : &ended.processes[index - ended.services.size()]));
    }
    QJsonArray ports;
    for (const auto &port : obstacles.taken) {
        ports.append(toJson(port, context));
    }
    QJsonArray running;
    for (const auto &process : obstacles.running) {
        running.append(
            QJsonObject{{QStringLiteral("pid"), process.pid}, {QStringLiteral("name"), jsonText(process.comm)}});
    }
    return jsonDocument({{QStringLiteral("schema"), JsonSchemaVersion},
                         {QStringLiteral("attempt"), jsonText(ended.attempt)},
                         {QStringLiteral("isDryRun"), isDryRun},
                         {QStringLiteral("isSuccess"),
                          started && !started->isInterrupted && std::ranges::all_of(started->things, runs)},
                         {QStringLiteral("taken"), ports},
                         {QStringLiteral("running"), running},
                         {QStringLiteral("started"), array},
                         {QStringLiteral("silentPorts"), started ? toJson(started->silentPorts) : QJsonArray()},
                         {QStringLiteral("foreignPorts"), started ? toJson(started->foreignPorts) : QJsonArray()},
                         {QStringLiteral("isInterrupted"), started && started->isInterrupted}});
}

/// Whether one of them is Quaymaster, which is starting it just now.
bool isBeingStarted(const std::vector<ProcStat> &running)
{
    return std::ranges::any_of(running, [](const ProcStat &process) {
        return process.comm == "quay" || process.comm.starts_with("quaymaster");
    });
}

QString runningText(const std::vector<ProcStat> &running)
{
    if (isBeingStarted(running)) {
        return AgainCommandText::tr("Another program of yours is starting it just now.");
    }
    QStringList names;
    for (const auto &process : running) {
        names << QString(shownText(process.comm) + u' ' + QString::number(process.pid));
    }
    return AgainCommandText::tr("It was started again already, and runs: %1.", "processes")
        .arg(names.join(QStringLiteral(", ")));
}

/// Whether @p entry has ended somebody, or is about to. Whoever was asked and runs still was left, and is not ended.
bool hasEndedAnybody(const AuditEntry &entry)
{
    const auto isStopped = [&entry](const AuditAction &action) { // of a server its process is told
        return entry.state == AuditState::Ended && (action.key == "stopUnit" || action.key == "stopContainer")
            && !action.error;
    };
    const bool isUnknown = entry.state == AuditState::Interrupted; // also whether anybody was asked
    const auto isEnded = [&entry, isUnknown](const AuditTarget &target) {
        const bool isAsked = std::ranges::any_of(target.signals, hasAskedToEnd);
        return target.outcome == TargetStage::Ended || (isAsked && entry.state == AuditState::Running)
            || ((isAsked || isUnknown) && !isProcessRunning(target.id));
    };
    return std::ranges::any_of(entry.actions, isStopped) || std::ranges::any_of(entry.targets, isEnded);
}

/// What has been ended since the last of what is @p kept, by the record. Nothing: nothing was, or the record cannot be
/// read.
std::optional<AuditEntry> endedSince(const std::vector<std::string> &kept)
{
    const auto path = auditLogPath();
    const auto history = path ? readAuditHistory(*path).value_or(AuditHistory()) : AuditHistory();
    for (const auto &entry : history.entries) {
        if (std::ranges::contains(kept, entry.id)) {
            break;
        }
        if (hasEndedAnybody(entry)) {
            return entry;
        }
    }
    return std::nullopt;
}

/// What was ended before that is another thing, and nobody who says "again" means it.
void complainAboutLast(CommandContext &context, const AuditEntry &last, const std::string &before)
{
    complain(
        context,
        AgainCommandText::tr("What was ended last cannot be started again: %1. How it was started is not known, its "
                             "directory or its program is gone, it was not your own, Quaymaster itself runs it (quay "
                             "start), nobody waited for its end, or it was more than %n processes.",
                             "processes", static_cast<int>(MostStartsAgain))
            .arg(auditTargetsText(last)));
    complain(context,
             AgainCommandText::tr("What was ended before that can: 'quay again %1 --dry-run' shows it.", "an id")
                 .arg(shownText(before)));
}

/// Whether all can be started, as far as that can be told beforehand.
bool sayWhatCannotStart(CommandContext &context, const std::vector<StartSpec> &specs)
{
    bool canAll = true;
    for (const auto &spec : specs) {
        if (const auto able = canStart(spec); !able) {
            complain(context, startedText({.kind = {}, .name = spec.name, .error = able.error()}));
            canAll = false;
        }
    }
    return canAll;
}

} // namespace

QString AgainCommand::description() const
{
    return AgainCommandText::tr("Start again what was ended");
}

QString AgainCommand::arguments() const
{
    return QStringLiteral("[ATTEMPT]");
}

void AgainCommand::setup(CLI::App &parser)
{
    const auto help = [](const QString &text) { return text.toStdString(); };
    parser
        .add_option_function<std::string>(
            "ATTEMPT", [this](const std::string &word) { m_attempt = word; },
            help(AgainCommandText::tr("Which attempt, by its id in 'quay audit --json'. The last when not given")))
        ->option_text(" ");
    parser.add_flag("--dry-run", m_dryRun, help(AgainCommandText::tr("Only show what would be started")));
    parser.add_flag(
        "--anyway", m_anyway,
        help(AgainCommandText::tr("Start it even where somebody else has its port by now, or it runs already")));
    parser.add_flag("--json", m_json, help(AgainCommandText::tr("Print JSON")));
}

ExitCode AgainCommand::execute(CommandContext &context)
{
    const auto things = wanted(context);
    if (!things) {
        if (m_json) {
            std::ignore =
                context.out.write(jsonOf({.attempt = m_attempt.value_or(std::string())}, {}, {}, context, m_dryRun));
        }
        return things.error();
    }
    const AgainObstacles obstacles{.taken = takenNow(things->ports, [&context] { return context.machine.look({}); }),
                                   .running = stillRunning(*things)};
    for (const auto &port : obstacles.taken) {
        complain(context, takenPortText(port));
    }
    if (!obstacles.running.empty()) {
        complain(context, runningText(obstacles.running));
    }
    const bool isInTheWay = (!obstacles.taken.empty() || !obstacles.running.empty()) && !m_anyway;
    if (m_dryRun) {
        showOnly(context, *things, obstacles);
        const bool canAllStart = sayWhatCannotStart(context, things->processes);
        if (isInTheWay && !isBeingStarted(obstacles.running)) {
            complain(context, AgainCommandText::tr("Nothing would be started. With --anyway it is."));
        }
        return isInTheWay || !canAllStart ? ExitCode::NotAchieved : ExitCode::Done;
    }
    if (isInTheWay) {
        if (m_json) {
            std::ignore = context.out.write(jsonOf(*things, obstacles, {}, context));
        }
        if (!isBeingStarted(obstacles.running)) {
            complain(context, AgainCommandText::tr("Nothing was started. With --anyway it is."));
        }
        return ExitCode::NotAchieved;
    }
    return start(context, *things, obstacles);
}

std::expected<EndedThings, ExitCode> AgainCommand::wanted(CommandContext &context) const
{
    if (m_attempt && m_attempt->empty()) { // a variable of a script that was not set
        complain(context,
                 AgainCommandText::tr("'%1' is not an attempt. Give its id in 'quay audit --json', or leave it out for "
                                      "the last one.")
                     .arg(shownText(*m_attempt)));
        return std::unexpected(ExitCode::Usage);
    }
    const auto directory = againDirectory();
    if (!directory) {
        complain(context, keepingFailureText(directory.error()));
        return std::unexpected(ExitCode::NotAchieved);
    }
    const AgainStore store(*directory);
    const auto kept = store.attempts();
    const auto last = !m_attempt && !kept.empty() ? endedSince(kept) : std::nullopt;
    if (last) {
        complainAboutLast(context, *last, kept.front());
        return std::unexpected(ExitCode::NothingThere);
    }
    const auto attempt = !m_attempt && !kept.empty() ? std::optional(kept.front()) : m_attempt;
    auto things = attempt ? store.read(*attempt) : fail(ErrorCode::Gone, *directory);
    if (things) {
        return *std::move(things);
    }
    if (things.error().code != ErrorCode::Gone) {
        return std::unexpected(complainAbout(context, things.error()));
    }
    complain(context,
             kept.empty() || !m_attempt
                 ? AgainCommandText::tr("Nothing is kept that could be started again. What was your own is kept for as "
                                        "long as your session lasts.")
                 : AgainCommandText::tr("Nothing is kept of the attempt %1. The last one that can be started again is "
                                        "%2: quay again %2",
                                        "ids")
                       .arg(shownText(*m_attempt), shownText(kept.front())));
    return std::unexpected(ExitCode::NothingThere);
}

void AgainCommand::showOnly(CommandContext &context, const EndedThings &things, const AgainObstacles &obstacles) const
{
    if (m_json) {
        std::ignore = context.out.write(jsonOf(things, obstacles, {}, context, true));
        return;
    }
    for (const auto &service : things.services) {
        std::ignore = context.out.writeLine(serviceText(service));
    }
    for (const auto &spec : things.processes) {
        std::ignore = context.out.writeLine(startText(spec));
    }
}

ExitCode AgainCommand::start(CommandContext &context, const EndedThings &things, const AgainObstacles &obstacles) const
{
    const auto armed = context.ticker.arm();
    const auto logs = againLogDirectory();
    const auto path = auditLogPath();
    if (!armed || !logs || !path) {
        if (m_json) {
            std::ignore = context.out.write(jsonOf(things, obstacles, {}, context));
        }
        return complainAbout(context, !armed ? armed.error() : !logs ? logs.error() : path.error());
    }
    const auto author = auditAuthor(AuditAsker::CommandLine);
    AuditLog log(*path, author ? *author : AuditAuthor(), context.clock);
    const auto result = startAgain(things, context.managers, log, *logs,
                                   [&context] { return context.ticker.wait(0ms) != WatchTicker::Wake::Interrupted; });
    if (m_json) {
        std::ignore = context.out.write(jsonOf(things, obstacles, result, context));
    }
    for (const auto &thing : result.things) {
        if (!runs(thing)) {
            complain(context, startedText(thing));
        } else if (!m_json) {
            std::ignore = context.out.writeLine(startedText(thing));
        }
        if (thing.earlyEnd) {
            showLastLines(context, thing.earlyEnd->lastLines);
        }
    }
    for (const auto &line : portsAgainTexts(result)) {
        complain(context, line);
    }
    if (result.isInterrupted) {
        complain(context, AgainCommandText::tr("Interrupted: whether it stays was not waited for."));
    }
    sayUnlessRecorded(context, result.recorded);
    return !result.isInterrupted && std::ranges::all_of(result.things, runs) ? ExitCode::Done : ExitCode::NotAchieved;
}

} // namespace Quay
