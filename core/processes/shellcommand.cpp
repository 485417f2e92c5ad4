// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/shellcommand.h"

#include "core/processes/commandview.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
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
    std::string_view letters; ///< Short ones. What stands behind one in its cluster is the value.
    std::array<std::string_view, 11> words;
};

enum class Follows : std::uint8_t
{
    Value,
    Command, ///< Or a script.
    Session, ///< Whatever else there is: somebody types in the end.
};

/// An option of a shell that has words behind one dash.
struct WordOption
{
    std::string_view word;
    std::string_view shortest; ///< As far as it may be shortened.
    Follows follows;
};

constexpr std::array<std::string_view, 2> LongValueOptions{"rcfile", "init-file"};
/// Bash takes its long options with one dash too, and some of them have a `c`.
constexpr std::array<std::string_view, 2> LongOptionsWithC{"norc", "restricted"};
constexpr std::array ValueOptionsOfSome{
    ValueOptions{.shell = "fish",
                 .letters = "CdDfop",
                 .words = {"--init-command", "--debug", "--debug-output", "--debug-stack-frames", "--features",
                           "--profile", "--profile-startup"}},
    ValueOptions{.shell = "nu",
                 .letters = "eImt",
                 .words = {"--execute", "--include-path", "--table-mode", "--threads", "--config", "--env-config",
                           "--plugin-config", "--plugins", "--error-style", "--log-level", "--log-target"}},
    ValueOptions{.shell = "xonsh", .letters = "D", .words = {"--rc", "--shell-type", "-st"}},
    ValueOptions{.shell = "yash", .letters = "", .words = {"--profile"}},
    ValueOptions{.shell = "zsh", .letters = "", .words = {"--emulate"}},
    ValueOptions{.shell = "osh", .letters = "", .words = {"--rcdir", "--eval"}},
    ValueOptions{.shell = "ysh", .letters = "", .words = {"--rcdir", "--eval"}},
};

/// In any case: `-NoLogo -Command ...`.
constexpr std::array PowerShellOptions{
    WordOption{.word = "noexit", .shortest = "noe", .follows = Follows::Session},
    WordOption{.word = "command", .shortest = "c", .follows = Follows::Command},
    WordOption{.word = "commandwithargs", .shortest = "commandwithargs", .follows = Follows::Command},
    WordOption{.word = "cwa", .shortest = "cwa", .follows = Follows::Command},
    WordOption{.word = "file", .shortest = "f", .follows = Follows::Command},
    WordOption{.word = "encodedcommand", .shortest = "e", .follows = Follows::Command},
    WordOption{.word = "ec", .shortest = "ec", .follows = Follows::Command},
    WordOption{.word = "encodedarguments", .shortest = "encodeda", .follows = Follows::Value},
    WordOption{.word = "ea", .shortest = "ea", .follows = Follows::Value},
    WordOption{.word = "executionpolicy", .shortest = "ex", .follows = Follows::Value},
    WordOption{.word = "ep", .shortest = "ep", .follows = Follows::Value},
    WordOption{.word = "workingdirectory", .shortest = "wo", .follows = Follows::Value},
    WordOption{.word = "wd", .shortest = "wd", .follows = Follows::Value},
    WordOption{.word = "windowstyle", .shortest = "w", .follows = Follows::Value},
    WordOption{.word = "inputformat", .shortest = "inp", .follows = Follows::Value},
    WordOption{.word = "if", .shortest = "if", .follows = Follows::Value},
    WordOption{.word = "outputformat", .shortest = "o", .follows = Follows::Value},
    WordOption{.word = "of", .shortest = "of", .follows = Follows::Value},
    WordOption{.word = "configurationname", .shortest = "config", .follows = Follows::Value},
    WordOption{.word = "configurationfile", .shortest = "configurationf", .follows = Follows::Value},
    WordOption{.word = "custompipename", .shortest = "cus", .follows = Follows::Value},
    WordOption{.word = "settingsfile", .shortest = "settings", .follows = Follows::Value},
};
constexpr std::array ElvishOptions{
    WordOption{.word = "c", .shortest = "c", .follows = Follows::Command},
    WordOption{.word = "rc", .shortest = "rc", .follows = Follows::Value},
    WordOption{.word = "db", .shortest = "db", .follows = Follows::Value},
    WordOption{.word = "log", .shortest = "log", .follows = Follows::Value},
    WordOption{.word = "sock", .shortest = "sock", .follows = Follows::Value},
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

/// A cluster of short options, without the value in it: `-iC` of `-iCtrue`.
std::string_view withoutValue(std::string_view option, std::string_view valueLetters)
{
    const bool isCluster = option.starts_with('-') && !option.starts_with("--");
    const auto letter = isCluster ? option.find_first_of(valueLetters) : std::string_view::npos;
    return letter != std::string_view::npos ? option.substr(0, letter + 1) : option;
}

bool takesValue(const ValueOptions &own, std::string_view option)
{
    if (!option.starts_with('-') && !option.starts_with('+')) {
        return false;
    }
    if (std::ranges::contains(LongValueOptions, withoutDashes(option)) || std::ranges::contains(own.words, option)) {
        return true;
    }
    if (option.starts_with("--")) {
        return false;
    }
    // `-eo pipefail`, `+O extglob`
    return own.letters.contains(option.back()) ? option == withoutValue(option, own.letters)
                                               : option.ends_with('o') || option.ends_with('O');
}

/// Whether a shell that has words for options runs one command.
bool runsCommandByWords(std::span<const std::string> arguments, std::span<const WordOption> options)
{
    for (; !arguments.empty(); arguments = arguments.subspan(1)) {
        if (!arguments.front().starts_with('-')) {
            return true;
        }
        const std::string word = lower(withoutDashes(arguments.front()));
        const auto known = std::ranges::find_if(options, [&word](const WordOption &option) {
            return word.starts_with(option.shortest) && option.word.starts_with(word);
        });
        if (known == options.end()) {
            continue;
        }
        if (known->follows != Follows::Value) {
            return known->follows == Follows::Command;
        }
        arguments = arguments.subspan(arguments.size() > 1 ? 1 : 0);
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
    } else if (shell == "busybox" && rest.size() > 1) { // `busybox sh`
        rest = rest.subspan(1);
        shell = rest.front();
    }
    if (rest.empty()) {
        return false;
    }
    rest = rest.subspan(1);
    if (shell == "pwsh") {
        return runsCommandByWords(rest, PowerShellOptions);
    }
    if (shell == "elvish") {
        return runsCommandByWords(rest, ElvishOptions);
    }
    const auto *const known = std::ranges::find(ValueOptionsOfSome, shell, &ValueOptions::shell);
    const ValueOptions own = known != ValueOptionsOfSome.end() ? *known : ValueOptions();
    for (; !rest.empty(); rest = rest.subspan(1)) {
        const std::string_view option = rest.front();
        const bool isEndOfOptions = option == "-" || option == "--";
        if (isEndOfOptions) {
            return rest.size() > 1;
        }
        if (takesValue(own, option)) {
            rest = rest.subspan(rest.size() > 1 ? 1 : 0);
        } else if (isCommandOption(withoutValue(option, own.letters))
                   || !(option.starts_with('-') || option.starts_with('+'))) {
            return true;
        }
    }
    return false;
}

} // namespace Quay
