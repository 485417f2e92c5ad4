// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/auditjson.h"

#include "app/cli/listenerjson.h"
#include "app/shared/usernames.h"
#include "core/control/endingwords.h"
#include "core/history/auditrecord.h"
#include "core/history/audittime.h"
#include "core/history/auditwords.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <chrono>
#include <optional>
#include <string>

namespace Quay {

namespace {

QJsonObject toJson(const AuditEntry &entry, UserNames &users)
{
    const QJsonValue null(QJsonValue::Null);
    QJsonArray targets;
    for (const auto &target : entry.targets) {
        targets.append(toJson(target));
    }
    QJsonArray zombies;
    for (const auto &zombie : entry.zombies) {
        zombies.append(toJson(zombie));
    }
    QJsonArray ports;
    for (const auto &port : entry.ports) {
        ports.append(toJson(port));
    }
    QJsonArray actions;
    for (const auto &action : entry.actions) {
        actions.append(toJson(action));
    }
    const QJsonObject writer{{QStringLiteral("pid"), entry.writer.pid},
                             {QStringLiteral("startTicks"), static_cast<qint64>(entry.writer.startTicks)}};
    return {
        {QStringLiteral("id"), jsonText(entry.id)},
        {QStringLiteral("state"), jsonText(wordFor(AuditStateWords, entry.state))},
        {QStringLiteral("refusal"),
         entry.refusal ? QJsonValue(jsonText(wordFor(AuditRefusalWords, *entry.refusal))) : null},
        {QStringLiteral("isSuccess"), isSuccess(entry)},
        {QStringLiteral("by"), jsonText(wordFor(AuditAskerWords, entry.asker))},
        {QStringLiteral("userId"), static_cast<qint64>(entry.uid)},
        {QStringLiteral("user"), users.name(entry.uid)},
        {QStringLiteral("writer"), writer},
        {QStringLiteral("scope"), jsonText(wordFor(KillScopeWords, entry.scope))},
        {QStringLiteral("isForced"), entry.isForced},
        {QStringLiteral("isLeft"), entry.isLeft},
        {QStringLiteral("drainNs"), entry.drain ? QJsonValue(static_cast<qint64>(entry.drain->count())) : null},
        {QStringLiteral("connectionsCut"),
         entry.connectionsCut ? QJsonValue(static_cast<qint64>(*entry.connectionsCut)) : null},
        {QStringLiteral("begunAt"), jsonText(auditTimeText(entry.begunAt))},
        {QStringLiteral("forcedAt"), entry.forcedAt ? jsonText(auditTimeText(*entry.forcedAt)) : null},
        {QStringLiteral("elapsedNs"), entry.elapsed ? QJsonValue(static_cast<qint64>(entry.elapsed->count())) : null},
        {QStringLiteral("targets"), targets},
        {QStringLiteral("zombies"), zombies},
        {QStringLiteral("ports"), ports},
        {QStringLiteral("actions"), actions},
    };
}

} // namespace

std::string auditJson(const AuditHistory &history, UserNames &users)
{
    QJsonArray attempts;
    for (const auto &entry : history.entries) {
        attempts.append(toJson(entry, users));
    }
    return jsonDocument({
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("attempts"), attempts},
        {QStringLiteral("skippedLines"), static_cast<qint64>(history.skippedLines)},
    });
}

} // namespace Quay
