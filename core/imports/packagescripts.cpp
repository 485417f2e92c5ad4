// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/packagescripts.h"

#include "core/servers/configpath.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <array>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::array<std::string_view, 7> ServerScripts{"dev",     "start", "serve",    "server",
                                                        "preview", "watch", "storybook"};

bool isServerScript(std::string_view name)
{
    return std::ranges::contains(ServerScripts, name.substr(0, name.find(':')));
}

/// `npm`, `pnpm`, `yarn` or `bun`, as `packageManager` of the file says: `pnpm@9.1.0`.
std::string managerOf(const QJsonObject &package, const std::string &manager)
{
    const std::string named =
        package.value(QStringLiteral("packageManager")).toString().section(u'@', 0, 0).toStdString();
    constexpr std::array<std::string_view, 4> Known{"npm", "pnpm", "yarn", "bun"};
    return std::ranges::contains(Known, std::string_view(named)) ? named : manager;
}

/// Which of the scripts is meant when none is named.
std::string mainScript(const QJsonObject &scripts)
{
    for (const auto &name : {QStringLiteral("dev"), QStringLiteral("start"), QStringLiteral("serve")}) {
        if (scripts.contains(name)) {
            return name.toStdString();
        }
    }
    return {};
}

} // namespace

std::string packageManagerIn(const std::string &directory)
{
    constexpr std::array Locks{std::pair{"pnpm-lock.yaml", "pnpm"}, std::pair{"yarn.lock", "yarn"},
                               std::pair{"bun.lockb", "bun"}, std::pair{"bun.lock", "bun"}};
    for (const auto &[file, manager] : Locks) {
        if (::access((directory + '/' + file).c_str(), F_OK) == 0) {
            return manager;
        }
    }
    return "npm";
}

ImportedServers importPackageScripts(std::string_view text, const ImportSource &source, const std::string &manager)
{
    ImportedServers imported;
    imported.file.path = source.path;
    const std::string directory = directoryOf(source.path);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())), &error);
    if (!document.isObject()) {
        const auto before = text.substr(0, static_cast<std::size_t>(std::max(error.offset, 0)));
        imported.mistakes.push_back(
            {.code = MistakeCode::Syntax,
             .file = source.path,
             .position = {.line = static_cast<int>(std::ranges::count(before, '\n')) + 1, .column = 0},
             .path = {},
             .found = error.error == QJsonParseError::NoError ? "no object" : error.errorString().toStdString()});
        return imported;
    }
    const QJsonObject package = document.object();
    imported.file.project = package.value(QStringLiteral("name")).toString().toStdString();
    if (imported.file.project.empty()) {
        imported.file.project = fileNameOf(directory);
    }
    const QJsonObject scripts = package.value(QStringLiteral("scripts")).toObject();
    const std::string main = mainScript(scripts);
    for (auto script = scripts.begin(); script != scripts.end(); ++script) {
        const std::string name = script.key().toStdString();
        const std::string key = "scripts." + name;
        if (!isServerScript(name) || !script.value().isString()) {
            imported.losses.push_back(
                {.reason = script.value().isString() ? LossReason::NotAServer : LossReason::NotUnderstood,
                 .file = source.path,
                 .line = 0,
                 .key = key,
                 .detail = {}});
            continue;
        }
        ServerSpec server{.name = allowedServerName(name)};
        if (server.name != name) {
            imported.losses.push_back(
                {.reason = LossReason::Renamed, .file = source.path, .line = 0, .key = key, .detail = server.name});
        }
        server.command.arguments = {managerOf(package, manager), "run", name};
        server.directory = directory;
        server.startsWithAll = name == main;
        imported.file.servers.push_back(std::move(server));
    }
    return imported;
}

} // namespace Quay
