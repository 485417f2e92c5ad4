// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/keptproject.h"

#include "core/base/errorwords.h"
#include "core/base/makedirectories.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/writefile.h"
#include "core/kernel/directory.h"
#include "core/service/jsonmembers.h"
#include "core/service/servicewords.h"
#include "core/supervise/serverkey.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t MostBytes = std::size_t{16} << 20U;

/// Any bytes, one character for each: variables and paths need not be UTF-8.
QString bytesOf(std::string_view bytes)
{
    return QString::fromLatin1(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string bytesFrom(const QString &text)
{
    return text.toLatin1().toStdString();
}

std::string pathOf(const std::string &directory, const std::string &file)
{
    return directory + '/' + serverKey({.project = file, .name = "project"});
}

QJsonObject toJson(const StateReason &reason)
{
    QJsonObject json{{QStringLiteral("cause"), bytesOf(wordFor(StateCauseWords, reason.cause))},
                     {QStringLiteral("subject"), bytesOf(reason.subject)},
                     {QStringLiteral("detail"), bytesOf(reason.detail)},
                     {QStringLiteral("count"), reason.count}};
    if (reason.exit) {
        QJsonObject exit{{QStringLiteral("signal"), reason.exit->signal},
                         {QStringLiteral("dumpedCore"), reason.exit->dumpedCore}};
        if (reason.exit->code) {
            exit.insert(QStringLiteral("code"), *reason.exit->code);
        }
        json.insert(QStringLiteral("exit"), exit);
    }
    if (reason.error) {
        json.insert(QStringLiteral("error"),
                    QJsonObject{{QStringLiteral("code"), bytesOf(wordFor(ErrorCodeWords, reason.error->code))},
                                {QStringLiteral("subject"), bytesOf(reason.error->subject)},
                                {QStringLiteral("errno"), reason.error->sysErrno}});
    }
    if (reason.pause) {
        json.insert(QStringLiteral("pauseMs"), static_cast<qint64>(reason.pause->count()));
    }
    return json;
}

StateReason reasonFrom(const Members &json)
{
    StateReason reason{.cause = json.word("cause", StateCauseWords).value_or(StateCause::Nothing),
                       .subject = bytesFrom(json["subject"].toString()),
                       .detail = bytesFrom(json["detail"].toString()),
                       .exit = {},
                       .error = {},
                       .pause = json.duration<std::chrono::milliseconds>("pauseMs"),
                       .count = json.number<int>("count").value_or(0)};
    if (const Members exit(json["exit"]); !exit.isEmpty()) {
        reason.exit = ExitStatus{.code = exit.number<int>("code"),
                                 .signal = exit.number<int>("signal").value_or(0),
                                 .dumpedCore = exit.flag("dumpedCore")};
    }
    const Members error(json["error"]);
    if (const auto code = error.word("code", ErrorCodeWords)) {
        reason.error = Error{.code = *code,
                             .subject = bytesFrom(error["subject"].toString()),
                             .sysErrno = error.number<int>("errno").value_or(0)};
    }
    return reason;
}

QJsonObject toJson(const KnownServer &server)
{
    QJsonObject json{{QStringLiteral("wanted"), server.isWanted},
                     {QStringLiteral("run"), bytesOf(server.run)},
                     {QStringLiteral("ready"), server.wasReady}};
    if (server.readyAfter) {
        json.insert(QStringLiteral("readyAfterNs"), static_cast<qint64>(server.readyAfter->count()));
    }
    QJsonArray exits;
    for (const auto exit : server.restarts.exits) {
        exits.append(static_cast<qint64>(exit.count()));
    }
    json.insert(QStringLiteral("exitsNs"), exits);
    json.insert(QStringLiteral("state"), bytesOf(wordFor(ServerStateWords, server.state)));
    json.insert(QStringLiteral("reason"), toJson(server.reason));
    json.insert(QStringLiteral("sinceNs"), static_cast<qint64>(server.since.count()));
    json.insert(QStringLiteral("pauseMs"), static_cast<qint64>(server.restarts.pause.count()));
    return json;
}

RestartMemory restartsFrom(const Members &json)
{
    RestartMemory restarts{
        .exits = {},
        .pause = json.duration<std::chrono::milliseconds>("pauseMs").value_or(std::chrono::milliseconds(0))};
    for (const auto &exit : json["exitsNs"].toArray()) {
        restarts.exits.emplace_back(exit.toInteger());
    }
    return restarts;
}

} // namespace

std::string toText(const KeptProject &project)
{
    QJsonObject environment;
    for (const auto &[name, value] : project.environment) {
        environment.insert(bytesOf(name), bytesOf(value));
    }
    QJsonObject servers;
    for (const auto &[name, server] : project.servers) {
        servers.insert(bytesOf(name), toJson(server));
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("boot"), bytesOf(project.bootId)},
                                     {QStringLiteral("file"), bytesOf(project.file)},
                                     {QStringLiteral("text"), bytesOf(project.text)},
                                     {QStringLiteral("environment"), environment},
                                     {QStringLiteral("servers"), servers}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

Result<KeptProject> keptProjectFrom(std::string_view text)
{
    const auto document = QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    const Members json(document.object());
    KeptProject project{.bootId = bytesFrom(json["boot"].toString()),
                        .file = bytesFrom(json["file"].toString()),
                        .text = bytesFrom(json["text"].toString()),
                        .environment = {},
                        .servers = {}};
    if (project.file.empty() || project.text.empty()) {
        return fail(ErrorCode::Malformed, "project");
    }
    const QJsonObject environment = json["environment"].toObject();
    for (auto entry = environment.begin(); entry != environment.end(); ++entry) {
        project.environment.emplace(bytesFrom(entry.key()), bytesFrom(entry.value().toString()));
    }
    const QJsonObject servers = json["servers"].toObject();
    for (auto entry = servers.begin(); entry != servers.end(); ++entry) {
        const Members server(entry.value());
        project.servers.emplace(
            bytesFrom(entry.key()),
            KnownServer{
                .isWanted = server.flag("wanted"),
                .run = bytesFrom(server["run"].toString()),
                .wasReady = server.flag("ready"),
                .readyAfter = server.duration<std::chrono::nanoseconds>("readyAfterNs"),
                .restarts = restartsFrom(server),
                .state = server.word("state", ServerStateWords).value_or(ServerState::Stopped),
                .reason = reasonFrom(Members(server["reason"])),
                .since = server.duration<std::chrono::nanoseconds>("sinceNs").value_or(std::chrono::nanoseconds(0))});
    }
    return project;
}

Result<> keepProject(const std::string &directory, const KeptProject &project)
{
    const std::string path = pathOf(directory, project.file);
    return makeDirectoriesOf(path).and_then([&] { return replaceFile(path, toText(project), Survives::Writer); });
}

void forgetProject(const std::string &directory, const std::string &file)
{
    ::unlink(pathOf(directory, file).c_str());
}

std::vector<KeptProject> keptProjects(const std::string &directory, const std::string &bootId)
{
    std::vector<KeptProject> projects;
    const auto opened = openDirectoryAt(AT_FDCWD, directory);
    if (!opened) {
        return projects; // nothing was kept yet
    }
    std::vector<std::string> useless;
    DirectoryReader reader(opened->get(), directory);
    for (auto entry = reader.next(); entry && *entry; entry = reader.next()) {
        const std::string path = directory + '/' + (*entry)->name;
        auto project = readFile(path, MostBytes).and_then(keptProjectFrom);
        if (project && project->bootId == bootId) {
            projects.push_back(*std::move(project));
        } else {
            useless.push_back(path);
        }
    }
    for (const auto &path : useless) {
        ::unlink(path.c_str());
    }
    return projects;
}

} // namespace Quay
