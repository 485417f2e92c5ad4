// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/importjson.h"

#include "app/cli/listenerjson.h"

#include <QJsonArray>

namespace Quay {

namespace {

QJsonObject toJson(const ImportLoss &loss)
{
    return {
        {QStringLiteral("reason"), jsonText(wordFor(LossReasonWords, loss.reason))},
        {QStringLiteral("file"), jsonText(loss.file)},
        {QStringLiteral("line"), loss.line > 0 ? QJsonValue(loss.line) : QJsonValue()},
        {QStringLiteral("key"), jsonText(loss.key)},
        {QStringLiteral("detail"), loss.detail.empty() ? QJsonValue() : jsonText(loss.detail)},
    };
}

} // namespace

QJsonObject importJson(ImportKind kind, const ImportedServers &imported, const std::string &text)
{
    QJsonArray servers;
    for (const auto &server : imported.file.servers) {
        servers.append(jsonText(server.name));
    }
    QJsonArray losses;
    for (const auto &loss : imported.losses) {
        losses.append(toJson(loss));
    }
    return {
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("from"), jsonText(wordFor(ImportKindWords, kind))},
        {QStringLiteral("file"), jsonText(imported.file.path)},
        {QStringLiteral("servers"), servers},
        {QStringLiteral("lost"), losses},
        {QStringLiteral("yaml"), QString::fromStdString(text)},
    };
}

} // namespace Quay
