// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/auditcommand.h"

#include "app/cli/auditjson.h"
#include "app/cli/sincetime.h"
#include "app/cli/tableprinter.h"
#include "app/shared/audittext.h"
#include "app/shared/format.h"
#include "app/shared/usernames.h"
#include "core/base/number.h"
#include "core/history/auditlog.h"

#include <QCoreApplication>

#include <cstddef>
#include <string>
#include <utility>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct AuditCommandText
{
    Q_DECLARE_TR_FUNCTIONS(AuditCommand)
};

TextStyle styleOf(const AuditEntry &entry)
{
    if (entry.state == AuditState::Running) {
        return TextStyle::Plain;
    }
    return isSuccess(entry) ? TextStyle::Plain : TextStyle::Attention;
}

void printText(CommandContext &context, const AuditHistory &history)
{
    TablePrinter table(
        {
            {.title = AuditCommandText::tr("WHEN")},
            {.title = AuditCommandText::tr("BY", "who asked"), .shortest = 12, .rank = 2}, // as long as `command line`
            {.title = AuditCommandText::tr("WHAT"), .shortest = 12, .yieldsLast = true},
            {.title = AuditCommandText::tr("SCOPE"), .rank = 3},
            {.title = AuditCommandText::tr("OUTCOME"), .shortest = 12, .yieldsLast = true},
            {.title = AuditCommandText::tr("AFTER", "how long it took"), .alignment = Qt::AlignRight, .rank = 1},
        },
        context.out.traits());
    for (const auto &entry : history.entries) {
        table.addRow({.cells = {timeText(entry.begunAt), auditAuthorText(entry, context.uid, context.users),
                                auditSubjectText(entry), auditScopeText(entry.scope), auditOutcomeText(entry),
                                entry.elapsed ? elapsedText(*entry.elapsed) : QString()},
                      .style = styleOf(entry)});
    }
    std::ignore = context.out.write(table.text().toStdString()); // the caller asks Output::state()
}

/// That nobody was ended is not known: the record may be somebody else's, or could not be written or read.
QString emptyText(const std::string &path, std::size_t skippedLines)
{
    const QString text = skippedLines == 0 ? AuditCommandText::tr("Nothing is recorded in %1.", "a file")
                                           : AuditCommandText::tr("Nothing else is recorded in %1.", "a file");
    return text.arg(shownText(path));
}

} // namespace

QString AuditCommand::description() const
{
    return AuditCommandText::tr("Show which processes were ended, and what came of it");
}

QString AuditCommand::arguments() const
{
    return QStringLiteral("[WORD...]");
}

void AuditCommand::setup(CLI::App &parser)
{
    const auto help = [](const QString &text) { return text.toStdString(); };
    parser
        .add_option(
            "WORD", m_words,
            help(AuditCommandText::tr("Only what fits all of them: 3000 a port or process, :3000 a port, pid:4711 a "
                                      "process, else a part of a name or command line")))
        ->option_text("...");
    parser
        .add_option("--since", m_since, help(AuditCommandText::tr("Only since then: 30m, 12h, 2d, 14:05, 2026-07-14")))
        ->option_text(AuditCommandText::tr("TIME").toStdString());
    parser.add_option("--limit", m_limit, help(AuditCommandText::tr("Only the last so many")))
        ->option_text(AuditCommandText::tr("N", "a number").toStdString());
    parser.add_flag("--json", m_json, help(AuditCommandText::tr("Print JSON")));
}

std::optional<AuditFilter> AuditCommand::filter(CommandContext &context) const
{
    AuditFilter filter{.since = std::nullopt, .words = m_words, .limit = std::nullopt};
    if (!m_since.empty()) {
        const auto since = sinceTimeFromText(m_since, context.clock);
        if (!since) {
            complain(context,
                     AuditCommandText::tr("'%1' is not a time. Allowed are 30m, 12h, 2d, 14:05, 2026-07-14 and "
                                          "2026-07-14T14:05.")
                         .arg(shownText(m_since)));
            return std::nullopt;
        }
        filter.since = *since;
    }
    if (!m_limit.empty()) {
        filter.limit = numberFromText<std::size_t>(m_limit);
        if (filter.limit.value_or(0) == 0) {
            complain(context, AuditCommandText::tr("'%1' is not a number above 0.").arg(shownText(m_limit)));
            return std::nullopt;
        }
    }
    return filter;
}

ExitCode AuditCommand::execute(CommandContext &context)
{
    const auto wanted = filter(context);
    if (!wanted) {
        return ExitCode::Usage;
    }
    const auto path = auditLogPath();
    auto history = path.and_then([](const std::string &file) { return readAuditHistory(file); });
    if (!history) {
        return complainAbout(context, history.error());
    }
    const bool isEmpty = history->entries.empty();
    keepOnly(*history, *wanted);
    if (m_json) {
        std::ignore = context.out.write(auditJson(*history, context.users));
    } else if (!history->entries.empty()) {
        printText(context, *history);
    }
    if (history->skippedLines > 0) {
        complain(context,
                 AuditCommandText::tr("Lines of the record that could not be read: %1").arg(history->skippedLines));
    }
    if (history->entries.empty()) {
        complain(context,
                 isEmpty ? emptyText(*path, history->skippedLines)
                         : AuditCommandText::tr("Nothing in the record fits."));
        return ExitCode::NothingThere;
    }
    return ExitCode::Done;
}

} // namespace Quay
