// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/yamltext.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <format>

namespace Quay {

namespace {

/// Plain scalars that stand for nothing.
constexpr std::array<std::string_view, 4> NullWords{"null", "Null", "NULL", "~"};

bool isPlainLetter(char c)
{
    constexpr std::string_view Signs = "_/.@%+=-";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || Signs.contains(c);
}

/// Whether it means the same without quotation marks, in a list in brackets too. `-`, `=`, `@` and `%` may not be
/// first.
bool isPlain(std::string_view text)
{
    if (text.empty() || std::ranges::contains(NullWords, text) || !isPlainLetter(text.front())
        || std::string_view("-=@%.").contains(text.front()) || text.ends_with(' ')) {
        return text.starts_with('.') && text.size() > 1 && isPlain(text.substr(1))
            && !text.starts_with("..."); // `.env`
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool isInnerColon = text[i] == ':' && i + 1 < text.size() && isPlainLetter(text[i + 1]);
        const bool isInnerBlank = text[i] == ' ' && isPlainLetter(text[i + 1]); // the last is none
        if (!isPlainLetter(text[i]) && !isInnerColon && !isInnerBlank) {
            return false;
        }
    }
    return true;
}

/// Line and paragraph separators, and the byte order mark, which a parser may take for something else.
bool needsEscape(char32_t character)
{
    return character < 0x20 || (character >= 0x7F && character <= 0x9F) || character == 0x2028 || character == 0x2029
        || character == 0xFEFF || (character >= 0xFFFE && character <= 0xFFFF);
}

void appendQuoted(std::string &quoted, std::string_view bytes, const DecodedCharacter &decoded)
{
    switch (decoded.character) {
    case U'"':
        quoted += "\\\"";
        return;
    case U'\\':
        quoted += "\\\\";
        return;
    case U'\n':
        quoted += "\\n";
        return;
    case U'\t':
        quoted += "\\t";
        return;
    default:
        break;
    }
    if (needsEscape(decoded.character)) {
        quoted += std::format("\\u{:04x}", static_cast<unsigned>(decoded.character));
    } else {
        quoted += bytes.substr(0, decoded.length);
    }
}

} // namespace

std::string yamlScalar(std::string_view text)
{
    if (isPlain(text)) {
        return std::string(text);
    }
    std::string quoted = "\"";
    while (!text.empty()) {
        const auto decoded = decodeUtf8(text);
        if (decoded) {
            appendQuoted(quoted, text, *decoded);
        } else {
            quoted += "\xEF\xBF\xBD";
        }
        text.remove_prefix(decoded ? decoded->length : 1);
    }
    return quoted += '"';
}

void YamlWriter::entry(std::string_view key, std::string_view value)
{
    writePending();
    line(std::string(key) + ": " + std::string(value));
}

void YamlWriter::flowList(std::string_view key, const std::vector<std::string> &items)
{
    std::string list;
    for (const auto &item : items) {
        list += (list.empty() ? "" : ", ") + item;
    }
    if (!items.empty()) {
        entry(key, '[' + list + ']');
    }
}

void YamlWriter::comment(std::string_view text)
{
    line("# " + std::string(text));
}

void YamlWriter::blankLine()
{
    m_text += '\n';
}

void YamlWriter::begin(std::string_view key)
{
    m_pending.emplace_back(key);
}

void YamlWriter::beginItem()
{
    m_pending.emplace_back();
}

void YamlWriter::end()
{
    if (!m_pending.empty()) {
        m_pending.pop_back();
    } else {
        --m_level;
    }
}

void YamlWriter::line(std::string_view text)
{
    if (!m_atItem) {
        m_text.append(static_cast<std::size_t>(m_level) * 2, ' ');
    }
    m_atItem = false;
    m_text += text;
    m_text += '\n';
}

void YamlWriter::writePending()
{
    for (const auto &key : m_pending) {
        if (key.empty()) {
            m_text.append(static_cast<std::size_t>(m_level) * 2, ' ');
            m_text += "- ";
            m_atItem = true;
        } else {
            line(key + ':');
        }
        ++m_level;
    }
    m_pending.clear();
}

} // namespace Quay
