// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/userscopes.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/stat.h>

namespace Quay {

namespace {

/// Whether there is a file of that @p type, S_IFDIR or the like.
bool isThere(const std::string &path, mode_t type)
{
    struct stat found{};
    return ::stat(path.c_str(), &found) == 0 && (found.st_mode & S_IFMT) == type;
}

} // namespace

std::optional<UserScopes> findUserScopes(std::string program, const std::string &runtimeDirectory,
                                         const std::string &bootMark)
{
    const std::string bus = runtimeDirectory + "/bus";
    if (runtimeDirectory.empty() || !isThere(bootMark, S_IFDIR) || !isThere(bus, S_IFSOCK)) {
        return std::nullopt;
    }
    return UserScopes{.program = std::move(program), .busAddress = "unix:path=" + bus};
}

std::string scopeUnit(std::string_view key, std::string_view runId)
{
    const auto readable = key.substr(0, key.rfind('-'));
    return "quaymaster-" + std::string(readable) + '-' + std::string(runId) + ".scope";
}

} // namespace Quay
