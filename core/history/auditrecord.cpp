// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditrecord.h"

#include "core/base/number.h"
#include "core/history/auditwords.h"
#include "core/kernel/ipaddress.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonParseError>
#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <format>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr int SchemaVersion = 1;
constexpr std::size_t MostArgumentBytes = 4096; // of a target
constexpr std::size_t FewestArgumentBytes = 256; // of a target, however many there are
constexpr std::size_t MostArgumentBytesInAll = std::size_t{1} << 20U;

constexpr std::array RecordKindWords{
    AuditWord{.word = "begun", .value = AuditRecordKind::Begun},
    AuditWord{.word = "forced", .value = AuditRecordKind::Forced},
    AuditWord{.word = "ended", .value = AuditRecordKind::Ended},
};

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

QJsonValue text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

template<typename Words, typename Value>
QJsonValue word(const Words &words, Value value)
{
    return text(wordFor(words, value));
}

QJsonValue number(std::uint64_t value)
{
    return static_cast<qint64>(std::min<std::uint64_t>(value, std::numeric_limits<qint64>::max())); // as JSON has it
}

QJsonValue time(std::chrono::nanoseconds realTime)
{
    return text(auditTimeText(realTime));
}

QJsonValue duration(const std::optional<std::chrono::nanoseconds> &value)
{
    return value ? QJsonValue(static_cast<qint64>(value->count())) : QJsonValue(QJsonValue::Null);
}

QJsonValue toJson(const std::optional<Error> &error)
{
    if (!error) {
        return QJsonValue::Null;
    }
    return QJsonObject{{key("code"), word(ErrorCodeWords, error->code)},
                       {key("subject"), text(error->subject)},
                       {key("errno"), error->sysErrno}};
}

QJsonValue toJson(const std::optional<ExitStatus> &exit)
{
    if (!exit) {
        return QJsonValue::Null;
    }
    return QJsonObject{{key("code"), exit->code ? QJsonValue(*exit->code) : QJsonValue(QJsonValue::Null)},
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

QJsonObject signalToJson(const SentSignal &sent)
{
    return {{key("signal"), sent.signal}, {key("at"), time(sent.at)}, {key("error"), toJson(sent.error)}};
}

QJsonObject holderToJson(const AuditHolder &holder)
{
    return {{key("address"), text(toString(holder.address))},
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
    if (!reader.value("code").isNull()) {
        exit.code = reader.number<int>("code");
    }
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
    return reader.result(
        Remains{.state = reader.word("state", SocketStateWords), .count = reader.number<std::uint32_t>("count")});
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
    return reader.result(std::move(action));
}

QJsonObject entryToJson(const AuditEntry &entry)
{
    const std::size_t share = MostArgumentBytesInAll / std::max<std::size_t>(entry.targets.size(), 1);
    const std::size_t most = std::clamp(share, FewestArgumentBytes, MostArgumentBytes);
    return {
        {key("by"), word(AuditAskerWords, entry.asker)},
        {key("userId"), number(entry.uid)},
        {key("writer"),
         QJsonObject{{key("pid"), entry.writer.pid}, {key("startTicks"), number(entry.writer.startTicks)}}},
        {key("scope"), word(KillScopeWords, entry.scope)},
        {key("isForced"), entry.isForced},
        {key("begunAt"), time(entry.begunAt)},
        {key("forcedAt"), entry.forcedAt ? time(*entry.forcedAt) : QJsonValue(QJsonValue::Null)},
        {key("elapsedNs"), duration(entry.elapsed)},
        {key("targets"),
         arrayOf(entry.targets, [most](const AuditTarget &target) { return toJson(shortened(target, most)); })},
        {key("ports"), arrayOf(entry.ports, [](const AuditPort &port) { return toJson(port); })},
        {key("actions"), arrayOf(entry.actions, [](const AuditAction &action) { return toJson(action); })},
    };
}

void readEntry(ObjectReader &reader, AuditEntry &entry)
{
    entry.asker = valueFor(AuditAskerWords, reader.text("by")).value_or(AuditAsker::Unknown);
    entry.uid = reader.number<uid_t>("userId");
    entry.writer = reader.member("writer", processIdFromJson);
    entry.scope = reader.word("scope", KillScopeWords);
    entry.isForced = reader.flag("isForced");
    entry.begunAt = reader.time("begunAt");
    if (!reader.value("forcedAt").isNull()) {
        entry.forcedAt = reader.time("forcedAt");
    }
    entry.elapsed = reader.duration("elapsedNs");
    entry.targets = reader.items("targets", targetFromJson);
    entry.ports = reader.items("ports", portFromJson);
    entry.actions = reader.items("actions", actionFromJson);
}

} // namespace

QJsonObject toJson(const AuditTarget &target)
{
    return {
        {key("pid"), target.id.pid},
        {key("startTicks"), number(target.id.startTicks)},
        {key("name"), text(target.name)},
        {key("arguments"), arrayOf(target.arguments, [](const std::string &argument) { return text(argument); })},
        {key("isCut"), target.isCut},
        {key("userId"), number(target.uid)},
        {key("role"), word(TargetRoleWords, target.role)},
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

QJsonObject toJson(const AuditPort &port)
{
    const auto remainsToJson = [](const Remains &remains) {
        return QJsonObject{{key("state"), word(SocketStateWords, remains.state)},
                           {key("count"), number(remains.count)}};
    };
    return {
        {key("protocol"), word(ProtocolWords, port.protocol)},
        {key("address"), text(toString(port.address))},
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
        {key("key"), text(action.key)}, {key("subject"), text(action.subject)}, {key("error"), toJson(action.error)}};
}

std::string auditTimeText(std::chrono::nanoseconds realTime)
{
    const std::chrono::sys_time<std::chrono::milliseconds> at(std::chrono::floor<std::chrono::milliseconds>(realTime));
    return std::format("{:%FT%TZ}", at); // neither the locale nor the time zone of the user takes part
}

std::optional<std::chrono::nanoseconds> auditTimeFromText(std::string_view text)
{
    constexpr std::string_view Shape = "dddd-dd-ddTdd:dd:dd.dddZ";
    const auto fits = [](char letter, char shape) {
        return shape == 'd' ? letter >= '0' && letter <= '9' : letter == shape;
    };
    if (!std::ranges::equal(text, Shape, fits)) {
        return std::nullopt;
    }
    const auto part = [text](std::size_t begin, std::size_t count) {
        return numberFromText<unsigned>(text.substr(begin, count)).value_or(0);
    };
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(part(0, 4))),
                                           std::chrono::month(part(5, 2)), std::chrono::day(part(8, 2)));
    const auto hours = part(11, 2);
    const auto minutes = part(14, 2);
    const auto seconds = part(17, 2);
    constexpr std::chrono::year First(1970);
    constexpr std::chrono::year Last(2200); // nanoseconds have no room for much later ones
    if (!date.ok() || date.year() < First || date.year() > Last || hours > 23 || minutes > 59 || seconds > 59) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hours) + std::chrono::minutes(minutes)
        + std::chrono::seconds(seconds) + std::chrono::milliseconds(part(20, 3));
}

std::string lineFrom(const AuditRecord &record)
{
    QJsonObject object = record.kind == AuditRecordKind::Forced ? QJsonObject() : entryToJson(record.entry);
    object.insert(key("schema"), SchemaVersion);
    object.insert(key("record"), word(RecordKindWords, record.kind));
    object.insert(key("id"), text(record.entry.id));
    object.insert(key("at"), time(record.at));
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

std::optional<AuditRecord> recordFromLine(std::string_view line)
{
    QJsonParseError error;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), static_cast<qsizetype>(line.size())), &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        return std::nullopt;
    }
    ObjectReader reader{QJsonValue(document.object())};
    if (reader.number<int>("schema") != SchemaVersion) {
        return std::nullopt;
    }
    AuditRecord record{.kind = reader.word("record", RecordKindWords), .at = reader.time("at"), .entry = {}};
    record.entry.id = reader.text("id");
    if (record.kind != AuditRecordKind::Forced) {
        readEntry(reader, record.entry);
    }
    if (record.kind == AuditRecordKind::Ended) {
        record.entry.state = AuditState::Ended;
    }
    return record.entry.id.empty() ? std::nullopt : reader.result(std::move(record));
}

} // namespace Quay
