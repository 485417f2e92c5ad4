// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/syntaxmistake.h"

#include <cstddef>
#include <utility>

#include <yaml-cpp/exceptions.h>

namespace Quay {

namespace {

constexpr std::string_view Blanks = " \t";

/// Without its line break; empty behind the end.
std::string_view lineAt(std::string_view text, int line)
{
    for (int i = 1; i < line; ++i) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) {
            return {};
        }
        text.remove_prefix(end + 1);
    }
    text = text.substr(0, text.find('\n'));
    return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

/// How many bytes stand before a column, which counts characters.
std::size_t bytesBefore(std::string_view line, int column)
{
    std::size_t bytes = 0;
    for (int passed = 1; bytes < line.size(); ++bytes) {
        const bool isCharacter = (static_cast<unsigned char>(line[bytes]) & 0xC0U) != 0x80U;
        if (isCharacter && passed++ == column) {
            break;
        }
    }
    return bytes;
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(Blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blanks) - begin + 1);
}

/// What stands behind the first `: ` when there is another one in it, or one that ends it; else empty.
std::string_view valueWithColon(std::string_view line)
{
    line = line.substr(0, line.find(" #"));
    const auto colon = line.find(": ");
    const auto value = colon == std::string_view::npos ? std::string_view() : trimmed(line.substr(colon + 1));
    if (!value.empty() && std::string_view("\"'[{").contains(value.front())) {
        return {}; // there it may be
    }
    return value.contains(": ") || value.ends_with(':') ? value : std::string_view();
}

ConfigMistake mistake(MistakeCode code, TextPosition place, std::string_view found)
{
    return {.code = code,
            .file = {},
            .position = place,
            .path = {},
            .found = std::string(found),
            .allowed = {},
            .nearest = {},
            .related = {}};
}

} // namespace

ConfigMistake syntaxMistake(std::string_view text, TextPosition place, std::string said)
{
    namespace Said = YAML::ErrorMsg;
    const auto line = lineAt(text, place.line);
    const auto indentation = line.substr(0, line.find_first_not_of(Blanks));
    const auto before = line.substr(0, bytesBefore(line, place.column));
    const auto rest = line.substr(before.size());
    if (indentation.contains('\t')) {
        return mistake(MistakeCode::TabIndentation, place, trimmed(line));
    }
    if (said == Said::END_OF_SEQ_FLOW || said == Said::END_OF_MAP_FLOW) {
        return mistake(MistakeCode::UnclosedBracket, place, said == Said::END_OF_SEQ_FLOW ? "[" : "{");
    }
    if (said == Said::UNKNOWN_TOKEN && !rest.empty() && std::string_view("@`%").contains(rest.front())) {
        return mistake(MistakeCode::ReservedCharacter, place, rest.substr(0, 1));
    }
    if (said == Said::MAP_VALUE) {
        const auto value = valueWithColon(line);
        return value.empty() ? mistake(MistakeCode::BadIndentation, place, trimmed(line))
                             : mistake(MistakeCode::ColonInValue, place, value);
    }
    if (said == Said::END_OF_MAP || said == Said::END_OF_SEQ) {
        const auto kept = trimmed(before);
        if (kept.ends_with('"') || kept.ends_with('\'')) {
            return mistake(MistakeCode::TextBehindQuote, place, trimmed(rest));
        }
        if (kept.empty() && !trimmed(line).empty()) {
            return mistake(MistakeCode::BadIndentation, place, trimmed(line));
        }
    }
    return mistake(MistakeCode::Syntax, place, std::move(said));
}

} // namespace Quay
