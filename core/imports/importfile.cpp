// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/importfile.h"

#include "core/base/readfile.h"
#include "core/imports/composefile.h"
#include "core/imports/packagescripts.h"
#include "core/imports/processcompose.h"
#include "core/imports/procfile.h"
#include "core/imports/supervisord.h"
#include "core/servers/configpath.h"
#include "core/servers/configwriter.h"
#include "core/servers/envfile.h"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

bool isThere(const std::string &path)
{
    return ::access(path.c_str(), F_OK) == 0;
}

bool isYamlName(std::string_view name)
{
    return name.ends_with(".yaml") || name.ends_with(".yml");
}

ImportedServers unreadable(const ImportSource &source, const Error &error)
{
    ImportedServers imported;
    const bool isTooLarge = error.sysErrno == EFBIG;
    imported.mistakes.push_back(
        {.code = isTooLarge ? MistakeCode::TooLarge : MistakeCode::NotReadable,
         .file = source.path,
         .position = {},
         .path = {},
         .found = isTooLarge ? std::string() : std::generic_category().message(error.sysErrno),
         .allowed = isTooLarge ? std::vector{std::to_string(MostYamlBytes)} : std::vector<std::string>()});
    return imported;
}

/// `.env` beside it says where its ports begin; `.foreman` would say more.
ImportedServers readProcfile(std::string_view text, const ImportSource &source)
{
    const std::string directory = directoryOf(source.path);
    ImportSource own{.path = source.path, .variables = {}};
    EnvFile env;
    if (isThere(directory + "/.env")) {
        env = readEnvFile(directory + "/.env");
        if (const auto port = env.variables.find("PORT"); port != env.variables.end()) {
            own.variables.insert(*port);
        }
    }
    ImportedServers imported = importProcfile(text, own);
    imported.mistakes.insert(imported.mistakes.end(), env.mistakes.begin(), env.mistakes.end());
    for (const char *const name : {".foreman", ".overmind.env"}) {
        if (isThere(directory + '/' + name)) {
            imported.losses.push_back(
                {.reason = LossReason::FileNotRead, .file = source.path, .line = 0, .key = {}, .detail = name});
        }
    }
    return imported;
}

ImportedServers readProcessCompose(YamlDocument document, const ImportSource &source, YamlParser &parser)
{
    const auto dot = source.path.rfind('.');
    const std::string above = source.path.substr(0, dot) + ".override" + source.path.substr(dot);
    if (isThere(above)) {
        YamlDocument second = readYamlFile(above, parser);
        for (auto &mistake : second.mistakes) {
            mistake.file = above;
        }
        document = overridden(std::move(document), second);
    }
    return importProcessCompose(document, source);
}

} // namespace

std::optional<ImportKind> importKindOf(const std::string &path)
{
    const std::string name = fileNameOf(path);
    if (name == "Procfile" || name.starts_with("Procfile.")) {
        return ImportKind::Procfile;
    }
    if (name == "package.json") {
        return ImportKind::PackageJson;
    }
    if (name.starts_with("supervisor") && (name.ends_with(".conf") || name.ends_with(".ini"))) {
        return ImportKind::Supervisord;
    }
    if (name.starts_with("process-compose") && isYamlName(name)) {
        return ImportKind::ProcessCompose;
    }
    const bool isCompose = name.starts_with("compose.") || name.starts_with("docker-compose");
    return isCompose && isYamlName(name) ? std::optional(ImportKind::Compose) : std::nullopt;
}

ImportedServers importFile(ImportKind kind, const ImportSource &source, YamlParser &parser)
{
    const auto text = readFile(source.path, MostYamlBytes);
    if (!text) {
        return unreadable(source, text.error());
    }
    switch (kind) {
    case ImportKind::Procfile:
        return readProcfile(*text, source);
    case ImportKind::Supervisord:
        return importSupervisord(*text, source);
    case ImportKind::PackageJson:
        return importPackageScripts(*text, source, packageManagerIn(directoryOf(source.path)));
    case ImportKind::ProcessCompose:
    case ImportKind::Compose:
        break;
    }
    YamlDocument document = parser.parse(*text);
    const bool isProcesses = kind == ImportKind::ProcessCompose || document.root.find("processes") != nullptr;
    return isProcesses ? readProcessCompose(std::move(document), source, parser) : importCompose(document, source);
}

ServerConfig importedConfig(const ImportedServers &imported, const VariableMap &variables, YamlParser &parser)
{
    if (!imported.mistakes.empty()) {
        return {.file = imported.file, .mistakes = imported.mistakes};
    }
    const std::string directory = directoryOf(imported.file.path);
    const std::string text = configText(imported.file, directory, Dollars::References);
    ServerConfig config = readServerConfig(
        parser.parse(text), {.path = imported.file.path, .directory = directory, .variables = variables});
    for (auto &mistake : config.mistakes) { // the lines are of our text
        mistake.position = {};
        mistake.related.reset();
    }
    return config;
}

ServerConfig readServersOf(const std::string &path, const VariableMap &variables, YamlParser &parser)
{
    const auto kind = importKindOf(path);
    return kind ? importedConfig(importFile(*kind, {.path = path, .variables = variables}, parser), variables, parser)
                : readServerConfigFile(path, parser, variables);
}

} // namespace Quay
