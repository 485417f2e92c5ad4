// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errorwords.h"
#include "core/base/words.h"
#include "core/control/endingwords.h"
#include "core/history/auditrecord.h"
#include "core/history/audittime.h"
#include "core/history/auditwords.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/protocolwords.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonParseError>
#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Reads members of an object; what is missing or of another type is remembered.
class ObjectReader
{
public:
    explicit ObjectReader(const QJsonValue &value)
        : m_object(value.toObject())
        , m_isGood(value.isObject())
    {
    }

    [[nodiscard]] bool isGood() const { return m_isGood; }

    [[nodiscard]] QJsonValue value(const char *name) { return m_object.value(QLatin1StringView(name)); }

    /// Whether there is such a member, and it is not null.
    [[nodiscard]] bool has(const char *name)
    {
        return m_object.contains(QLatin1StringView(name)) && !value(name).isNull();
    }

    [[nodiscard]] std::string text(const char *name)
    {
        const auto member = value(name);
        note(member.isString());
        return member.toString().toStdString();
    }

    [[nodiscard]] bool flag(const char *name)
    {
        const auto member = value(name);
        note(member.isBool());
        return member.toBool();
    }

    template<typename Number>
    [[nodiscard]] Number number(const char *name)
    {
        const auto member = value(name);
        const qint64 read = member.toInteger(-1);
        note(member.isDouble() && std::in_range<Number>(read));
        return std::in_range<Number>(read) ? static_cast<Number>(read) : Number{};
    }

    [[nodiscard]] std::optional<int> numberOrNull(const char *name)
    {
        return value(name).isNull() ? std::nullopt : std::optional(number<int>(name));
    }

    [[nodiscard]] std::chrono::nanoseconds time(const char *name)
    {
        const auto read = auditTimeFromText(text(name));
        note(read.has_value());
        return read.value_or(std::chrono::nanoseconds{});
    }

    [[nodiscard]] std::optional<std::chrono::nanoseconds> duration(const char *name)
    {
        return value(name).isNull() ? std::nullopt
                                    : std::optional(std::chrono::nanoseconds(number<std::int64_t>(name)));
    }

    template<typename Words>
    [[nodiscard]] auto word(const char *name, const Words &words)
    {
        const auto read = valueFor(words, text(name));
        note(read.has_value());
        return read.value_or(words.front().value);
    }

    [[nodiscard]] IpAddress address(const char *name)
    {
        const auto read = ipAddressFromText(text(name));
        note(read.has_value());
        return read.value_or(IpAddress{});
    }

    template<typename Convert>
    [[nodiscard]] auto items(const char *name, Convert convert)
    {
        using Item = typename decltype(convert(QJsonValue()))::value_type;
        std::vector<Item> result;
        const auto member = value(name);
        note(member.isArray());
        for (const auto &element : member.toArray()) {
            auto item = convert(element);
            note(item.has_value());
            if (item) {
                result.push_back(std::move(*item));
            }
        }
        return result;
    }

    template<typename Convert>
    [[nodiscard]] auto member(const char *name, Convert convert)
    {
        auto result = convert(value(name));
        note(result.has_value());
        return std::move(result).value_or(typename decltype(result)::value_type{});
    }

    template<typename Convert>
    [[nodiscard]] auto maybe(const char *name, Convert convert) -> decltype(convert(QJsonValue()))
    {
        const auto member = value(name);
        if (member.isNull()) {
            return std::nullopt;
        }
        auto result = convert(member);
        note(result.has_value());
        return result;
    }

    template<typename Value>
    [[nodiscard]] std::optional<Value> result(Value value) const
    {
        return m_isGood ? std::optional(std::move(value)) : std::nullopt;
    }

private:
    void note(bool isGood) { m_isGood = m_isGood && isGood; }

    QJsonObject m_object;
    bool m_isGood;
};

std::optional<std::string> textFromJson(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString().toStdString()) : std::nullopt;
}

std::optional<Error> errorFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    Error error{.code = reader.word("code", ErrorCodeWords),
                .subject = reader.text("subject"),
                .sysErrno = reader.number<int>("errno")};
    return reader.result(std::move(error));
}

std::optional<ExitStatus> exitFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    ExitStatus exit{.code = std::nullopt, .signal = 0, .dumpedCore = reader.flag("dumpedCore")};
    exit.code = reader.numberOrNull("code");
    if (!reader.value("signal").isNull()) {
        exit.signal = reader.number<int>("signal");
    }
    return reader.result(exit);
}

std::optional<SentSignal> signalFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    SentSignal sent{
        .signal = reader.number<int>("signal"), .at = reader.time("at"), .error = reader.maybe("error", errorFromJson)};
    return reader.result(std::move(sent));
}

std::optional<ProcessId> processIdFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    return reader.result(
        ProcessId{.pid = reader.number<pid_t>("pid"), .startTicks = reader.number<std::uint64_t>("startTicks")});
}

std::optional<AuditTarget> targetFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    AuditTarget target;
    target.id = {.pid = reader.number<pid_t>("pid"), .startTicks = reader.number<std::uint64_t>("startTicks")};
    target.name = reader.text("name");
    target.arguments = reader.items("arguments", textFromJson);
    target.isCut = reader.flag("isCut");
    target.uid = reader.number<uid_t>("userId");
    target.role = reader.word("role", TargetRoleWords);
    target.plannedSignal = reader.numberOrNull("plannedSignal");
    target.outcome = reader.word("outcome", TargetStageWords);
    target.isLate = reader.flag("isLate");
    target.wasZombie = reader.flag("wasZombie");
    target.isUninterruptible = reader.flag("isUninterruptible");
    target.signals = reader.items("signals", signalFromJson);
    target.endedAfter = reader.duration("endedAfterNs");
    target.exit = reader.maybe("exit", exitFromJson);
    target.error = reader.maybe("error", errorFromJson);
    return target.id.pid > 0 ? reader.result(std::move(target)) : std::nullopt;
}

std::optional<AuditZombie> zombieFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    return reader.result(AuditZombie{
        .id = {.pid = reader.number<pid_t>("pid"), .startTicks = reader.number<std::uint64_t>("startTicks")},
        .name = reader.text("name"),
        .isGone = reader.flag("isGone")});
}

std::optional<AuditHolder> holderFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    return reader.result(AuditHolder{.address = reader.address("address"),
                                     .port = reader.number<std::uint16_t>("port"),
                                     .uid = reader.number<uid_t>("userId"),
                                     .inode = reader.number<std::uint64_t>("inode")});
}

std::optional<Remains> remainsFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    return reader.result(Remains{
        .state = reader.word("state", SocketStateWords), .count = reader.number<std::uint32_t>("count"), .users = {}});
}

std::optional<AuditPort> portFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    AuditPort port{.protocol = reader.word("protocol", ProtocolWords),
                   .address = reader.address("address"),
                   .port = reader.number<std::uint16_t>("port"),
                   .state = reader.word("state", PortStateWords),
                   .cameBack = reader.flag("cameBack"),
                   .holders = reader.items("holders", holderFromJson),
                   .remains = reader.items("remains", remainsFromJson),
                   .error = reader.maybe("error", errorFromJson)};
    return reader.result(std::move(port));
}

std::optional<AuditAction> actionFromJson(const QJsonValue &value)
{
    ObjectReader reader(value);
    AuditAction action{
        .key = reader.text("key"), .subject = reader.text("subject"), .error = reader.maybe("error", errorFromJson)};
    if (reader.has("process")) { // lines of before have none
        action.process = reader.maybe("process", processIdFromJson);
    }
    return reader.result(std::move(action));
}

void readEntry(ObjectReader &reader, AuditEntry &entry)
{
    entry.asker = valueFor(AuditAskerWords, reader.text("by")).value_or(AuditAsker::Unknown);
    entry.uid = reader.number<uid_t>("userId");
    entry.writer = reader.member("writer", processIdFromJson);
    entry.scope = reader.word("scope", KillScopeWords);
    entry.isForced = reader.flag("isForced");
    if (reader.has("isLeft")) { // lines of before have none of these
        entry.isLeft = reader.flag("isLeft");
    }
    if (reader.has("drainNs")) {
        entry.drain = reader.duration("drainNs");
    }
    if (reader.has("connectionsCut")) {
        entry.connectionsCut = reader.number<std::uint32_t>("connectionsCut");
    }
    entry.begunAt = reader.time("begunAt");
    if (!reader.value("forcedAt").isNull()) {
        entry.forcedAt = reader.time("forcedAt");
    }
    entry.elapsed = reader.duration("elapsedNs");
    entry.targets = reader.items("targets", targetFromJson);
    if (reader.has("zombies")) { // nor these
        entry.zombies = reader.items("zombies", zombieFromJson);
    }
    entry.ports = reader.items("ports", portFromJson);
    entry.actions = reader.items("actions", actionFromJson);
}

} // namespace

std::optional<AuditRecord> recordFromLine(std::string_view line)
{
    QJsonParseError error;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size())), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        return std::nullopt;
    }
    ObjectReader reader{QJsonValue(document.object())};
    if (reader.number<int>("schema") != AuditSchemaVersion) {
        return std::nullopt;
    }
    AuditRecord record{.kind = reader.word("record", AuditRecordKindWords), .at = reader.time("at"), .entry = {}};
    record.entry.id = reader.text("id");
    switch (record.kind) {
    case AuditRecordKind::Asked:
    case AuditRecordKind::Joined:
        record.entry.targets = reader.items("targets", targetFromJson);
        break;
    case AuditRecordKind::Forced:
        break;
    case AuditRecordKind::Refused:
        record.entry.state = AuditState::Refused;
        record.entry.refusal = valueFor(AuditRefusalWords, reader.text("refusal")).value_or(AuditRefusal::Unknown);
        readEntry(reader, record.entry);
        break;
    case AuditRecordKind::Ended:
        record.entry.state = AuditState::Ended;
        [[fallthrough]];
    case AuditRecordKind::Begun:
        readEntry(reader, record.entry);
        break;
    }
    return record.entry.id.empty() ? std::nullopt : reader.result(std::move(record));
}

} // namespace Quay
