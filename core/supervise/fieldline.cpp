// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/fieldline.h"

#include "core/base/number.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::string_view HexDigits = "0123456789ABCDEF";

bool isWord(std::string_view text)
{
    const auto isLetter = [](char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); };
    return !text.empty() && std::ranges::all_of(text, isLetter);
}

bool isPlain(char byte)
{
    return byte > ' ' && byte < '\x7f' && byte != '%';
}

void appendEscaped(std::string &line, std::string_view value)
{
    for (const char byte : value) {
        if (isPlain(byte)) {
            line += byte;
        } else {
            const auto number = static_cast<std::uint8_t>(byte);
            line += '%';
            line += HexDigits[number >> 4U];
            line += HexDigits[number & 0xFU];
        }
    }
}

/// Nothing for what appendEscaped() would not have written.
std::optional<std::string> unescaped(std::string_view text)
{
    std::string value;
    value.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (isPlain(text[index])) {
            value += text[index];
            continue;
        }
        const auto digits = text.substr(index, 3);
        if (digits.size() != 3 || digits.front() != '%'
            || digits.find_first_not_of(HexDigits, 1) != std::string_view::npos) {
            return std::nullopt;
        }
        const auto byte = static_cast<char>(numberFromText<std::uint8_t>(digits.substr(1), 16).value_or(0));
        if (isPlain(byte)) {
            return std::nullopt;
        }
        value += byte;
        index += 2;
    }
    return value;
}

} // namespace

FieldLine::FieldLine(std::string word)
    : m_word(std::move(word))
{
}

void FieldLine::add(std::string name, std::string value)
{
    m_fields.push_back({.name = std::move(name), .value = std::move(value)});
}

std::optional<std::string> FieldLine::text(std::string_view name) const
{
    const auto found = std::ranges::find(m_fields, name, &Field::name);
    return found == m_fields.end() ? std::nullopt : std::optional(found->value);
}

std::vector<std::string> FieldLine::texts(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto &field : m_fields) {
        if (field.name == name) {
            values.push_back(field.value);
        }
    }
    return values;
}

std::string FieldLine::line() const
{
    std::string line = m_word;
    for (const auto &field : m_fields) {
        line += ' ';
        line += field.name;
        line += '=';
        appendEscaped(line, field.value);
    }
    return line;
}

Result<FieldLine> fieldLineFrom(std::string_view line)
{
    TextCursor cursor(line);
    const auto word = cursor.takeUntil(' ');
    if (!isWord(word) || line.ends_with(' ')) {
        return fail(ErrorCode::Malformed, std::string(line));
    }
    FieldLine read{std::string(word)};
    while (!cursor.atEnd()) {
        const auto part = cursor.takeUntil(' ');
        const auto equals = part.find('=');
        auto value = equals == std::string_view::npos ? std::nullopt : unescaped(part.substr(equals + 1));
        if (!value || !isWord(part.substr(0, equals))) {
            return fail(ErrorCode::Malformed, std::string(part));
        }
        read.add(std::string(part.substr(0, equals)), *std::move(value));
    }
    return read;
}

} // namespace Quay
