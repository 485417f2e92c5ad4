// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againstore.h"

#include "core/again/takenports.h"
#include "core/base/makedirectories.h"
#include "core/base/readfile.h"
#include "core/base/words.h"
#include "core/base/writefile.h"
#include "core/control/endingwords.h"
#include "core/kernel/filelock.h"
#include "core/kernel/protocolwords.h"
#include "core/kernel/userdirectories.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QLatin1StringView>
#include <QString>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int Schema = 1;
constexpr std::string_view Extension = ".json";

/// Texts are raw bytes, which JSON does not know.
QJsonValue bytesToJson(const std::string &bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

QJsonArray toJson(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const auto &text : texts) {
        array.append(bytesToJson(text));
    }
    return array;
}

QJsonObject toJson(const StartSpec &spec)
{
    return {{QStringLiteral("name"), bytesToJson(spec.name)},
            {QStringLiteral("executable"), bytesToJson(spec.executable)},
            {QStringLiteral("arguments"), toJson(spec.arguments)},
            {QStringLiteral("directory"), bytesToJson(spec.directory)},
            {QStringLiteral("environment"), toJson(spec.environment)}};
}

QJsonObject toJson(const ManagedService &service)
{
    const auto kind = wordFor(ReviverKindWords, service.kind);
    return {{QStringLiteral("kind"), QString::fromLatin1(kind.data(), static_cast<qsizetype>(kind.size()))},
            {QStringLiteral("name"), bytesToJson(service.name)},
            {QStringLiteral("parts"), toJson(service.parts)},
            {QStringLiteral("isOfUser"), service.isOfUser},
            {QStringLiteral("endpoint"), bytesToJson(service.endpoint)}};
}

QJsonObject toJson(const PortClaim &claim)
{
    const auto protocol = wordFor(ProtocolWords, claim.protocol);
    return {{QStringLiteral("protocol"), QString::fromLatin1(protocol.data(), static_cast<qsizetype>(protocol.size()))},
            {QStringLiteral("address"), QString::fromStdString(toString(claim.address))},
            {QStringLiteral("port"), claim.port},
            {QStringLiteral("v6Only"), claim.v6Only ? QJsonValue(*claim.v6Only) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("interface"), static_cast<qint64>(claim.interfaceIndex)}};
}

QJsonObject toJson(ProcessId process)
{
    return {{QStringLiteral("pid"), process.pid},
            {QStringLiteral("startTicks"), static_cast<qint64>(process.startTicks)}};
}

std::optional<std::string> bytesFrom(const QJsonValue &value)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!value.isString() || !decoded || decoded.decoded.contains('\0')) { // no text of a process can hold that
        return std::nullopt;
    }
    return decoded.decoded.toStdString();
}

std::optional<std::vector<std::string>> textsFrom(const QJsonValue &value)
{
    std::vector<std::string> texts;
    for (const auto &element : value.toArray()) {
        auto text = bytesFrom(element);
        if (!text) {
            return std::nullopt;
        }
        texts.push_back(*std::move(text));
    }
    return value.isArray() ? std::optional(texts) : std::nullopt;
}

QJsonValue member(const QJsonValue &object, const char *name)
{
    return object.toObject().value(QLatin1StringView(name));
}

std::optional<StartSpec> specFrom(const QJsonValue &value)
{
    auto name = bytesFrom(member(value, "name"));
    auto executable = bytesFrom(member(value, "executable"));
    auto arguments = textsFrom(member(value, "arguments"));
    auto directory = bytesFrom(member(value, "directory"));
    auto environment = textsFrom(member(value, "environment"));
    if (!name || !executable || !arguments || !directory || !environment || arguments->empty()
        || !executable->starts_with('/') || !directory->starts_with('/')) {
        return std::nullopt;
    }
    return StartSpec{.name = *std::move(name),
                     .executable = *std::move(executable),
                     .arguments = *std::move(arguments),
                     .directory = *std::move(directory),
                     .environment = *std::move(environment)};
}

std::optional<ManagedService> serviceFrom(const QJsonValue &value)
{
    const auto kind = valueFor(ReviverKindWords, member(value, "kind").toString().toStdString());
    auto name = bytesFrom(member(value, "name"));
    auto parts = textsFrom(member(value, "parts"));
    auto endpoint = bytesFrom(member(value, "endpoint"));
    if (!kind || *kind == ReviverKind::ProcessManager || !name || !parts || parts->empty() || !endpoint) {
        return std::nullopt;
    }
    return ManagedService{.kind = *kind,
                          .name = *std::move(name),
                          .parts = *std::move(parts),
                          .isOfUser = member(value, "isOfUser").toBool(),
                          .endpoint = *std::move(endpoint)};
}

std::optional<PortClaim> claimFrom(const QJsonValue &value)
{
    constexpr qint64 MostInterfaces = std::numeric_limits<std::uint32_t>::max();
    const auto protocol = valueFor(ProtocolWords, member(value, "protocol").toString().toStdString());
    const auto address = ipAddressFromText(member(value, "address").toString().toStdString());
    const auto port = member(value, "port").toInteger(-1);
    const auto interface = member(value, "interface").toInteger(-1);
    const auto v6Only = member(value, "v6Only");
    if (!protocol || !address || port < 0 || port > std::numeric_limits<std::uint16_t>::max() || interface < 0
        || interface > MostInterfaces) {
        return std::nullopt;
    }
    return PortClaim{.protocol = *protocol,
                     .address = *address,
                     .port = static_cast<std::uint16_t>(port),
                     .v6Only = v6Only.isBool() ? std::optional(v6Only.toBool()) : std::nullopt,
                     .interfaceIndex = static_cast<std::uint32_t>(interface)};
}

std::optional<ProcessId> processFrom(const QJsonValue &value)
{
    const auto pid = member(value, "pid").toInteger(-1);
    const auto startTicks = member(value, "startTicks").toInteger(-1);
    if (pid <= 0 || pid > std::numeric_limits<pid_t>::max() || startTicks < 0) {
        return std::nullopt;
    }
    return ProcessId{.pid = static_cast<pid_t>(pid), .startTicks = static_cast<std::uint64_t>(startTicks)};
}

template<typename Item>
bool readItems(const QJsonValue &array, std::optional<Item> (*read)(const QJsonValue &), std::vector<Item> &items)
{
    for (const auto &element : array.toArray()) {
        auto item = read(element);
        if (!item) {
            return false;
        }
        items.push_back(*std::move(item));
    }
    return array.isArray();
}

/// Ids of attempts are made of these alone; no other word becomes a part of a path.
bool isAttempt(std::string_view word)
{
    return !word.empty() && word.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
}

bool keepWithPorts(const EndingReport &report, EndedThings things)
{
    const auto directory = againDirectory();
    if (!directory || (things.processes.empty() && things.services.empty())) {
        return false;
    }
    things.ports = claimsOf(report);
    return AgainStore(*directory).keep(things).has_value();
}

} // namespace

Result<std::string> againDirectory()
{
    return userRuntimeDirectory().transform([](const std::string &directory) { return directory + "/again"; });
}

AgainStore::AgainStore(std::string directory)
    : m_directory(std::move(directory))
{
}

std::string AgainStore::pathOf(const std::string &attempt) const
{
    return m_directory + '/' + attempt + std::string(Extension);
}

Result<> AgainStore::keep(const EndedThings &things) const
{
    const std::string path = pathOf(things.attempt);
    const QByteArray bytes = toJson(things);
    if (std::cmp_greater(bytes.size(), MostKeptBytes)) {
        return fail(ErrorCode::Io, path, EFBIG);
    }
    const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    auto written = makeDirectoriesOf(path).and_then([&] { return replaceFile(path, text, Survives::Writer); });
    if (written) {
        forgetOldest();
    }
    return written;
}

Result<EndedThings> AgainStore::read(const std::string &attempt) const
{
    if (!isAttempt(attempt)) {
        return fail(ErrorCode::Gone, attempt);
    }
    const std::string path = pathOf(attempt);
    return readFile(path, MostKeptBytes).and_then(endedThingsFromJson).transform_error([&path](Error error) {
        error.subject = path;
        return error;
    });
}

bool AgainStore::claimStart(const EndedThings &things, std::optional<ProcessId> starter) const
{
    const auto lock = FileLock::await(lockPath());
    auto kept = lock ? read(things.attempt) : std::unexpected(lock.error());
    if (!kept) {
        return true;
    }
    if (kept->starts != things.starts) {
        return false;
    }
    ++kept->starts;
    // The lock is not held until all are started: a service may take minutes, and others would wait for it.
    kept->started.clear();
    if (starter) {
        kept->started.push_back(*starter);
    }
    std::ignore = keep(*kept);
    return true;
}

void AgainStore::noteStarted(const std::string &attempt, std::vector<ProcessId> started) const
{
    const auto lock = FileLock::await(lockPath());
    auto kept = lock ? read(attempt) : std::unexpected(lock.error());
    if (kept) {
        kept->started = std::move(started);
        std::ignore = keep(*kept);
    }
}

std::vector<std::string> AgainStore::attempts() const
{
    std::vector<std::string> attempts;
    std::error_code error; // there is no directory until something is kept
    for (std::filesystem::directory_iterator entry(m_directory, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto &path = entry->path();
        if (path.extension() == Extension && isAttempt(path.stem().string())) {
            attempts.push_back(path.stem().string());
        }
    }
    std::ranges::sort(attempts, std::greater{}); // they begin with their time, always in as many digits
    return attempts;
}

void AgainStore::forgetOldest() const
{
    const auto kept = attempts();
    for (std::size_t index = MostKept; index < kept.size(); ++index) {
        ::unlink(pathOf(kept[index]).c_str());
    }
}

bool keepWhatEnded(const EndingReport &report, const EndedThings &things)
{
    return std::ranges::all_of(report.targets, [](const TargetProgress &target) { return isGone(target.stage); })
        && keepWithPorts(report, things);
}

bool keepWhatWasStopped(const EndingReport &report, const std::string &attempt,
                        std::span<const ManagedService> services)
{
    return keepWithPorts(report, {.attempt = attempt, .services = {services.begin(), services.end()}});
}

QByteArray toJson(const EndedThings &things)
{
    QJsonArray processes;
    for (const auto &spec : things.processes) {
        processes.append(toJson(spec));
    }
    QJsonArray services;
    for (const auto &service : things.services) {
        services.append(toJson(service));
    }
    QJsonArray ports;
    for (const auto &claim : things.ports) {
        ports.append(toJson(claim));
    }
    QJsonArray started;
    for (const ProcessId process : things.started) {
        started.append(toJson(process));
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("schema"), Schema},
                                     {QStringLiteral("attempt"), bytesToJson(things.attempt)},
                                     {QStringLiteral("processes"), processes},
                                     {QStringLiteral("services"), services},
                                     {QStringLiteral("ports"), ports},
                                     {QStringLiteral("started"), started},
                                     {QStringLiteral("starts"), static_cast<qint64>(things.starts)}})
        .toJson(QJsonDocument::Compact);
}

Result<EndedThings> endedThingsFromJson(std::string_view bytes)
{
    const auto object = QJsonValue(
        QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size()))).object());
    auto attempt = bytesFrom(member(object, "attempt"));
    const qint64 starts = member(object, "starts").toInteger(-1);
    EndedThings things;
    if (member(object, "schema").toInt() != Schema || !attempt || !std::in_range<std::uint32_t>(starts)
        || !readItems(member(object, "processes"), specFrom, things.processes)
        || !readItems(member(object, "services"), serviceFrom, things.services)
        || !readItems(member(object, "ports"), claimFrom, things.ports)
        || !readItems(member(object, "started"), processFrom, things.started)) {
        return fail(ErrorCode::Malformed, "schema");
    }
    things.attempt = *std::move(attempt);
    things.starts = static_cast<std::uint32_t>(starts);
    return things;
}

} // namespace Quay
