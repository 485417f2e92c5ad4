// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/serverenvironment.h"

#include "core/base/textcursor.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr std::string_view DefaultPath = "/usr/local/bin:/usr/bin:/bin"; // as execvp() has it, and what people expect

bool isNamed(std::string_view variable, std::string_view name)
{
    return variable.starts_with(name) && variable.substr(name.size()).starts_with('=');
}

} // namespace

std::vector<std::string> programCandidates(const std::string &name, const std::vector<std::string> &environment)
{
    if (name.contains('/')) {
        return {name};
    }
    const auto found =
        std::ranges::find_if(environment, [](const std::string &variable) { return isNamed(variable, "PATH"); });
    TextCursor path(found == environment.end() ? DefaultPath : std::string_view(*found).substr(sizeof "PATH"));
    std::vector<std::string> candidates;
    do {
        const auto directory = path.takeUntil(':');
        candidates.push_back((directory.empty() ? "." : std::string(directory)) + '/' + name);
    } while (!path.atEnd());
    return candidates;
}

std::vector<std::string> serverEnvironment(const std::vector<std::string> &environment,
                                           const std::vector<std::string> &additional)
{
    // Of whoever started the agent: their sockets are not ours, and what is sent there would be about another process.
    constexpr std::array<std::string_view, 5> Foreign{"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS",
                                                      "LISTEN_PID"};
    std::vector<std::string> all;
    for (const auto &variable : environment) {
        const auto name = std::string_view(variable).substr(0, variable.find('='));
        const auto isSame = [name](std::string_view other) { return isNamed(other, name); };
        if (!std::ranges::contains(Foreign, name) && std::ranges::none_of(additional, isSame)) {
            all.push_back(variable);
        }
    }
    all.insert(all.end(), additional.begin(), additional.end());
    return all;
}

} // namespace Quay
