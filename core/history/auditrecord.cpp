// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditrecord.h"

#include "core/base/errorwords.h"
#include "core/base/words.h"
#include "core/control/endingwords.h"
#include "core/history/audittime.h"
#include "core/history/auditwords.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/protocolwords.h"
#include "core/processes/jsonbytes.h"
#include "core/processes/processid.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::size_t MostArgumentBytes = 4096; // of a target
constexpr std::size_t FewestArgumentBytes = 256; // of a target, however many there are
constexpr std::size_t MostArgumentBytesInAll = std::size_t{1} << 20U;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

template<typename Words, typename Value>
QJsonValue word(const Words &words, Value value)
{
    return jsonText(wordFor(words, value));
}

QJsonValue number(std::uint64_t value)
{
    return static_cast<qint64>(std::min<std::uint64_t>(value, std::numeric_limits<qint64>::max())); // as JSON has it
}

QJsonValue time(std::chrono::nanoseconds realTime)
{
    return jsonText(auditTimeText(realTime));
}

QJsonValue duration(const std::optional<std::chrono::nanoseconds> &value)
{
    return value ? QJsonValue(static_cast<qint64>(value->count())) : QJsonValue(QJsonValue::Null);
}

QJsonValue orNull(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue(QJsonValue::Null);
}

QJsonValue toJson(const std::optional<Error> &error)
{
    if (!error) {
        return QJsonValue::Null;
    }
    return QJsonObject{{key("code"), word(ErrorCodeWords, error->code)},
                       {key("subject"), jsonText(error->subject)},
                       {key("errno"), error->sysErrno}};
}

QJsonValue toJson(const std::optional<ExitStatus> &exit)
{
    if (!exit) {
        return QJsonValue::Null;
    }
    return QJsonObject{{key("code"), orNull(exit->code)},
                       {key("signal"), exit->signal != 0 ? QJsonValue(exit->signal) : QJsonValue(QJsonValue::Null)},
                       {key("dumpedCore"), exit->dumpedCore}};
}

template<typename Items, typename Convert>
QJsonArray arrayOf(const Items &items, Convert convert)
{
    QJsonArray array;
    for (const auto &item : items) {
        array.append(convert(item));
    }
    return array;
}

QJsonObject processToJson(ProcessId process)
{
    return {{key("pid"), process.pid}, {key("startTicks"), number(process.startTicks)}};
}

QJsonObject signalToJson(const SentSignal &sent)
{
    return {{key("signal"), sent.signal}, {key("at"), time(sent.at)}, {key("error"), toJson(sent.error)}};
}

QJsonObject holderToJson(const AuditHolder &holder)
{
    return {{key("address"), jsonText(toString(holder.address))},
            {key("port"), holder.port},
            {key("userId"), number(holder.uid)},
            {key("inode"), number(holder.inode)}};
}

/// Cuts arguments off at the end. What is left of one that is cut through ends with an ellipsis.
AuditTarget shortened(AuditTarget target, std::size_t mostBytes)
{
    constexpr std::string_view Ellipsis = "\u2026";
    std::size_t room = mostBytes;
    for (std::size_t index = 0; index < target.arguments.size(); ++index) {
        auto &argument = target.arguments[index];
        if (argument.size() <= room) {
            room -= argument.size();
            continue;
        }
        argument.resize(room);
        argument += Ellipsis;
        target.arguments.resize(index + 1);
        target.isCut = true;
    }
    return target;
}

QJsonArray targetsToJson(const std::vector<AuditTarget> &targets)
{
    const std::size_t share = MostArgumentBytesInAll / std::max<std::size_t>(targets.size(), 1);
    const std::size_t most = std::clamp(share, FewestArgumentBytes, MostArgumentBytes);
    return arrayOf(targets, [most](const AuditTarget &target) { return toJson(shortened(target, most)); });
}

QJsonObject entryToJson(const AuditEntry &entry)
{
    return {
        {key("by"), word(AuditAskerWords, entry.asker)},
        {key("userId"), number(entry.uid)},
        {key("writer"), processToJson(entry.writer)},
        {key("scope"), word(KillScopeWords, entry.scope)},
        {key("isForced"), entry.isForced},
        {key("isLeft"), entry.isLeft},
        {key("drainNs"), duration(entry.drain)},
        {key("connectionsCut"), entry.connectionsCut ? number(*entry.connectionsCut) : QJsonValue(QJsonValue::Null)},
        {key("begunAt"), time(entry.begunAt)},
        {key("forcedAt"), entry.forcedAt ? time(*entry.forcedAt) : QJsonValue(QJsonValue::Null)},
        {key("elapsedNs"), duration(entry.elapsed)},
        {key("targets"), targetsToJson(entry.targets)},
        {key("zombies"), arrayOf(entry.zombies, [](const AuditZombie &zombie) { return toJson(zombie); })},
        {key("ports"), arrayOf(entry.ports, [](const AuditPort &port) { return toJson(port); })},
        {key("actions"), arrayOf(entry.actions, [](const AuditAction &action) { return toJson(action); })},
    };
}

/// What a record tells besides its kind, id and time.
QJsonObject contentToJson(const AuditRecord &record)
{
    switch (record.kind) {
    case AuditRecordKind::Asked:
    case AuditRecordKind::Joined:
        return {{key("targets"), targetsToJson(record.entry.targets)}};
    case AuditRecordKind::Forced:
        return {};
    case AuditRecordKind::Refused: {
        QJsonObject content = entryToJson(record.entry);
        content.insert(key("refusal"), word(AuditRefusalWords, record.entry.refusal.value_or(AuditRefusal::Unknown)));
        return content;
    }
    case AuditRecordKind::Begun:
    case AuditRecordKind::Ended:
        break;
    }
    return entryToJson(record.entry);
}

} // namespace

QJsonObject toJson(const AuditTarget &target)
{
    return {
        {key("pid"), target.id.pid},
        {key("startTicks"), number(target.id.startTicks)},
        {key("name"), jsonText(target.name)},
        {key("arguments"), arrayOf(target.arguments, [](const std::string &argument) { return jsonText(argument); })},
        {key("isCut"), target.isCut},
        {key("userId"), number(target.uid)},
        {key("role"), word(TargetRoleWords, target.role)},
        {key("plannedSignal"), orNull(target.plannedSignal)},
        {key("outcome"), word(TargetStageWords, target.outcome)},
        {key("isLate"), target.isLate},
        {key("wasZombie"), target.wasZombie},
        {key("isUninterruptible"), target.isUninterruptible},
        {key("signals"), arrayOf(target.signals, signalToJson)},
        {key("endedAfterNs"), duration(target.endedAfter)},
        {key("exit"), toJson(target.exit)},
        {key("error"), toJson(target.error)},
    };
}

QJsonObject toJson(const AuditZombie &zombie)
{
    QJsonObject object = processToJson(zombie.id);
    object.insert(key("name"), jsonText(zombie.name));
    object.insert(key("isGone"), zombie.isGone);
    return object;
}

QJsonObject toJson(const AuditPort &port)
{
    const auto remainsToJson = [](const Remains &remains) {
        return QJsonObject{{key("state"), word(SocketStateWords, remains.state)},
                           {key("count"), number(remains.count)}};
    };
    return {
        {key("protocol"), word(ProtocolWords, port.protocol)},
        {key("address"), jsonText(toString(port.address))},
        {key("port"), port.port},
        {key("state"), word(PortStateWords, port.state)},
        {key("cameBack"), port.cameBack},
        {key("holders"), arrayOf(port.holders, holderToJson)},
        {key("remains"), arrayOf(port.remains, remainsToJson)},
        {key("error"), toJson(port.error)},
    };
}

QJsonObject toJson(const AuditAction &action)
{
    return {
        {key("key"), jsonText(action.key)},
        {key("subject"), jsonText(action.subject)},
        {key("error"), toJson(action.error)},
        {key("process"), action.process ? QJsonValue(processToJson(*action.process)) : QJsonValue(QJsonValue::Null)},
    };
}

std::string lineFrom(const AuditRecord &record)
{
    QJsonObject object = contentToJson(record);
    object.insert(key("schema"), AuditSchemaVersion);
    object.insert(key("record"), word(AuditRecordKindWords, record.kind));
    object.insert(key("id"), jsonText(record.entry.id));
    object.insert(key("at"), time(record.at));
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

} // namespace Quay
