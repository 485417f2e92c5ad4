// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/probestext.h"

#include "app/cli/listenerjson.h"
#include "app/cli/waittext.h"
#include "app/shared/format.h"
#include "core/service/jsonvalues.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace Quay {

namespace {

struct ProbesTexts
{
    Q_DECLARE_TR_FUNCTIONS(ProbesText)
};

QJsonObject toJson(const std::string &server, const ProbeAttempts &attempts)
{
    return {
        {QStringLiteral("server"), jsonText(server)},
        {QStringLiteral("run"), jsonText(attempts.run)},
        {QStringLiteral("probe"), jsonText(attempts.probe)},
        {QStringLiteral("isMet"), attempts.attempt.isMet},
        {QStringLiteral("seen"), Json::observation(attempts.attempt.seen)},
        {QStringLiteral("count"), static_cast<qint64>(attempts.count)},
        {QStringLiteral("firstNs"), qint64{attempts.firstAt.count()}},
        {QStringLiteral("lastNs"), qint64{attempts.lastAt.count()}},
    };
}

} // namespace

QString attemptsText(const ProbeAttempts &attempts)
{
    const Observation &observation = attempts.attempt.seen;
    const QString seen =
        observation.what == Observation::What::NotTried ? QString() : observationText(observation); // a fact that came
    const QString met =
        attempts.attempt.isMet ? ProbesTexts::tr("met", "a probe") : ProbesTexts::tr("not met", "a probe");
    QString text = seen.isEmpty()
        ? ProbesTexts::tr("%1: %2", "the name of a probe, whether it is met").arg(shownText(attempts.probe), met)
        : ProbesTexts::tr("%1: %2, %3", "the name of a probe, whether it is met, what it saw")
              .arg(shownText(attempts.probe), met, seen);
    if (attempts.count == 1) {
        return text;
    }
    return ProbesTexts::tr("%1 (%2 times, until %3)", "how attempts ended, a number above 1, a time")
        .arg(text, QString::number(attempts.count), timeText(attempts.lastAt));
}

std::string attemptsJson(const std::vector<ServerAttempts> &servers)
{
    QJsonArray list;
    for (const auto &server : servers) {
        for (const auto &attempts : server.attempts) {
            list.append(toJson(server.server, attempts));
        }
    }
    return jsonDocument({{QStringLiteral("schema"), JsonSchemaVersion}, {QStringLiteral("attempts"), list}});
}

} // namespace Quay
