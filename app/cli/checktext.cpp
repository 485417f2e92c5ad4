// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/checktext.h"

#include "app/cli/listenerjson.h"
#include "app/shared/configtext.h"
#include "app/shared/format.h"
#include "app/shared/preflighttext.h"
#include "core/servers/mistakewords.h"
#include "core/servers/preflightwords.h"
#include "core/servers/serverwords.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace Quay {

namespace {

struct CheckTexts
{
    Q_DECLARE_TR_FUNCTIONS(CheckReport)
};

struct Mark
{
    QString symbol;
    QString word;
    TextStyle style = TextStyle::Plain;
};

Mark markOf(const CheckOutcome &outcome)
{
    if (outcome.isMet) {
        return {.symbol = QStringLiteral("\u2713"), .word = CheckTexts::tr("good"), .style = TextStyle::Good};
    }
    if (outcome.severity == Severity::Warning) {
        return {.symbol = QStringLiteral("!"), .word = CheckTexts::tr("warning"), .style = TextStyle::Attention};
    }
    return {.symbol = QStringLiteral("\u2717"), .word = CheckTexts::tr("critical"), .style = TextStyle::Bad};
}

QString lineOf(const CheckOutcome &outcome, const QString &holder, qsizetype wordWidth, bool hasColours)
{
    const Mark mark = markOf(outcome);
    const QString finding = findingText(outcome, holder);
    const QString sign = QString(mark.symbol + u' ' + mark.word.leftJustified(wordWidth));
    QString text = QString(QStringLiteral("  ") + styled(sign, mark.style, hasColours) + QStringLiteral("  ")
                           + checkText(outcome.check));
    const bool goesOn = outcome.isMet && outcome.finding == CheckFinding::Good; // `port 3000 is free`
    if (!finding.isEmpty()) {
        text += QString((goesOn ? QStringLiteral(" ") : QStringLiteral(": ")) + finding);
    }
    const QString wayOut = outcome.isMet ? QString() : wayOutText(outcome);
    if (!wayOut.isEmpty()) {
        text += QString(QStringLiteral(". ") + wayOut);
    }
    return QString(text + u'\n');
}

QString summaryOf(const std::vector<CheckOutcome> &outcomes)
{
    const auto countOf = [&outcomes](auto is) { return static_cast<int>(std::ranges::count_if(outcomes, is)); };
    const int good = countOf([](const CheckOutcome &outcome) { return outcome.isMet; });
    const int critical =
        countOf([](const CheckOutcome &outcome) { return !outcome.isMet && outcome.severity == Severity::Critical; });
    const int warnings = static_cast<int>(outcomes.size()) - good - critical;
    return CheckTexts::tr("Good: %1, critical: %2, warnings: %3").arg(good).arg(critical).arg(warnings);
}

QJsonValue textOrNull(const std::string &text)
{
    return text.empty() ? QJsonValue(QJsonValue::Null) : jsonText(text);
}

QJsonObject toJson(const ConfigMistake &mistake)
{
    QJsonArray allowed;
    for (const auto &word : mistake.allowed) {
        allowed.append(jsonText(word));
    }
    const QJsonValue null(QJsonValue::Null);
    return {
        {QStringLiteral("code"), jsonText(wordFor(MistakeCodeWords, mistake.code))},
        {QStringLiteral("file"), jsonText(mistake.file)},
        {QStringLiteral("line"), mistake.position.line > 0 ? QJsonValue(mistake.position.line) : null},
        {QStringLiteral("column"), mistake.position.column > 0 ? QJsonValue(mistake.position.column) : null},
        {QStringLiteral("path"), textOrNull(mistake.path)},
        {QStringLiteral("allowed"), allowed},
        {QStringLiteral("nearest"), mistake.nearest ? jsonText(*mistake.nearest) : null},
        {QStringLiteral("text"), mistakeText(mistake)},
    };
}

QJsonObject toJson(const CheckOutcome &outcome, const std::string &holder)
{
    const QJsonValue null(QJsonValue::Null);
    const bool isDisk = std::holds_alternative<DiskCheck>(outcome.check.subject);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(outcome.took).count();
    return {
        {QStringLiteral("server"), jsonText(outcome.server)},
        {QStringLiteral("kind"), jsonText(CheckKindWords.at(outcome.check.subject.index()))},
        {QStringLiteral("name"), textOrNull(outcome.check.name)},
        {QStringLiteral("subject"), checkText(outcome.check)},
        {QStringLiteral("own"), outcome.isOwn},
        {QStringLiteral("met"), outcome.isMet},
        {QStringLiteral("severity"), jsonText(wordFor(SeverityWords, outcome.severity))},
        {QStringLiteral("finding"), jsonText(wordFor(CheckFindingWords, outcome.finding))},
        {QStringLiteral("detail"), textOrNull(outcome.detail)},
        {QStringLiteral("number"), outcome.number != 0 ? QJsonValue(outcome.number) : null},
        {QStringLiteral("freeBytes"), isDisk ? QJsonValue(static_cast<qint64>(outcome.freeBytes)) : null},
        {QStringLiteral("holder"), textOrNull(holder)},
        {QStringLiteral("nextPort"), outcome.nextPort ? QJsonValue(*outcome.nextPort) : null},
        {QStringLiteral("tookMs"), static_cast<qint64>(took)},
    };
}

} // namespace

QString checkReport(const std::vector<CheckOutcome> &outcomes, const std::vector<std::string> &holders,
                    const OutputTraits &traits)
{
    qsizetype width = 0;
    for (const auto &outcome : outcomes) {
        width = std::max(width, markOf(outcome).word.size());
    }
    QString text;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (i == 0 || outcomes[i].server != outcomes[i - 1].server) {
            text += QString(styled(shownText(outcomes[i].server), TextStyle::Heading, traits.hasColours) + u'\n');
        }
        text += lineOf(outcomes[i], shownText(holders[i]), width, traits.hasColours);
    }
    return outcomes.empty() ? text : QString(text + summaryOf(outcomes) + u'\n');
}

QJsonObject checkJson(const std::string &path, const std::vector<ConfigMistake> &mistakes,
                      const std::vector<CheckOutcome> &outcomes, const std::vector<std::string> &holders)
{
    QJsonArray mistakeList;
    for (const auto &mistake : mistakes) {
        mistakeList.append(toJson(mistake));
    }
    QJsonArray checks;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        checks.append(toJson(outcomes[i], holders[i]));
    }
    return {
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("file"), jsonText(path)},
        {QStringLiteral("mayStart"), mistakes.empty() && mayStart(outcomes)},
        {QStringLiteral("mistakes"), mistakeList},
        {QStringLiteral("checks"), checks},
    };
}

} // namespace Quay
