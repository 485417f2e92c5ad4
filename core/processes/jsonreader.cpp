// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/jsonreader.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace Quay {

JsonReader::JsonReader(std::string_view json)
    : m_json(json)
{
}

void JsonReader::beginObject()
{
    expect('{');
    m_isFirst = true;
}

std::optional<std::string_view> JsonReader::nextMember()
{
    if (!hasNext('}')) {
        return std::nullopt;
    }
    const auto name = text();
    expect(':');
    return m_error ? std::nullopt : std::optional(name);
}

void JsonReader::beginArray()
{
    expect('[');
    m_isFirst = true;
}

bool JsonReader::nextItem()
{
    return hasNext(']');
}

std::string_view JsonReader::text()
{
    expect('"');
    if (m_error) {
        return {};
    }
    const auto end = m_json.find('"', m_position);
    const auto text = m_json.substr(m_position, end - m_position);
    if (end == std::string_view::npos || text.contains('\\') || text.contains('\n')) {
        fail("a text must end on its line and have no escapes");
        return {};
    }
    m_position = end + 1;
    return text;
}

std::vector<std::string_view> JsonReader::texts()
{
    std::vector<std::string_view> texts;
    beginArray();
    while (nextItem()) {
        texts.push_back(text());
    }
    if (texts.empty()) {
        fail("a list must not be empty");
    }
    return texts;
}

bool JsonReader::flag()
{
    skipBlanks();
    const auto rest = m_json.substr(m_position);
    for (const std::string_view word : {"true", "false"}) {
        if (!m_error && rest.starts_with(word)) {
            m_position += word.size();
            return word == "true";
        }
    }
    fail("true or false expected");
    return false;
}

int JsonReader::number()
{
    skipBlanks();
    int value = 0;
    const auto rest = m_json.substr(m_position);
    const char *const begin = std::to_address(rest.begin());
    const auto [end, error] = std::from_chars(begin, std::to_address(rest.end()), value);
    if (m_error || error != std::errc{}) {
        fail("a whole number expected");
        return 0;
    }
    m_position += static_cast<std::size_t>(end - begin);
    return value;
}

void JsonReader::finish()
{
    skipBlanks();
    if (m_position != m_json.size()) {
        fail("nothing more expected");
    }
}

void JsonReader::fail(std::string_view what)
{
    if (m_error) {
        return;
    }
    const auto line = 1 + std::ranges::count(m_json.substr(0, m_position), '\n');
    m_error = Error{.code = ErrorCode::Malformed,
                    .subject = "line " + std::to_string(line) + ": " + std::string(what),
                    .sysErrno = 0};
}

void JsonReader::skipBlanks()
{
    const auto next = m_json.find_first_not_of(" \t\r\n", m_position);
    m_position = next == std::string_view::npos ? m_json.size() : next;
}

bool JsonReader::skip(char expected)
{
    skipBlanks();
    if (m_error || m_position == m_json.size() || m_json[m_position] != expected) {
        return false;
    }
    ++m_position;
    return true;
}

void JsonReader::expect(char expected)
{
    if (!skip(expected)) {
        fail(std::string("'") + expected + "' expected");
    }
}

bool JsonReader::hasNext(char end)
{
    if (skip(end)) {
        m_isFirst = false;
        return false;
    }
    if (!m_isFirst) {
        expect(',');
    }
    m_isFirst = false;
    return !m_error;
}

} // namespace Quay
