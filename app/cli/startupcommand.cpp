// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startupcommand.h"

#include "app/cli/openstart.h"
#include "app/cli/serverfile.h"
#include "app/cli/startupjson.h"
#include "app/cli/startuptext.h"
#include "app/cli/tableprinter.h"
#include "app/shared/format.h"
#include "core/base/number.h"
#include "core/servers/variables.h"
#include "core/startup/lazystartups.h"
#include "core/startup/startstatistics.h"

#include <QCoreApplication>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct StartupCommandTexts
{
    Q_DECLARE_TR_FUNCTIONS(StartupCommand)
};

/// What the C library would take from the environment: a program that prints no more than text need not set it up.
bool writesUtf8()
{
    for (const char *const variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char *const value = std::getenv(variable);
        if (value != nullptr && *value != '\0') {
            const QString locale = QString::fromLatin1(value).toLower();
            return locale.contains(QStringLiteral("utf-8")) || locale.contains(QStringLiteral("utf8"));
        }
    }
    return false;
}

QString outcomeText(StartOutcome outcome)
{
    switch (outcome) {
    case StartOutcome::Failed:
        return StartupCommandTexts::tr("failed", "outcome of a start");
    case StartOutcome::Stopped:
        return StartupCommandTexts::tr("stopped", "outcome of a start");
    case StartOutcome::Ready:
        return StartupCommandTexts::tr("ready", "outcome of a start");
    }
    return {};
}

} // namespace

QString StartupCommand::description() const
{
    return StartupCommandTexts::tr("Show where the start of a server spends its time");
}

QString StartupCommand::arguments() const
{
    return QStringLiteral("NAME");
}

void StartupCommand::setup(CLI::App &parser)
{
    parser.add_option("NAME", m_server, StartupCommandTexts::tr("The server").toStdString())
        ->option_text(" ")
        ->required();
    parser
        .add_option("-f,--file", m_file,
                    StartupCommandTexts::tr("The file that describes it: quaymaster.yaml here or above when not given, "
                                            "or one that 'quay import' reads")
                        .toStdString())
        ->option_text("FILE");
    parser
        .add_option(
            "--run", m_run,
            StartupCommandTexts::tr("Not the last start, but an earlier one: 2 is the one before, as --list has them")
                .toStdString())
        ->option_text(StartupCommandTexts::tr("N", "a number").toStdString());
    parser.add_flag("--list", m_list, StartupCommandTexts::tr("List the starts that were kept").toStdString());
    parser.add_flag("--json", m_json, StartupCommandTexts::tr("Print JSON").toStdString());
}

/// From 1 on. Nothing when it is none, which was said then.
std::optional<std::size_t> StartupCommand::wantedRun(CommandContext &context) const
{
    if (m_run.empty()) {
        return 1;
    }
    const auto number = numberFromText<std::size_t>(m_run);
    if (number.value_or(0) == 0) {
        complain(context, StartupCommandTexts::tr("'%1' is not a number above 0.").arg(shownText(m_run)));
        return std::nullopt;
    }
    return number;
}

ExitCode StartupCommand::execute(CommandContext &context)
{
    const auto number = wantedRun(context);
    if (number && m_list && !m_run.empty()) {
        complain(context, StartupCommandTexts::tr("--list and --run do not go together."));
        return ExitCode::Usage;
    }
    if (!number) {
        return ExitCode::Usage;
    }
    const auto config = findServers(context, m_file, ownVariables());
    if (!config) {
        return ExitCode::NothingThere;
    }
    awaitOpenStart(config->file.path, m_server);
    LazyStartups starts;
    const auto runs = starts.runs(config->file.path, m_server, std::numeric_limits<std::int32_t>::max());
    if (const auto putAside = starts.putAside()) {
        complain(
            context,
            StartupCommandTexts::tr("The record of starts was damaged and is now at %1.").arg(shownText(*putAside)));
    }
    if (!runs) {
        return complainAbout(context, runs.error());
    }
    if (runs->empty()) {
        return reportNone(context, *config);
    }
    if (m_list) {
        list(context, config->file.path, *runs);
        return ExitCode::Done;
    }
    if (*number > runs->size()) {
        complain(context,
                 StartupCommandTexts::tr("Of %1, no more than %n start(s) were kept.", nullptr,
                                         static_cast<int>(runs->size()))
                     .arg(shownText(m_server)));
        return ExitCode::NothingThere;
    }
    show(context, *runs, *number);
    return ExitCode::Done;
}

/// A server that is in no file any more may have been started all the same: so its name is looked at last.
ExitCode StartupCommand::reportNone(CommandContext &context, const ServerConfig &config) const
{
    if (!config.mistakes.empty()) {
        tellMistakes(context, config.mistakes);
        return ExitCode::Usage;
    }
    if (!chosenServers(context, config.file.servers, {m_server})) {
        return ExitCode::Usage;
    }
    complain(context, StartupCommandTexts::tr("No start of %1 was kept yet.").arg(shownText(m_server)));
    return ExitCode::NothingThere;
}

void StartupCommand::list(CommandContext &context, const std::string &file, const std::vector<StartupRun> &runs) const
{
    if (m_json) {
        std::ignore = context.out.write(startupListJson(file, m_server, runs));
        return;
    }
    TablePrinter table(
        {
            {.title = StartupCommandTexts::tr("RUN", "its number"), .alignment = Qt::AlignRight},
            {.title = StartupCommandTexts::tr("WHEN")},
            {.title = StartupCommandTexts::tr("OUTCOME")},
            {.title = StartupCommandTexts::tr("READY AFTER"), .alignment = Qt::AlignRight},
        },
        context.out.traits());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto &run = runs[i];
        table.addRow({.cells = {QString::number(i + 1), timeText(run.beganAt), outcomeText(run.outcome),
                                run.readyAfter ? elapsedText(*run.readyAfter) : QString()},
                      .style = run.outcome == StartOutcome::Failed ? TextStyle::Attention : TextStyle::Plain});
    }
    std::ignore = context.out.write(table.text().toStdString());
}

void StartupCommand::show(CommandContext &context, const std::vector<StartupRun> &runs, std::size_t number) const
{
    const auto &run = runs[number - 1];
    const auto comparison = compareStart(run, {runs.begin() + static_cast<std::ptrdiff_t>(number), runs.end()});
    if (m_json) {
        std::ignore = context.out.write(startupJson(run, comparison));
        return;
    }
    constexpr int UsualColumns = 80;
    const WaterfallTraits traits{.columns = context.out.traits().columns.value_or(UsualColumns),
                                 .isUtf8 = writesUtf8()};
    std::ignore = context.out.write(waterfallText(run, comparison, traits).toStdString());
}

} // namespace Quay
