// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/userdirectories.h"

#include "core/base/error.h"

#include <array>
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

/// An absolute path; relative ones are to be ignored by the XDG Base Directory Specification.
std::optional<std::string> ourDirectory(const char *variable)
{
    const char *const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    if (value == nullptr || *value != '/' || !isOurs(value)) {
        return std::nullopt;
    }
    return value;
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
    auto home = ourDirectory("HOME");
    if (!home) {
        home = registeredHome();
    }
    return home ? Result<std::string>(*home + belowHome + Name) : fail(ErrorCode::Unsupported, std::string(NoHome));
}

} // namespace

Result<std::string> userStateDirectory()
{
    return userDirectory("XDG_STATE_HOME", "/.local/state");
}

Result<std::string> userConfigDirectory()
{
    return userDirectory("XDG_CONFIG_HOME", "/.config");
}

Result<std::string> userRuntimeDirectory()
{
    const auto directory = ourDirectory("XDG_RUNTIME_DIR");
    return directory ? Result<std::string>(*directory + Name) : fail(ErrorCode::Unsupported, "XDG_RUNTIME_DIR");
}

} // namespace Quay
