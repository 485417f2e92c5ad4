// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logscommand.h"

#include "app/cli/alertstext.h"
#include "app/cli/logsession.h"
#include "app/cli/probestext.h"
#include "app/cli/sincetime.h"
#include "app/shared/format.h"
#include "core/base/number.h"
#include "core/logs/alertwatch.h"
#include "core/logs/runspan.h"
#include "core/servers/probelog.h"
#include "core/servers/runplan.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct LogsCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(LogsCommand)
};

/// As tail(1): who follows wants to see what comes, and some of what it follows upon.
constexpr std::size_t LinesBeforeFollowing = 10;

/// Nothing when it is no such number; then it was said.
std::optional<std::size_t> numberFrom(CommandContext &context, const std::string &word, std::size_t least)
{
    const auto number = numberFromText<std::size_t>(word);
    if (!number || *number < least) {
        complain(context,
                 least > 0 ? LogsCommandTexts::tr("'%1' is not a number above 0.").arg(shownText(word))
                           : LogsCommandTexts::tr("'%1' is not a number.").arg(shownText(word)));
        return std::nullopt;
    }
    return number;
}

/// Says that those servers have no log, and what would give them one.
void tellNoLog(CommandContext &context, const std::vector<LogServer> &servers)
{
    for (const auto &server : servers) {
        const QString name = shownText(server.spec.name);
        complain(context,
                 LogsCommandTexts::tr("%1 has no log: it was not started yet. 'quay up --foreground %1' starts it.")
                     .arg(name));
    }
}

QString runProblem(const LogServer &server, std::size_t run, const Error &error)
{
    const QString name = shownText(server.spec.name);
    if (error.code == ErrorCode::Gone && numberFromText<std::size_t>(error.subject)) {
        return LogsCommandTexts::tr("There is no run %1 of %2. Runs that are recorded: %3")
            .arg(QString::number(run), name, shownText(error.subject));
    }
    return LogsCommandTexts::tr("When run %2 of %1 was cannot be read from its record.")
        .arg(name, QString::number(run));
}

} // namespace

QString LogsCommand::description() const
{
    return LogsCommandTexts::tr("Show what servers have written");
}

QString LogsCommand::arguments() const
{
    return QStringLiteral("[NAME...]");
}

void LogsCommand::setup(CLI::App &parser)
{
    const auto help = [](const QString &text) { return text.toStdString(); };
    const auto number = LogsCommandTexts::tr("N", "a number").toStdString();
    parser.add_option("NAME", m_names, help(LogsCommandTexts::tr("Servers or groups; all when none is given")))
        ->option_text("...");
    parser.add_flag("-f,--follow", m_follow,
                    help(LogsCommandTexts::tr("Go on with what they write, after the last 10 lines")));
    parser
        .add_option("--since", m_since, help(LogsCommandTexts::tr("Only since then: 30m, 12h, 2d, 14:05, 2026-07-14")))
        ->option_text(LogsCommandTexts::tr("TIME").toStdString());
    parser
        .add_option("--grep", m_grep,
                    help(LogsCommandTexts::tr("Only lines in which this regular expression (PCRE2) is found; (?i) at "
                                              "its begin ignores case")))
        ->option_text(LogsCommandTexts::tr("PATTERN").toStdString());
    parser
        .add_option("--run", m_run, help(LogsCommandTexts::tr("Only of one run: 1 is the last, 2 the one before it")))
        ->option_text(number);
    parser.add_option("-n,--lines", m_lines, help(LogsCommandTexts::tr("Only the last so many lines of each server")))
        ->option_text(number);
    parser.add_flag("-t,--timestamps", m_times, help(LogsCommandTexts::tr("Show when each line came")));
    parser.add_flag(
        "--alerts", m_alerts,
        help(LogsCommandTexts::tr("Show how often the alerts of the file were found instead, and when last")));
    parser.add_flag("--probes", m_probes,
                    help(LogsCommandTexts::tr("Show how each attempt of their probes ended instead")));
    parser.add_flag("--json", m_json, help(LogsCommandTexts::tr("Print JSON, an object a line")));
    parser
        .add_option("--file", m_file,
                    help(LogsCommandTexts::tr("The file that describes the servers: quaymaster.yaml here or above when "
                                              "not given, or one that 'quay import' reads")))
        ->option_text("FILE");
}

bool LogsCommand::goTogether(CommandContext &context) const
{
    if (m_follow && !m_run.empty()) {
        complain(context,
                 LogsCommandTexts::tr("--follow goes on with every run, and --run shows one: leave out one of them."));
        return false;
    }
    if (m_alerts && (m_follow || !m_run.empty() || !m_since.empty() || !m_grep.empty() || !m_lines.empty())) {
        complain(context,
                 LogsCommandTexts::tr("--alerts counts in the whole log: it goes with --json and --file alone."));
        return false;
    }
    if (m_probes && (m_alerts || m_follow || !m_run.empty() || !m_since.empty() || !m_grep.empty())) {
        complain(context, LogsCommandTexts::tr("--probes goes with --lines, --json and --file alone."));
        return false;
    }
    return true;
}

std::optional<LogsCommand::Wishes> LogsCommand::wishes(CommandContext &context) const
{
    Wishes wishes;
    if (!m_since.empty()) {
        const auto since = sinceTimeFromText(m_since, context.clock);
        if (!since) {
            complain(context,
                     LogsCommandTexts::tr("'%1' is not a time. Allowed are 30m, 12h, 2d, 14:05, 2026-07-14 and "
                                          "2026-07-14T14:05.")
                         .arg(shownText(m_since)));
            return std::nullopt;
        }
        wishes.range.since = *since;
    }
    if (!m_lines.empty()) {
        wishes.range.last = numberFrom(context, m_lines, 0);
        if (!wishes.range.last) {
            return std::nullopt;
        }
    } else if (m_follow && m_since.empty()) {
        wishes.range.last = LinesBeforeFollowing;
    }
    if (!m_run.empty()) {
        wishes.run = numberFrom(context, m_run, 1).value_or(0);
        if (wishes.run == 0) {
            return std::nullopt;
        }
    }
    if (!m_grep.empty()) {
        auto search = LineSearch::compile(m_grep);
        if (!search) {
            complain(context,
                     LogsCommandTexts::tr("'%1' is not a regular expression: %2", "a pattern; where and what is wrong")
                         .arg(shownText(m_grep), shownText(search.error().subject)));
            return std::nullopt;
        }
        wishes.search = *std::move(search);
    }
    return wishes;
}

ExitCode LogsCommand::execute(CommandContext &context)
{
    if (!goTogether(context)) {
        return ExitCode::Usage;
    }
    auto wanted = wishes(context);
    if (!wanted) {
        return ExitCode::Usage;
    }
    auto servers = findLogServers(context, m_file, m_names);
    if (!servers) {
        return servers.error();
    }
    if (servers->empty()) {
        complain(context, LogsCommandTexts::tr("There are no servers in the file."));
        return ExitCode::NothingThere;
    }
    if (m_alerts) {
        return showAlerts(context, *servers);
    }
    if (m_probes) {
        return showProbes(context, *servers, wanted->range.last);
    }
    if (!m_follow) { // who follows waits for those that come
        const auto missing = std::ranges::stable_partition(*servers, &LogServer::hasLog);
        const std::vector<LogServer> silent(missing.begin(), missing.end());
        servers->erase(missing.begin(), missing.end());
        if (!m_names.empty() || servers->empty()) {
            tellNoLog(context, silent);
        }
        if (servers->empty()) {
            return ExitCode::NothingThere;
        }
    }
    return show(context, *servers, *wanted);
}

ExitCode LogsCommand::showAlerts(CommandContext &context, const std::vector<LogServer> &servers) const
{
    std::vector<ServerAlerts> all;
    for (const auto &[spec, places] : servers) {
        if (!spec.alerts.empty()) {
            all.push_back({.server = spec.name,
                           .alerts = spec.alerts,
                           .standings = readAlerts(alertRules(spec), places.log(), places.alerts())});
        }
    }
    const auto now = context.clock.realTime();
    if (m_json) {
        std::ignore = context.out.write(alertsJson(all, now));
    }
    if (all.empty()) {
        complain(context,
                 LogsCommandTexts::tr("No alerts are described: 'alerts' of a server in quaymaster.yaml does that."));
        return ExitCode::NothingThere;
    }
    for (const auto &server : m_json ? std::vector<ServerAlerts>() : all) {
        for (const auto &standing : server.standings) {
            std::ignore = context.out.writeLine(
                QStringLiteral("%1 | %2: %3")
                    .arg(shownText(server.server), alertName(standing.rule), alertStandingText(standing, now)));
            if (!standing.lastLines.empty()) {
                const QString line = QStringLiteral("    ") + shownText(standing.lastLines.back());
                std::ignore = context.out.writeLine(styled(line, TextStyle::Faint, context.out.traits().hasColours));
            }
        }
    }
    return ExitCode::Done;
}

ExitCode LogsCommand::showProbes(CommandContext &context, const std::vector<LogServer> &servers,
                                 std::optional<std::size_t> last) const
{
    std::vector<ServerAttempts> all;
    for (const auto &[spec, places] : servers) {
        auto attempts = readProbeLog(places.probes());
        if (last && *last < attempts.size()) {
            attempts.erase(attempts.begin(), attempts.end() - static_cast<std::ptrdiff_t>(*last));
        }
        if (!attempts.empty()) {
            all.push_back({.server = spec.name, .attempts = std::move(attempts)});
        }
    }
    if (m_json) {
        std::ignore = context.out.write(attemptsJson(all));
    }
    if (all.empty()) {
        complain(context, LogsCommandTexts::tr("No probe was asked yet."));
        return ExitCode::NothingThere;
    }
    if (m_json) {
        return ExitCode::Done;
    }
    for (const auto &[server, list] : all) {
        for (const auto &attempts : list) {
            const auto style = attempts.attempt.isMet ? TextStyle::Good : TextStyle::Attention;
            std::ignore =
                context.out.writeLine(QStringLiteral("%1 %2 | %3")
                                          .arg(timeText(attempts.firstAt), shownText(server),
                                               styled(attemptsText(attempts), style, context.out.traits().hasColours)));
        }
    }
    return ExitCode::Done;
}

ExitCode LogsCommand::show(CommandContext &context, const std::vector<LogServer> &servers, Wishes &wishes) const
{
    std::vector<LogServer> shown;
    std::vector<LogPart> logs;
    for (const auto &server : servers) {
        LogRange range = wishes.range;
        if (wishes.run > 0) {
            const auto span = findLastRun(server.places, wishes.run);
            if (!span) {
                complain(context, runProblem(server, wishes.run, span.error()));
                continue;
            }
            range.since = std::max(range.since.value_or(span->begin), span->begin);
            range.until = span->end;
        }
        if (wishes.search) {
            range.last.reset(); // counted are those that fit
        }
        shown.push_back(server);
        logs.push_back({.path = server.places.log(), .range = range});
    }
    if (shown.empty()) {
        return ExitCode::NothingThere;
    }
    LineSearch *const search = wishes.search ? &*wishes.search : nullptr;
    LogSession session(context, shown, logs, search, {.isJson = m_json, .hasTimes = m_times, .search = search},
                       wishes.range.last);
    return m_follow ? session.follow() : session.show();
}

} // namespace Quay
