// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/commandview.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

using Arguments = std::vector<std::string>;

void addOnce(std::vector<std::string_view> &texts, std::string_view text)
{
    if (!text.empty() && !std::ranges::contains(texts, text)) {
        texts.push_back(text);
    }
}

std::string_view programName(std::string_view path)
{
    constexpr std::string_view WrapperSuffix = "-wrapped";
    auto name = baseName(path);
    if (name.starts_with('-')) {
        name.remove_prefix(1);
    } else if (name.starts_with('.') && name.ends_with(WrapperSuffix)) {
        name.remove_prefix(1);
        name.remove_suffix(WrapperSuffix.size());
    }
    return name;
}

const Interpreter *interpreterOf(const std::vector<std::string_view> &programs, const Interpreters &interpreters)
{
    for (const auto program : programs) {
        const auto plain = withoutVersion(program);
        const auto isNamedSo = [plain](const Interpreter &known) { return std::ranges::contains(known.names, plain); };
        const auto found = std::ranges::find_if(interpreters, isNamedSo);
        if (found != interpreters.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::string_view firstWordFrom(const Arguments &arguments, std::size_t index)
{
    for (; index < arguments.size(); ++index) {
        if (!arguments[index].starts_with('-')) {
            return arguments[index];
        }
    }
    return {};
}

/// `vite` for `npm:vite@5/bin`, `@angular/cli` for `@angular/cli/bin/ng.js`.
std::string_view packageName(std::string_view path)
{
    auto end = path.find('/');
    if (path.starts_with('@') && end != std::string_view::npos) {
        end = path.find('/', end + 1);
    }
    auto name = path.substr(0, end);
    if (const auto version = name.find('@', 1); version != std::string_view::npos) {
        name = name.substr(0, version);
    }
    return name;
}

std::string_view packageOfScript(std::string_view script)
{
    constexpr std::string_view Modules = "node_modules/";
    constexpr std::string_view Links = ".bin/";
    constexpr std::string_view Up =
        "../"; // what the shell shims of npm and pnpm put between: `.bin/../vite/bin/vite.js`
    constexpr std::string_view Specifier = "npm:";
    if (script.starts_with(Specifier)) {
        return packageName(script.substr(Specifier.size()));
    }
    const auto begin = script.rfind(Modules);
    if (begin == std::string_view::npos) {
        return {};
    }
    auto path = script.substr(begin + Modules.size());
    if (path.starts_with(Links)) {
        path.remove_prefix(Links.size());
        path.remove_prefix(path.starts_with(Up) ? Up.size() : 0);
    }
    return packageName(path);
}

bool isOption(const std::string &argument, const Interpreter &interpreter)
{
    const auto begins = [&argument](std::string_view prefix) { return argument.starts_with(prefix); };
    return argument.starts_with('-') || std::ranges::any_of(interpreter.optionPrefixes, begins);
}

void readInterpreterArguments(CommandView &view, const Arguments &arguments, const Interpreter &interpreter)
{
    for (std::size_t index = 1; index < arguments.size(); ++index) {
        const std::string &argument = arguments[index];
        const bool hasNext = index + 1 < arguments.size();
        if (std::ranges::contains(interpreter.inlineOptions, argument)) {
            return;
        }
        if (hasNext && std::ranges::contains(interpreter.moduleOptions, argument)) {
            view.module = arguments[index + 1];
            view.firstWord = firstWordFrom(arguments, index + 2);
            return;
        }
        if (std::ranges::contains(interpreter.valueOptions, argument)) {
            ++index;
            continue;
        }
        const bool isAnnounced =
            hasNext && (argument == "--" || std::ranges::contains(interpreter.scriptOptions, argument));
        if (isAnnounced) {
            ++index;
        } else if (isOption(argument, interpreter) || std::ranges::contains(interpreter.subcommands, argument)) {
            continue;
        }
        view.script = arguments[index];
        view.package = packageOfScript(view.script);
        view.firstWord = firstWordFrom(arguments, index + 1);
        return;
    }
}

} // namespace

std::string_view baseName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string_view withoutVersion(std::string_view program)
{
    const auto last = program.find_last_not_of("0123456789.");
    if (last == std::string_view::npos || last + 1 == program.size()) {
        return program;
    }
    program = program.substr(0, last + 1);
    if (program.ends_with('-') && program.size() > 1) {
        program.remove_suffix(1);
    }
    return program;
}

CommandView commandView(const ProcessFacts &facts, const Interpreters &interpreters)
{
    static const Arguments noArguments;
    const Arguments &arguments = facts.arguments != nullptr ? *facts.arguments : noArguments;
    CommandView view;
    addOnce(view.programs, programName(facts.executable));
    if (!arguments.empty()) {
        const std::string_view first = arguments.front();
        addOnce(view.programs, programName(first));
        if (first.contains(' ')) {
            addOnce(view.titles, first);
            addOnce(view.programs, programName(first.substr(0, first.find(' '))));
        }
    }
    addOnce(view.titles, facts.name);
    if (const auto *const interpreter = interpreterOf(view.programs, interpreters)) {
        readInterpreterArguments(view, arguments, *interpreter);
    } else {
        // The kernel gives a script's name to its interpreter: there it is no program.
        addOnce(view.programs, programName(facts.name));
        view.firstWord = firstWordFrom(arguments, 1);
    }
    return view;
}

} // namespace Quay
