// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/alertstext.h"

#include "app/cli/listenerjson.h"
#include "app/shared/format.h"
#include "core/base/words.h"
#include "core/servers/serverwords.h"
#include "core/supervise/criline.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>
#include <cstddef>
#include <optional>

namespace Quay {

namespace {

struct AlertsTexts
{
    Q_DECLARE_TR_FUNCTIONS(AlertsText)
};

/// For how long it was not found. Nothing before the first line.
std::optional<std::chrono::nanoseconds> quietFor(const AlertStanding &standing, std::chrono::nanoseconds now)
{
    const auto since = standing.lastAt ? standing.lastAt : standing.lookedSince;
    return since ? std::optional(std::max(now - *since, std::chrono::nanoseconds(0))) : std::nullopt;
}

/// In hours, for that is how people ask: `51 hours without`.
QString withoutText(std::chrono::nanoseconds quiet)
{
    const auto hours = std::chrono::floor<std::chrono::hours>(quiet).count();
    if (hours == 0) {
        return AlertsTexts::tr("%1 without", "a duration").arg(elapsedText(quiet));
    }
    return hours == 1 ? AlertsTexts::tr("1 hour without") : AlertsTexts::tr("%1 hours without").arg(hours);
}

QJsonValue timeJson(const std::optional<std::chrono::nanoseconds> &time)
{
    if (!time) {
        return QJsonValue(QJsonValue::Null);
    }
    std::string text;
    CriFormatter().appendTime(text, *time);
    return jsonText(text);
}

QJsonObject toJson(const std::string &server, const AlertSpec &alert, const AlertStanding &standing,
                   std::chrono::nanoseconds now)
{
    QJsonArray lines;
    for (const auto &line : standing.lastLines) {
        lines.append(jsonText(line));
    }
    const auto quiet = quietFor(standing, now);
    return {
        {QStringLiteral("server"), jsonText(server)},
        {QStringLiteral("name"), jsonText(alert.name)},
        {QStringLiteral("pattern"), jsonText(alert.pattern)},
        {QStringLiteral("level"), jsonText(wordFor(AlertLevelWords, alert.level))},
        {QStringLiteral("count"), static_cast<qint64>(standing.count)},
        {QStringLiteral("lookedSince"), timeJson(standing.lookedSince)},
        {QStringLiteral("firstAt"), timeJson(standing.firstAt)},
        {QStringLiteral("lastAt"), timeJson(standing.lastAt)},
        {QStringLiteral("quietNs"), quiet ? QJsonValue(qint64{quiet->count()}) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("lastLines"), lines},
        {QStringLiteral("costlyLines"), static_cast<qint64>(standing.costlyLines)},
    };
}

} // namespace

QString alertName(const AlertRule &rule)
{
    return shownText(rule.name.empty() ? rule.pattern : rule.name);
}

QString alertNewsText(const AlertNews &news)
{
    const auto &standing = news.standing;
    const QString line = standing.lastLines.empty() ? QString() : shownText(standing.lastLines.back());
    if (standing.count == 1) {
        return AlertsTexts::tr("%1: %2", "an alert, a line of output").arg(alertName(standing.rule), line);
    }
    if (standing.count == news.newCount) {
        return AlertsTexts::tr("%1 (%2 times): %3", "an alert, a number above 1, a line of output")
            .arg(alertName(standing.rule), QString::number(standing.count), line);
    }
    return AlertsTexts::tr("%1 (%2 more, %3 in all): %4", "an alert, two numbers, a line of output")
        .arg(alertName(standing.rule), QString::number(news.newCount), QString::number(standing.count), line);
}

QString alertStandingText(const AlertStanding &standing, std::chrono::nanoseconds now)
{
    const auto quiet = quietFor(standing, now);
    if (!quiet) {
        return AlertsTexts::tr("never; there is no log yet");
    }
    if (!standing.lastAt) {
        return AlertsTexts::tr("never, %1 since the log began at %2", "51 hours without, a time")
            .arg(withoutText(*quiet), timeText(*standing.lookedSince));
    }
    if (standing.count == 1) {
        return AlertsTexts::tr("once, %1, %2", "a time, 51 hours without")
            .arg(timeText(*standing.lastAt), withoutText(*quiet));
    }
    return AlertsTexts::tr("%1 times, first %2, last %3, %4", "a number above 1, two times, 51 hours without")
        .arg(QString::number(standing.count), timeText(standing.firstAt.value_or(*standing.lastAt)),
             timeText(*standing.lastAt), withoutText(*quiet));
}

std::string alertsJson(const std::vector<ServerAlerts> &servers, std::chrono::nanoseconds now)
{
    QJsonArray alerts;
    for (const auto &server : servers) {
        for (std::size_t index = 0; index < server.alerts.size(); ++index) {
            alerts.append(toJson(server.server, server.alerts[index], server.standings[index], now));
        }
    }
    return jsonDocument({{QStringLiteral("schema"), JsonSchemaVersion}, {QStringLiteral("alerts"), alerts}});
}

} // namespace Quay
