// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/versionpin.h"

#include "core/base/textcursor.h"

#include <algorithm>
#include <array>
#include <utility>

namespace Quay {

namespace {

/// What asdf and mise call a tool.
constexpr std::array ToolNames{
    std::pair{std::string_view("node"), std::string_view("nodejs")},
    std::pair{std::string_view("go"), std::string_view("golang")},
    std::pair{std::string_view("python3"), std::string_view("python")},
};

bool isCalled(std::string_view tool, std::string_view name)
{
    return tool == name || std::ranges::contains(ToolNames, std::pair{tool, name});
}

std::string_view withoutComment(std::string_view line)
{
    return line.substr(0, line.find('#'));
}

} // namespace

std::optional<std::string> pinnedVersion(std::string_view fileName, std::string_view tool, std::string_view text)
{
    TextCursor lines(text);
    while (!lines.atEnd()) {
        std::string_view line = withoutComment(lines.takeLine());
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        TextCursor words(line);
        const auto first = words.takeField();
        const auto second = words.takeField();
        if (first.empty()) {
            continue;
        }
        if (fileName != ".tool-versions") {
            return std::string(first);
        }
        if (isCalled(tool, first) && !second.empty()) {
            return std::string(second);
        }
    }
    return std::nullopt;
}

std::optional<VersionRequirement> requirementFromPin(std::string_view pin)
{
    const auto dash = pin.find('-');
    if (dash != std::string_view::npos && pin.find_first_of("0123456789") > dash) { // ruby-3.3.0
        pin.remove_prefix(dash + 1);
    }
    const bool isVersion = !pin.empty() && ((pin.front() >= '0' && pin.front() <= '9') || pin.front() == 'v');
    return isVersion ? versionRequirementFromText(pin) : std::nullopt;
}

ServerCommand versionCommand(const std::string &tool)
{
    const std::string_view name = std::string_view(tool).substr(tool.rfind('/') + 1);
    if (name == "go") {
        return {.arguments = {tool, "version"}, .shellLine = {}};
    }
    if (name == "java" || name == "javac") { // --version is known only from Java 9 on
        return {.arguments = {tool, "-version"}, .shellLine = {}};
    }
    return {.arguments = {tool, "--version"}, .shellLine = {}};
}

} // namespace Quay
