// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/environment.h"

#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Quay {

namespace {

/// Parts of names, in upper case. KEY and AUTH catch a few harmless ones; that is the right side to err on.
constexpr std::array<std::string_view, 14> SecretParts = {"PASS",    "PWD_",       "SECRET", "TOKEN",
                                                          "KEY",     "CREDENTIAL", "AUTH",   "COOKIE",
                                                          "PRIVATE", "SIGNATURE",  "DSN",    "CONNECTION_STRING",
                                                          "SALT",    "CERT"};

char toUpper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

/// `scheme://user:password@host`
bool holdsPasswordInUrl(std::string_view value)
{
    const auto scheme = value.find("://");
    if (scheme == std::string_view::npos) {
        return false;
    }
    const auto authority = value.substr(scheme + 3);
    const auto userinfo = authority.substr(0, authority.find_first_of("/?#"));
    const auto at = userinfo.rfind('@');
    return at != std::string_view::npos && userinfo.substr(0, at).contains(':');
}

EnvironmentVariable variableFrom(const std::string &entry)
{
    const auto equals = entry.find('=');
    EnvironmentVariable variable{.name = entry.substr(0, equals), .value = {}};
    if (equals != std::string::npos) {
        variable.value = entry.substr(equals + 1);
    }
    variable.isSecret = looksSecret(variable.name, variable.value);
    return variable;
}

} // namespace

bool looksSecret(std::string_view name, std::string_view value)
{
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), toUpper);
    const bool byName =
        std::ranges::any_of(SecretParts, [&upper](std::string_view part) { return upper.contains(part); });
    return byName || holdsPasswordInUrl(value);
}

Result<std::vector<EnvironmentVariable>> environmentOf(const ProcFs &proc, ProcessId process)
{
    const auto entries = readEnvironment(proc, process.pid);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    const auto stat = readProcStat(proc, process.pid);
    if (!stat || stat->startTicks != process.startTicks) {
        return fail(ErrorCode::Gone, std::to_string(process.pid));
    }
    std::vector<EnvironmentVariable> variables;
    variables.reserve(entries->size());
    std::ranges::transform(*entries, std::back_inserter(variables), variableFrom);
    std::ranges::stable_sort(variables, {}, &EnvironmentVariable::name);
    return variables;
}

} // namespace Quay
