// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logservers.h"

#include "app/cli/command.h"
#include "app/cli/serverfile.h"
#include "core/servers/configpath.h"
#include "core/servers/variables.h"

#include <algorithm>

#include <unistd.h>

namespace Quay {

bool LogServer::hasLog() const
{
    return ::access(places.log().c_str(), F_OK) == 0;
}

std::expected<std::vector<LogServer>, ExitCode> findLogServers(CommandContext &context, const std::string &file,
                                                               const std::vector<std::string> &names)
{
    const auto config = findServers(context, file, ownVariables());
    if (!config) {
        return std::unexpected(ExitCode::NothingThere);
    }
    const auto allPlaces = serversPlaces();
    if (!allPlaces) {
        return std::unexpected(complainAbout(context, allPlaces.error()));
    }
    const std::string project = directoryOf(config->file.path);
    auto known = config->file.servers;
    for (auto &server : listServers(*allPlaces)) {
        if (server.project == project && !std::ranges::contains(known, server.name, &ServerSpec::name)) {
            known.push_back({.name = server.name});
        }
    }
    if (known.empty() && !config->mistakes.empty()) {
        tellMistakes(context, config->mistakes);
        return std::unexpected(ExitCode::Usage);
    }
    const auto chosen = names.empty() ? std::optional(known) : chosenServers(context, known, names);
    if (!chosen) {
        return std::unexpected(ExitCode::Usage);
    }
    std::vector<LogServer> servers;
    for (const auto &spec : *chosen) {
        servers.push_back({.spec = spec, .places = allPlaces->of({.project = project, .name = spec.name})});
    }
    return servers;
}

} // namespace Quay
