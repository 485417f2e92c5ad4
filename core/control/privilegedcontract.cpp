// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedcontract.h"

#include "core/base/error.h"
#include "core/base/errorwords.h"
#include "core/base/result.h"
#include "core/base/words.h"
#include "core/processes/processid.h"

#include <QByteArray>
#include <QLatin1StringView>
#include <QMetaType>
#include <QString>
#include <QVariant>
#include <QVariantList>
#include <QVariantMap>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::array AllowedSignals{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGKILL, SIGUSR1, SIGUSR2, SIGWINCH};
constexpr pid_t FirstOrdinaryPid = 2;

constexpr QLatin1StringView SignalKey("signal");
constexpr QLatin1StringView TargetsKey("targets");
constexpr QLatin1StringView PidKey("pid");
constexpr QLatin1StringView StartTicksKey("startTicks");
constexpr QLatin1StringView SerialKey("serial");
constexpr QLatin1StringView ResultsKey("results");
constexpr QLatin1StringView CodeKey("code");
constexpr QLatin1StringView SubjectKey("subject");
constexpr QLatin1StringView ErrnoKey("errno");
constexpr QLatin1StringView SocketsKey("sockets");
constexpr QLatin1StringView HoldersKey("holders");
constexpr QLatin1StringView InodeKey("inode");
constexpr QLatin1StringView FdKey("fd");

std::string nameOf(QLatin1StringView key)
{
    return {key.data(), static_cast<std::size_t>(key.size())};
}

/// Reads one map, key by key. The first fault is kept; what is read after it means nothing.
class FieldReader
{
public:
    explicit FieldReader(const QVariant &value)
    {
        if (value.typeId() == QMetaType::QVariantMap) {
            m_fields = value.toMap();
        } else {
            m_fault = "no map";
        }
    }

    /// Only of exactly this type: what merely converts to it was not packed by us.
    template<typename Value>
    [[nodiscard]] Value take(QLatin1StringView key)
    {
        if (const auto found = takeIfThere<Value>(key)) {
            return *found;
        }
        blame(key);
        return {};
    }

    template<typename Value>
    [[nodiscard]] std::optional<Value> takeIfThere(QLatin1StringView key)
    {
        const auto field = m_fields.constFind(QString(key));
        if (field == m_fields.cend()) {
            return std::nullopt;
        }
        if (field->metaType() != QMetaType::fromType<Value>()) {
            blame(key);
            return std::nullopt;
        }
        auto value = field->template value<Value>();
        m_fields.erase(field);
        return value;
    }

    /// Whether all was as it is to be, and nothing is left over.
    [[nodiscard]] Result<> finish() const
    {
        if (!m_fault.empty()) {
            return fail(ErrorCode::Malformed, m_fault);
        }
        if (!m_fields.isEmpty()) {
            return fail(ErrorCode::Malformed, m_fields.firstKey().toStdString());
        }
        return {};
    }

private:
    void blame(QLatin1StringView key)
    {
        if (m_fault.empty()) {
            m_fault = nameOf(key);
        }
    }

    QVariantMap m_fields;
    std::string m_fault;
};

ProcessId takeProcess(FieldReader &fields)
{
    const auto pid = fields.take<int>(PidKey);
    const auto startTicks = fields.take<qulonglong>(StartTicksKey);
    return {.pid = pid, .startTicks = startTicks};
}

Result<> checkCount(qsizetype count, std::size_t most, QLatin1StringView key)
{
    if (count == 0 || static_cast<std::size_t>(count) > most) {
        return fail(ErrorCode::Invalid, nameOf(key));
    }
    return {};
}

Result<SignalTarget> targetFrom(const QVariant &value)
{
    FieldReader fields(value);
    SignalTarget target{.process = takeProcess(fields), .serial = fields.takeIfThere<qulonglong>(SerialKey)};
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    if (target.process.pid < FirstOrdinaryPid) {
        return fail(ErrorCode::Invalid, nameOf(PidKey));
    }
    return target;
}

Result<Error> readError(const QVariant &value)
{
    FieldReader fields(value);
    const auto code = valueFor(ErrorCodeWords, fields.take<QString>(CodeKey).toStdString());
    Error error{.code = code.value_or(ErrorCode::Malformed),
                .subject = fields.take<QByteArray>(SubjectKey).toStdString(),
                .sysErrno = fields.take<int>(ErrnoKey)};
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    if (!code) {
        return fail(ErrorCode::Malformed, nameOf(CodeKey));
    }
    return error;
}

/// What became of a target; or why it cannot be told.
Result<Result<>> resultFrom(const QVariant &value)
{
    if (value.typeId() == QMetaType::QVariantMap && value.toMap().isEmpty()) {
        return Result<>();
    }
    return readError(value).transform([](Error error) { return Result<>(std::unexpected(std::move(error))); });
}

} // namespace

bool isAllowedSignal(int signal)
{
    return std::ranges::contains(AllowedSignals, signal);
}

QVariantMap toArguments(const SignalRequest &request)
{
    QVariantList targets;
    for (const auto &target : request.targets) {
        QVariantMap fields{{PidKey, target.process.pid}, {StartTicksKey, qulonglong{target.process.startTicks}}};
        if (target.serial) {
            fields.insert(SerialKey, qulonglong{*target.serial});
        }
        targets << fields;
    }
    return {{SignalKey, request.signal}, {TargetsKey, targets}};
}

Result<SignalRequest> signalRequestFrom(const QVariantMap &arguments)
{
    FieldReader fields(arguments);
    SignalRequest request{.signal = fields.take<int>(SignalKey), .targets = {}};
    const auto targets = fields.take<QVariantList>(TargetsKey);
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    if (!isAllowedSignal(request.signal)) {
        return fail(ErrorCode::Invalid, nameOf(SignalKey));
    }
    if (const auto counted = checkCount(targets.size(), MostSignalTargets, TargetsKey); !counted) {
        return std::unexpected(counted.error());
    }
    for (const auto &value : targets) {
        auto target = targetFrom(value);
        if (!target) {
            return std::unexpected(std::move(target).error());
        }
        request.targets.push_back(*target);
    }
    return request;
}

QVariantMap toReply(const Error &error)
{
    const auto code = wordFor(ErrorCodeWords, error.code);
    return {{CodeKey, QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()))},
            {SubjectKey, QByteArray::fromStdString(error.subject)},
            {ErrnoKey, error.sysErrno}};
}

Error errorFromReply(const QVariantMap &reply)
{
    auto error = readError(reply);
    return error ? *std::move(error) : std::move(error).error();
}

QVariantMap toReply(const SignalAnswer &answer)
{
    QVariantList results;
    for (const auto &result : answer) {
        results << (result ? QVariantMap() : toReply(result.error()));
    }
    return {{ResultsKey, results}};
}

Result<SignalAnswer> signalAnswerFrom(const QVariantMap &reply, std::size_t count)
{
    FieldReader fields(reply);
    const auto results = fields.take<QVariantList>(ResultsKey);
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    if (static_cast<std::size_t>(results.size()) != count) {
        return fail(ErrorCode::Malformed, nameOf(ResultsKey));
    }
    SignalAnswer answer;
    for (const auto &value : results) {
        auto result = resultFrom(value);
        if (!result) {
            return std::unexpected(std::move(result).error());
        }
        answer.push_back(*std::move(result));
    }
    return answer;
}

QVariantMap toArguments(const InspectRequest &request)
{
    QVariantList sockets;
    for (const auto inode : request.inodes) {
        sockets << qulonglong{inode};
    }
    return {{SocketsKey, sockets}};
}

Result<InspectRequest> inspectRequestFrom(const QVariantMap &arguments)
{
    FieldReader fields(arguments);
    const auto sockets = fields.take<QVariantList>(SocketsKey);
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    if (const auto counted = checkCount(sockets.size(), MostInspectedSockets, SocketsKey); !counted) {
        return std::unexpected(counted.error());
    }
    InspectRequest request;
    for (const auto &value : sockets) {
        if (value.typeId() != QMetaType::ULongLong) {
            return fail(ErrorCode::Malformed, nameOf(SocketsKey));
        }
        request.inodes.push_back(value.toULongLong());
        if (request.inodes.back() == 0) {
            return fail(ErrorCode::Invalid, nameOf(SocketsKey));
        }
    }
    return request;
}

QVariantMap toReply(const InspectAnswer &answer)
{
    QVariantList holders;
    for (const auto &holder : answer) {
        holders << QVariantMap{{InodeKey, qulonglong{holder.inode}},
                               {PidKey, holder.process.pid},
                               {StartTicksKey, qulonglong{holder.process.startTicks}},
                               {FdKey, holder.fd}};
    }
    return {{HoldersKey, holders}};
}

Result<InspectAnswer> inspectAnswerFrom(const QVariantMap &reply)
{
    FieldReader fields(reply);
    const auto holders = fields.take<QVariantList>(HoldersKey);
    if (const auto read = fields.finish(); !read) {
        return std::unexpected(read.error());
    }
    InspectAnswer answer;
    for (const auto &value : holders) {
        FieldReader holder(value);
        const auto inode = holder.take<qulonglong>(InodeKey);
        const auto process = takeProcess(holder);
        answer.push_back({.inode = inode, .process = process, .fd = holder.take<int>(FdKey)});
        if (const auto read = holder.finish(); !read) {
            return std::unexpected(read.error());
        }
    }
    return answer;
}

} // namespace Quay
