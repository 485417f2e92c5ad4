// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/serverplaces.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/directory.h"
#include "core/kernel/userdirectories.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/serverkey.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr const char *Servers = "/servers";

/// Of the user's session, as systemd and elogind make it, where the environment does not tell: after `su`, in cron.
std::string sessionDirectory()
{
    std::string directory = "/run/user/" + std::to_string(::geteuid());
    struct stat status = {};
    const bool isOurs = ::stat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == ::geteuid() && (status.st_mode & 077U) == 0;
    return isOurs ? directory + "/quaymaster" : std::string();
}

} // namespace

ServerPlaces ServersPlaces::of(const ServerIdentity &server) const
{
    const std::string key = serverKey(server);
    return {.runtimeDirectory = runtimeDirectory + '/' + key, .stateDirectory = stateDirectory + '/' + key};
}

Result<ServersPlaces> serversPlaces()
{
    const auto state = userStateDirectory();
    if (!state) {
        return std::unexpected(state.error());
    }
    std::string runtime = userRuntimeDirectory().value_or(sessionDirectory());
    if (runtime.empty()) {
        runtime = *state + "/run";
    }
    return ServersPlaces{.runtimeDirectory = runtime + Servers, .stateDirectory = *state + Servers};
}

std::vector<ServerIdentity> listServers(const ServersPlaces &places)
{
    std::vector<ServerIdentity> servers;
    const auto directory = openDirectoryAt(AT_FDCWD, places.runtimeDirectory);
    if (!directory) {
        return servers; // there is none until a server is started
    }
    DirectoryReader reader(directory->get(), places.runtimeDirectory);
    for (;;) {
        const auto entry = reader.next();
        if (!entry || !*entry) {
            break;
        }
        const std::string key = (*entry)->name;
        auto server = readIdentity(places.runtimeDirectory + '/' + key + "/server");
        if (server && serverKey(*server) == key) {
            servers.push_back(*std::move(server));
        }
    }
    std::ranges::sort(servers, {}, [](const ServerIdentity &server) { return std::tie(server.project, server.name); });
    return servers;
}

Result<ServerIdentity> readIdentity(const std::string &path)
{
    const auto text = readFile(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto line = fieldLineFrom(std::string_view(*text).substr(0, text->find('\n')));
    auto project = line ? line->text("project") : std::nullopt;
    auto name = line ? line->text("name") : std::nullopt;
    if (!line || line->word() != "server" || !project || !name) {
        return fail(ErrorCode::Malformed, path);
    }
    return ServerIdentity{.project = *std::move(project), .name = *std::move(name)};
}

} // namespace Quay
