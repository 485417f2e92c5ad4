// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/accountjson.h"

#include "core/kernel/pidfd.h"
#include "core/servers/runaccount.h"
#include "core/service/jsonmembers.h"
#include "core/service/jsonvalues.h"
#include "core/supervise/runevent.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

namespace {

using Json::Null;

QJsonValue toJson(const std::optional<ResourceUsage> &usage)
{
    if (!usage) {
        return Null;
    }
    return QJsonObject{{QStringLiteral("userUs"), Json::countOf(usage->userTime)},
                       {QStringLiteral("systemUs"), Json::countOf(usage->systemTime)},
                       {QStringLiteral("mostResidentKib"), static_cast<qint64>(usage->mostResidentKib)}};
}

std::optional<ResourceUsage> usageFrom(const Members &json)
{
    const auto userTime = json.duration<std::chrono::microseconds>("userUs");
    const auto systemTime = json.duration<std::chrono::microseconds>("systemUs");
    const auto mostResident = json.number<std::uint64_t>("mostResidentKib");
    if (!userTime || !systemTime || !mostResident) {
        return std::nullopt;
    }
    return ResourceUsage{.userTime = *userTime, .systemTime = *systemTime, .mostResidentKib = *mostResident};
}

QJsonObject toJson(const UnstoppedProcess &killed)
{
    QJsonObject json = Json::process(killed.process.id);
    json.insert(QStringLiteral("command"), Json::text(killed.command));
    json.insert(QStringLiteral("errno"), killed.sysErrno);
    return json;
}

std::vector<UnstoppedProcess> killedFrom(const QJsonArray &list)
{
    std::vector<UnstoppedProcess> killed;
    for (const auto &item : list) {
        const Members json(item);
        if (const auto id = Json::processFrom(json)) {
            killed.push_back({.process = {.id = *id, .serial = {}},
                              .command = json.text("command"),
                              .sysErrno = json.number<int>("errno").value_or(0)});
        }
    }
    return killed;
}

} // namespace

QJsonValue toJson(const std::optional<ExitStatus> &exit)
{
    if (!exit) {
        return Null;
    }
    return QJsonObject{{QStringLiteral("code"), exit->code ? QJsonValue(*exit->code) : Null},
                       {QStringLiteral("signal"), exit->signal != 0 ? QJsonValue(exit->signal) : Null},
                       {QStringLiteral("dumpedCore"), exit->dumpedCore}};
}

std::optional<ExitStatus> exitStatusFrom(const QJsonObject &object)
{
    if (object.isEmpty()) {
        return std::nullopt;
    }
    const Members json(object);
    return ExitStatus{.code = json.number<int>("code"),
                      .signal = json.number<int>("signal").value_or(0),
                      .dumpedCore = json.flag("dumpedCore")};
}

QJsonObject toJson(const RunAccount &account)
{
    QJsonArray killed;
    for (const auto &process : account.killed) {
        killed.append(toJson(process));
    }
    return {{QStringLiteral("says"), Json::textOrNull(account.says)},
            {QStringLiteral("exit"), toJson(account.exit)},
            {QStringLiteral("usage"), toJson(account.usage)},
            {QStringLiteral("wasOutOfMemory"), account.wasOutOfMemory},
            {QStringLiteral("wasAskedToStop"), account.wasAskedToStop},
            {QStringLiteral("killed"), killed}};
}

RunAccount runAccountFrom(const QJsonObject &object)
{
    const Members json(object);
    return {.says = json.textOrNothing("says"),
            .exit = exitStatusFrom(json["exit"].toObject()),
            .usage = usageFrom(Members(json["usage"])),
            .wasOutOfMemory = json.flag("wasOutOfMemory"),
            .wasAskedToStop = json.flag("wasAskedToStop"),
            .killed = killedFrom(json["killed"].toArray())};
}

} // namespace Quay
