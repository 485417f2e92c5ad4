// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/inifile.h"

#include "core/base/textcursor.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace Quay {

namespace {

constexpr std::string_view Blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(Blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blanks) + 1 - begin);
}

std::string_view withoutComment(std::string_view line)
{
    for (auto at = line.find(';'); at != std::string_view::npos; at = line.find(';', at + 1)) {
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') {
            return line.substr(0, at);
        }
    }
    return line;
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

class IniParser
{
public:
    [[nodiscard]] IniFile parsed(std::string_view text)
    {
        TextCursor lines(text);
        for (m_line = 1; !lines.atEnd(); ++m_line) {
            parseLine(lines.takeLine());
        }
        return std::move(m_file);
    }

private:
    void parseLine(std::string_view line)
    {
        if (firstInvalidUtf8(line) || line.contains('\0')) {
            refuse(MistakeCode::NotUtf8, {});
            return;
        }
        const auto content = trimmed(withoutComment(line));
        const bool isComment = line.starts_with('#') || trimmed(line).starts_with('#');
        if (content.empty() || isComment) {
            return;
        }
        const bool isContinued = line.front() == ' ' || line.front() == '\t';
        if (isContinued && m_entry) {
            auto &value = m_file.sections.back().entries.back().value;
            value += '\n';
            value += content;
        } else if (content.starts_with('[')) {
            beginSection(content);
        } else {
            addEntry(content);
        }
    }

    void beginSection(std::string_view head)
    {
        m_entry = false;
        const auto end = head.find(']');
        if (end == std::string_view::npos || end == 1 || end + 1 != head.size()) {
            refuse(MistakeCode::BadSection, head);
            m_isLost = true;
            return;
        }
        m_isLost = false;
        m_file.sections.push_back({.name = std::string(head.substr(1, end - 1)), .entries = {}, .line = m_line});
    }

    void addEntry(std::string_view content)
    {
        const auto sign = content.find_first_of("=:");
        const auto key = trimmed(content.substr(0, sign));
        m_entry = false;
        if (sign == std::string_view::npos || key.empty() || m_file.sections.empty()) {
            refuse(MistakeCode::BadLine, content);
            return;
        }
        if (m_isLost) { // its section was refused already
            return;
        }
        auto &entries = m_file.sections.back().entries;
        const std::string name = lowerCase(key);
        std::erase_if(entries, [&name](const IniEntry &entry) { return entry.key == name; });
        entries.push_back({.key = name, .value = std::string(trimmed(content.substr(sign + 1))), .line = m_line});
        m_entry = true;
    }

    void refuse(MistakeCode code, std::string_view found)
    {
        m_file.mistakes.push_back(
            {.code = code, .position = {.line = m_line, .column = 0}, .found = std::string(found)});
    }

    IniFile m_file;
    int m_line = 1;
    bool m_entry = false; ///< The next line may continue an entry.
    bool m_isLost = false; ///< In a section whose head was no head.
};

} // namespace

IniFile parseIniFile(std::string_view text)
{
    return IniParser().parsed(text);
}

} // namespace Quay
