// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentmessage.h"

#include "core/base/errorwords.h"
#include "core/base/result.h"
#include "core/base/utf8.h"
#include "core/service/jsonmembers.h"
#include "core/service/serverstatusjson.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace Quay {

namespace {

QString textOf(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

Result<QJsonObject> objectFrom(std::string_view line)
{
    const auto document = QJsonDocument::fromJson(QByteArray(line.data(), static_cast<qsizetype>(line.size())));
    if (!document.isObject()) {
        return fail(ErrorCode::Malformed, "message");
    }
    return document.object();
}

QJsonObject environmentJson(const VariableMap &environment)
{
    QJsonObject json;
    for (const auto &[name, value] : environment) {
        if (!firstInvalidUtf8(name) && !firstInvalidUtf8(value)) {
            json.insert(textOf(name), textOf(value));
        }
    }
    return json;
}

VariableMap environmentFrom(const QJsonObject &json)
{
    VariableMap environment;
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
        environment.emplace(entry.key().toStdString(), entry.value().toString().toStdString());
    }
    return environment;
}

AgentReply replyFrom(const Members &json)
{
    AgentReply reply{.id = json.number<std::uint64_t>("id").value_or(0), .error = {}, .servers = {}};
    const Members error(json["error"]);
    if (!error.isEmpty()) {
        reply.error = Error{.code = error.word("code", ErrorCodeWords).value_or(ErrorCode::Io),
                            .subject = error.text("subject"),
                            .sysErrno = error.number<int>("errno").value_or(0)};
    }
    for (const auto &item : json["servers"].toArray()) {
        if (auto server = serverStatusFrom(item.toObject())) {
            reply.servers.push_back(*std::move(server));
        }
    }
    return reply;
}

} // namespace

std::string toText(const AgentRequest &request)
{
    QJsonArray names;
    for (const auto &name : request.names) {
        names.append(textOf(name));
    }
    const auto *const verb = std::ranges::find(AgentVerbs, request.verb, &AgentVerbDescription::verb);
    QJsonObject json{{QStringLiteral("verb"), textOf(verb->word)},
                     {QStringLiteral("id"), static_cast<qint64>(request.id)},
                     {QStringLiteral("file"), textOf(request.file)},
                     {QStringLiteral("names"), names},
                     {QStringLiteral("force"), request.isForced}};
    if (request.environment) {
        json.insert(QStringLiteral("environment"), environmentJson(*request.environment));
    }
    return lineOf(json);
}

std::string toText(const AgentMessage &message)
{
    if (const auto *const news = std::get_if<AgentNews>(&message)) {
        return lineOf({{QStringLiteral("server"), toJson(news->server)}});
    }
    const auto &reply = std::get<AgentReply>(message);
    QJsonArray servers;
    for (const auto &server : reply.servers) {
        servers.append(toJson(server));
    }
    QJsonObject json{{QStringLiteral("id"), static_cast<qint64>(reply.id)}, {QStringLiteral("servers"), servers}};
    if (reply.error) {
        const auto code = wordFor(ErrorCodeWords, reply.error->code);
        json.insert(QStringLiteral("error"),
                    QJsonObject{{QStringLiteral("code"), textOf(code)},
                                {QStringLiteral("subject"), textOf(reply.error->subject)},
                                {QStringLiteral("errno"), reply.error->sysErrno}});
    }
    return lineOf(json);
}

Result<AgentRequest> agentRequestFrom(std::string_view line)
{
    const auto object = objectFrom(line);
    if (!object) {
        return std::unexpected(object.error());
    }
    const Members json(*object);
    const auto *const verb = std::ranges::find(AgentVerbs, json.text("verb"), &AgentVerbDescription::word);
    if (verb == AgentVerbs.end()) {
        return fail(ErrorCode::Malformed, "verb");
    }
    AgentRequest request{.verb = verb->verb,
                         .id = json.number<std::uint64_t>("id").value_or(0),
                         .file = json.text("file"),
                         .names = {},
                         .isForced = json.flag("force"),
                         .environment = {}};
    for (const auto &name : json["names"].toArray()) {
        request.names.push_back(name.toString().toStdString());
    }
    if (json["environment"].isObject()) {
        request.environment = environmentFrom(json["environment"].toObject());
    }
    return request;
}

Result<AgentMessage> agentMessageFrom(std::string_view line)
{
    const auto object = objectFrom(line);
    if (!object) {
        return std::unexpected(object.error());
    }
    const Members json(*object);
    if (json["server"].isObject()) {
        auto server = serverStatusFrom(json["server"].toObject());
        return server ? Result<AgentMessage>(AgentNews{.server = *std::move(server)})
                      : fail(ErrorCode::Malformed, "server");
    }
    return json["id"].isDouble() ? Result<AgentMessage>(replyFrom(json)) : fail(ErrorCode::Malformed, "message");
}

} // namespace Quay
