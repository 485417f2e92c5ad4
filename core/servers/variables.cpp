// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/variables.h"

#include <algorithm>
#include <optional>
#include <span>

#include <unistd.h>

namespace Quay {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNameLetter(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/// What stands between the braces: a name, and what to take where it is not set.
struct Reference
{
    std::string name;
    std::optional<std::string> fallback;
};

std::optional<Reference> referenceFromText(std::string_view inner)
{
    constexpr std::string_view Separator = ":-";
    const auto separator = inner.find(Separator);
    const auto name = inner.substr(0, separator);
    if (!isVariableName(name)) {
        return std::nullopt;
    }
    if (separator == std::string_view::npos) {
        return Reference{.name = std::string(name), .fallback = {}};
    }
    const auto fallback = inner.substr(separator + Separator.size());
    if (fallback.contains("${")) { // would end at the wrong brace
        return std::nullopt;
    }
    return Reference{.name = std::string(name), .fallback = std::string(fallback)};
}

} // namespace

VariableMap ownVariables()
{
    VariableMap variables;
    for (char **entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto sign = text.find('=');
        if (sign != std::string_view::npos) {
            variables.insert_or_assign(std::string(text.substr(0, sign)), std::string(text.substr(sign + 1)));
        }
    }
    return variables;
}

std::vector<std::string> environmentTexts(const VariableMap &variables)
{
    std::vector<std::string> texts;
    texts.reserve(variables.size());
    for (const auto &[name, value] : variables) {
        texts.push_back(std::string(name).append("=").append(value));
    }
    return texts;
}

bool isVariableName(std::string_view name)
{
    return !name.empty() && isLetter(name.front()) && std::ranges::all_of(name, isNameLetter);
}

ExpandedText expandVariables(std::string_view text, const VariableMap &variables)
{
    ExpandedText result;
    while (!text.empty()) {
        const auto dollar = std::min(text.find('$'), text.size());
        result.text += text.substr(0, dollar);
        text.remove_prefix(dollar);
        if (text.starts_with("$$")) {
            result.text += '$';
            text.remove_prefix(2);
        } else if (text.starts_with("${")) {
            const auto end = text.find('}');
            const auto reference =
                end == std::string_view::npos ? std::nullopt : referenceFromText(text.substr(2, end - 2));
            if (!reference) {
                result.problems.push_back({.code = MistakeCode::MalformedVariable, .found = std::string(text)});
                return result;
            }
            const auto value = variables.find(reference->name);
            const bool isSet = value != variables.end();
            if (isSet && (!value->second.empty() || !reference->fallback)) {
                result.text += value->second;
            } else if (reference->fallback) {
                result.text += *reference->fallback;
            } else {
                result.problems.push_back({.code = MistakeCode::UnsetVariable, .found = reference->name});
            }
            text.remove_prefix(end + 1);
        } else if (!text.empty()) {
            result.text += '$';
            text.remove_prefix(1);
        }
    }
    return result;
}

} // namespace Quay
