// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/userdirectories.h"

#include "core/base/error.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <optional>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr const char *Name = "/quaymaster";

/// Whether the directory is ours, or is yet to be made.
bool isOurs(const std::string &directory)
{
    struct stat status = {};
    return ::stat(directory.c_str(), &status) != 0 || status.st_uid == ::geteuid();
}

/// What @p variable names. Errors: Unsupported when it is not set, with its name; Invalid: no absolute path, which the
/// XDG Base Directory Specification wants to be ignored; Denied: another user's. Of these the subject is the value.
Result<std::string> ourDirectory(const char *variable)
{
    const char *const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    if (value == nullptr || *value == '\0') {
        return fail(ErrorCode::Unsupported, variable);
    }
    if (*value != '/') {
        return fail(ErrorCode::Invalid, value);
    }
    return isOurs(value) ? Result<std::string>(value) : failErrno(EPERM, value);
}

/// What the user database says. It may ask a directory server: only where the environment does not help.
std::optional<std::string> registeredHome()
{
    constexpr std::size_t MostBytes = 16384;
    std::array<char, MostBytes> buffer{};
    passwd entry = {};
    passwd *found = nullptr;
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    if (found == nullptr || found->pw_dir == nullptr || *found->pw_dir != '/') {
        return std::nullopt;
    }
    return found->pw_dir;
}

/// @p variable names the directory; else it is @p belowHome.
Result<std::string> userDirectory(const char *variable, const char *belowHome)
{
    if (const auto directory = ourDirectory(variable)) {
        return *directory + Name;
    }
    const auto named = ourDirectory("HOME");
    const auto home = named ? std::optional(*named) : registeredHome();
    return home ? Result<std::string>(*home + belowHome + Name) : fail(ErrorCode::Unsupported, std::string(NoHome));
}

} // namespace

Result<std::string> userStateDirectory()
{
    return userDirectory("XDG_STATE_HOME", "/.local/state");
}

std::optional<Error> ignoredStateHome()
{
    const auto directory = ourDirectory("XDG_STATE_HOME");
    return directory || directory.error().code == ErrorCode::Unsupported ? std::nullopt
                                                                         : std::optional(directory.error());
}

Result<std::string> userConfigDirectory()
{
    return userDirectory("XDG_CONFIG_HOME", "/.config");
}

Result<std::string> userRuntimeDirectory()
{
    return ourDirectory("XDG_RUNTIME_DIR").transform([](const std::string &directory) { return directory + Name; });
}

} // namespace Quay
