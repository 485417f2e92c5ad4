// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/shellcommand.h"

#include "core/processes/commandview.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

/// Options of a shell after which a value follows that is no script.
struct ValueOptions
{
    std::string_view shell;
    std::array<std::string_view, 6> options;
};

constexpr std::array<std::string_view, 2> LongValueOptions{"rcfile", "init-file"};
/// Bash takes its long options with one dash too, and some of them have a `c`.
constexpr std::array<std::string_view, 2> LongOptionsWithC{"norc", "restricted"};
constexpr std::array ValueOptionsOfSome{
    ValueOptions{.shell = "fish", .options = {"-C", "--init-command", "-d", "--debug", "-f", "--features"}},
    ValueOptions{.shell = "nu", .options = {"-e", "--execute", "--config", "--env-config", "--plugin-config", "-I"}},
};

std::string_view shellName(std::string_view first)
{
    if (first.starts_with('-')) { // how login shells are told that they are one
        first.remove_prefix(1);
    }
    return baseName(first);
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return result;
}

std::string_view withoutDashes(std::string_view option)
{
    option.remove_prefix(std::min(option.find_first_not_of('-'), option.size()));
    return option;
}

bool takesValue(std::string_view shell, std::string_view option)
{
    if (option.starts_with('-') && std::ranges::contains(LongValueOptions, withoutDashes(option))) {
        return true;
    }
    const auto *const own = std::ranges::find(ValueOptionsOfSome, shell, &ValueOptions::shell);
    if (own != ValueOptionsOfSome.end() && std::ranges::contains(own->options, option)) {
        return true;
    }
    // `-eo pipefail`, `+O extglob`
    const bool isCluster = option.size() > 1 && !option.starts_with("--");
    return isCluster && (option.ends_with('o') || option.ends_with('O'));
}

/// PowerShell has words for options, in any case: `-NoLogo -Command ...`.
bool runsPowerShellCommand(std::span<const std::string> options)
{
    for (const auto &argument : options) {
        const std::string option = lower(argument);
        if (option == "-noexit") {
            return false; // a command first, and then somebody types
        }
        const bool isCommand = option == "-c" || option == "-f" || option == "-command" || option == "-file"
            || option == "-commandwithargs" || option == "-encodedcommand" || !option.starts_with('-');
        if (isCommand) {
            return true;
        }
    }
    return false;
}

bool isCommandOption(std::string_view option)
{
    if (option.starts_with("--")) {
        return option == "--command" || option == "--commands" || option.starts_with("--command=")
            || option.starts_with("--commands=");
    }
    const bool isLong = std::ranges::contains(LongOptionsWithC, withoutDashes(option));
    return option == "-s" || (option.starts_with('-') && !isLong && option.contains('c'));
}

} // namespace

bool runsOneCommand(const std::vector<std::string> &arguments)
{
    std::span<const std::string> rest(arguments);
    if (rest.empty()) {
        return false;
    }
    std::string_view shell = shellName(rest.front());
    if (shell.starts_with("python")) { // xonsh is a script itself
        const auto script = std::ranges::find(rest, "xonsh", [](const auto &argument) { return baseName(argument); });
        rest = rest.subspan(static_cast<std::size_t>(script - rest.begin()));
        shell = "xonsh";
    }
    if (rest.empty()) {
        return false;
    }
    rest = rest.subspan(1);
    if (shell == "pwsh") {
        return runsPowerShellCommand(rest);
    }
    for (; !rest.empty(); rest = rest.subspan(1)) {
        const std::string_view option = rest.front();
        const bool isEndOfOptions = option == "-" || option == "--";
        if (isEndOfOptions) {
            return rest.size() > 1;
        }
        if (takesValue(shell, option)) {
            rest = rest.subspan(rest.size() > 1 ? 1 : 0);
        } else if (isCommandOption(option) || !(option.starts_with('-') || option.starts_with('+'))) {
            return true;
        }
    }
    return false;
}

} // namespace Quay
