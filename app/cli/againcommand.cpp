// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/againcommand.h"

#include "app/cli/auditjson.h"
#include "app/cli/listenerjson.h"
#include "app/cli/watchticker.h"
#include "app/shared/againtext.h"
#include "app/shared/listenertext.h"
#include "app/shared/managertext.h"
#include "core/history/auditlog.h"
#include "core/history/startingagain.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>
#include <chrono>
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

QJsonObject toJson(const StartedThing &thing)
{
    const QJsonValue null(QJsonValue::Null);
    QJsonObject object = safeJson(actionStarting(thing));
    object.insert(QStringLiteral("pid"), thing.pid ? QJsonValue(*thing.pid) : null);
    object.insert(QStringLiteral("logPath"), thing.logPath.empty() ? null : jsonText(thing.logPath));
    return object;
}

bool isSuccess(const std::vector<StartedThing> &things)
{
    return std::ranges::none_of(things, [](const StartedThing &thing) { return thing.error.has_value(); });
}

std::string jsonOf(const EndedThings &ended, const std::vector<StartedThing> &things, bool isDryRun)
{
    QJsonArray array;
    for (const auto &thing : things) {
        array.append(toJson(thing));
    }
    return jsonDocument({{QStringLiteral("schema"), JsonSchemaVersion},
                         {QStringLiteral("attempt"), jsonText(ended.attempt)},
                         {QStringLiteral("isDryRun"), isDryRun},
                         {QStringLiteral("isSuccess"), !isDryRun && isSuccess(things)},
                         {QStringLiteral("started"), array}});
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
        .add_option(
            "ATTEMPT", m_attempt,
            help(AgainCommandText::tr("Which attempt, by its id in quay audit --json. The last when not given")))
        ->option_text(" ");
    parser.add_flag("--dry-run", m_dryRun, help(AgainCommandText::tr("Only show what would be started")));
    parser.add_flag("--json", m_json, help(AgainCommandText::tr("Print JSON")));
}

Result<EndedThings> AgainCommand::wanted() const
{
    return againDirectory().and_then([this](const std::string &directory) {
        const AgainStore store(directory);
        if (!m_attempt.empty()) {
            return store.read(m_attempt);
        }
        const auto attempts = store.attempts();
        return attempts.empty() ? fail(ErrorCode::Gone, directory) : store.read(attempts.front());
    });
}

ExitCode AgainCommand::execute(CommandContext &context)
{
    const auto things = wanted();
    if (!things && things.error().code == ErrorCode::Gone) {
        complain(context,
                 AgainCommandText::tr("Nothing is kept that could be started again. What was your own is kept for as "
                                      "long as your session lasts."));
        return ExitCode::NothingThere;
    }
    if (!things) {
        return complainAbout(context, things.error());
    }
    return m_dryRun ? showOnly(context, *things) : start(context, *things);
}

ExitCode AgainCommand::showOnly(CommandContext &context, const EndedThings &things) const
{
    if (m_json) {
        std::ignore = context.out.write(jsonOf(things, plannedThings(things), true));
        return ExitCode::Done;
    }
    for (const auto &service : things.services) {
        std::ignore = context.out.writeLine(serviceText(service));
    }
    for (const auto &spec : things.processes) {
        std::ignore = context.out.writeLine(startText(spec));
    }
    return ExitCode::Done;
}

ExitCode AgainCommand::start(CommandContext &context, const EndedThings &things) const
{
    const auto armed = context.ticker.arm();
    const auto logs = againLogDirectory();
    const auto path = auditLogPath();
    if (!armed || !logs || !path) {
        return complainAbout(context, !armed ? armed.error() : !logs ? logs.error() : path.error());
    }
    const auto author = auditAuthor(AuditAsker::CommandLine);
    AuditLog log(*path, author ? *author : AuditAuthor(), context.clock);
    const auto result = startAgain(things, context.managers, log, *logs,
                                   [&context] { return context.ticker.wait(0ms) != WatchTicker::Wake::Interrupted; });
    if (m_json) {
        std::ignore = context.out.write(jsonOf(things, result.things, false));
    }
    for (const auto &thing : result.things) {
        if (thing.error) {
            complain(context, startedText(thing));
        } else if (!m_json) {
            std::ignore = context.out.writeLine(startedText(thing));
        }
    }
    if (!result.recorded) {
        complain(
            context,
            AgainCommandText::tr("This was not recorded for quay audit. %1").arg(errorText(result.recorded.error())));
    }
    return isSuccess(result.things) ? ExitCode::Done : ExitCode::NotAchieved;
}

} // namespace Quay
