// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/composeparts.h"

#include "core/base/duration.h"
#include "core/base/number.h"
#include "core/servers/configpath.h"

#include <algorithm>
#include <utility>

namespace Quay {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isNameLetter(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9');
}

/// How long the reference at the beginning of @p text is, and what it becomes. Nothing for a dollar that is none.
struct Reference
{
    std::string written;
    std::size_t length = 0;
};

std::optional<Reference> leadingReference(std::string_view text)
{
    const bool isBraced = text.starts_with("${");
    const std::size_t begin = isBraced ? 2 : 1;
    const auto nameEnd = std::ranges::find_if_not(text.substr(std::min(begin, text.size())), isNameLetter);
    const auto name = text.substr(begin, static_cast<std::size_t>(nameEnd - text.begin()) - begin);
    if (name.empty() || !isLetter(name.front())) {
        return std::nullopt;
    }
    if (!isBraced) {
        return Reference{.written = "${" + std::string(name) + ":-}", .length = begin + name.size()};
    }
    const auto close = text.find('}');
    if (close == std::string_view::npos) {
        return std::nullopt;
    }
    const auto behind = text.substr(begin + name.size(), close - begin - name.size());
    // `-default` counts only where it is not set at all, here also where it is empty; `:?` and the like have no
    // default.
    const bool hasDefault = behind.starts_with(":-") || behind.starts_with('-');
    const auto fallback = hasDefault ? behind.substr(behind.find('-') + 1) : std::string_view();
    if (fallback.contains("${")) {
        return std::nullopt;
    }
    return Reference{.written = "${" + std::string(name) + ":-" + std::string(fallback) + '}', .length = close + 1};
}

} // namespace

std::string ourReferences(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const auto dollar = std::min(text.find('$'), text.size());
        result += text.substr(0, dollar);
        text.remove_prefix(dollar);
        if (text.empty()) {
            break;
        }
        if (text.starts_with("$$")) {
            result += "$$";
            text.remove_prefix(2);
        } else if (const auto reference = leadingReference(text)) {
            result += reference->written;
            text.remove_prefix(reference->length);
        } else {
            result += text.starts_with("${") ? "$$" : "$";
            text.remove_prefix(1);
        }
    }
    return result;
}

std::string keptReferences(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : ' ';
        result += text[i] == '$' && (next == '$' || next == '{') ? "$$" : std::string(1, text[i]);
    }
    return result;
}

std::optional<std::chrono::milliseconds> composeDuration(std::string_view text)
{
    constexpr int MostSeconds = 86'400;
    if (const auto seconds = numberFromText<int>(text)) {
        return *seconds >= 0 && *seconds <= MostSeconds
            ? std::optional<std::chrono::milliseconds>(std::chrono::seconds(*seconds))
            : std::nullopt;
    }
    const auto duration = durationFromText(text);
    return duration ? std::optional(*duration) : std::nullopt;
}

int boundedSeconds(int seconds)
{
    return std::clamp(seconds, 0, 86'400);
}

int boundedCount(int count)
{
    return std::clamp(count, 1, 1000);
}

ImportedServers beginImport(const YamlDocument &document, const ImportSource &source)
{
    ImportedServers imported;
    imported.file.path = source.path;
    imported.file.project = fileNameOf(directoryOf(source.path));
    imported.mistakes = document.mistakes;
    for (auto &mistake : imported.mistakes) {
        mistake.file = mistake.file.empty() ? source.path : mistake.file;
    }
    return imported;
}

void addServer(ImportedServers &imported, ServerSpec server, const YamlEntry &entry, LossList &losses)
{
    if (std::ranges::contains(imported.file.servers, server.name, &ServerSpec::name)) {
        imported.mistakes.push_back({.code = MistakeCode::DuplicateName,
                                     .file = imported.file.path,
                                     .position = entry.position,
                                     .path = {},
                                     .found = server.name});
        return;
    }
    if (server.name != entry.key) {
        losses.add(LossReason::Renamed, entry.position.line, entry.key, server.name);
    }
    imported.file.servers.push_back(std::move(server));
}

} // namespace Quay
