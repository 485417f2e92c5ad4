// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverfile.h"

#include "app/cli/command.h"
#include "app/shared/configtext.h"
#include "app/shared/format.h"
#include "core/base/nearestword.h"
#include "core/imports/importfile.h"
#include "core/servers/configpath.h"
#include "core/servers/lazyyaml.h"

#include <QCoreApplication>

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include <unistd.h>

namespace Quay {

namespace {

struct ServerFileTexts
{
    Q_DECLARE_TR_FUNCTIONS(ServerFile)
};

std::string currentDirectory()
{
    std::error_code failure;
    return std::filesystem::current_path(failure).string();
}

bool isMeant(const ServerSpec &server, const std::vector<std::string> &names)
{
    if (names.empty()) {
        return server.startsWithAll;
    }
    const auto isNamed = [&names](const std::string &name) { return std::ranges::contains(names, name); };
    return isNamed(server.name) || std::ranges::any_of(server.groups, isNamed);
}

} // namespace

std::string usualServerFile()
{
    std::string path = findConfigFile(currentDirectory());
    if (path.empty()) {
        path = userServersFile().value_or(std::string());
        path = ::access(path.c_str(), F_OK) == 0 ? path : std::string();
    }
    return path;
}

std::string serverFilePath(const std::string &file)
{
    return resolvedPath(file, currentDirectory(), {});
}

std::optional<ServerConfig> findServers(CommandContext &context, const std::string &file, const VariableMap &variables)
{
    const std::string path = file.empty() ? usualServerFile() : serverFilePath(file);
    if (path.empty()) {
        complain(context,
                 ServerFileTexts::tr("There is no quaymaster.yaml here or above. 'quay import FILE' makes one of "
                                     "a Procfile, compose.yaml and the like; -f names another file."));
        return std::nullopt;
    }
    LazyYaml yaml;
    return readServersOf(path, variables, yaml);
}

void tellMistakes(CommandContext &context, const std::vector<ConfigMistake> &mistakes)
{
    for (const auto &mistake : mistakes) {
        std::ignore = context.err.writeLine(mistakeLine(mistake));
    }
}

std::optional<std::vector<ServerSpec>> chosenServers(CommandContext &context, const std::vector<ServerSpec> &servers,
                                                     const std::vector<std::string> &names)
{
    std::set<std::string> known;
    for (const auto &server : servers) {
        known.insert(server.name);
        known.insert(server.groups.begin(), server.groups.end());
    }
    for (const auto &name : names) {
        if (known.contains(name)) {
            continue;
        }
        const std::vector<std::string> words(known.begin(), known.end());
        const auto nearest = nearestWord(name, words);
        complain(context,
                 nearest ? ServerFileTexts::tr("There is no server '%1'. Did you mean '%2'?")
                               .arg(shownText(name), shownText(*nearest))
                         : ServerFileTexts::tr("There is no server '%1'.").arg(shownText(name)));
        return std::nullopt;
    }
    std::vector<ServerSpec> chosen;
    std::ranges::copy_if(servers, std::back_inserter(chosen),
                         [&names](const ServerSpec &server) { return isMeant(server, names); });
    return chosen;
}

} // namespace Quay
