// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/envfile.h"

#include "core/base/readfile.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

namespace Quay {

namespace {

constexpr std::string_view ByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view Blanks = " \t";

std::string_view trimmed(std::string_view text)
{
    const auto begin = std::min(text.find_first_not_of(Blanks), text.size());
    const auto end = text.find_last_not_of(Blanks);
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

/// What `\n` and the like mean in "...".
std::optional<char> escapedLetter(char letter)
{
    switch (letter) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case '"':
    case '\\':
    case '$':
        return letter;
    default:
        return std::nullopt;
    }
}

/// Without the comment at its end.
std::string_view plainValue(std::string_view text)
{
    for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
        if (at == 0 || Blanks.contains(text[at - 1])) {
            return trimmed(text.substr(0, at));
        }
    }
    return trimmed(text);
}

class EnvParser
{
public:
    explicit EnvParser(std::string_view text)
        : m_rest(text)
    {
        if (m_rest.starts_with(ByteOrderMark)) {
            m_rest.remove_prefix(ByteOrderMark.size());
        }
    }

    [[nodiscard]] EnvFile parsed()
    {
        while (!m_rest.empty()) {
            parseLine();
        }
        return std::move(m_file);
    }

private:
    void parseLine()
    {
        const int line = m_line;
        std::string_view text = trimmed(takeLine());
        if (text.empty() || text.starts_with('#')) {
            return;
        }
        constexpr std::string_view Export = "export";
        if (text.starts_with(Export) && text.size() > Export.size() && Blanks.contains(text[Export.size()])) {
            text = trimmed(text.substr(Export.size()));
        }
        const auto sign = text.find('=');
        const auto name = trimmed(text.substr(0, sign));
        if (sign == std::string_view::npos || !isVariableName(name)) {
            refuse(sign == std::string_view::npos ? MistakeCode::BadLine : MistakeCode::BadVariableName, line);
            return;
        }
        const auto value = trimmed(text.substr(sign + 1));
        if (value.starts_with('\'') || value.starts_with('"')) {
            parseQuoted(name, value, line);
        } else {
            m_file.variables.insert_or_assign(std::string(name), std::string(plainValue(value)));
        }
    }

    /// @p value: begins with the quotation mark, and ends where its line does.
    void parseQuoted(std::string_view name, std::string_view value, int line)
    {
        const char quote = value.front();
        std::string content;
        std::string_view piece = value.substr(1);
        for (;;) {
            const auto end = appendUntilQuote(content, piece, quote);
            if (end) {
                const auto behind = trimmed(piece.substr(*end + 1));
                if (!behind.empty() && !behind.starts_with('#')) {
                    refuse(MistakeCode::TextBehindQuote, m_line - 1);
                } else {
                    m_file.variables.insert_or_assign(std::string(name), std::move(content));
                }
                return;
            }
            if (m_rest.empty()) {
                refuse(MistakeCode::UnterminatedQuote, line, name);
                return;
            }
            content += '\n';
            piece = takeLine();
        }
    }

    /// Where in @p piece the closing quotation mark is.
    static std::optional<std::size_t> appendUntilQuote(std::string &content, std::string_view piece, char quote)
    {
        for (std::size_t at = 0; at < piece.size(); ++at) {
            if (piece[at] == quote) {
                return at;
            }
            const bool mayBeEscape = quote == '"' && piece[at] == '\\' && at + 1 < piece.size();
            if (const auto letter = mayBeEscape ? escapedLetter(piece[at + 1]) : std::nullopt) {
                content += *letter;
                ++at;
            } else {
                content += piece[at];
            }
        }
        return std::nullopt;
    }

    std::string_view takeLine()
    {
        const auto end = m_rest.find('\n');
        std::string_view line = m_rest.substr(0, end);
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
        ++m_line;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        return line;
    }

    /// @p found: never more than a name. What stands in such a file may be a secret, a half of one too.
    void refuse(MistakeCode code, int line, std::string_view found = {})
    {
        m_file.mistakes.push_back({.code = code, .position = {.line = line, .column = 0}, .found = std::string(found)});
    }

    EnvFile m_file;
    std::string_view m_rest;
    int m_line = 1; ///< That takeLine() gives next.
};

} // namespace

EnvFile parseEnvFile(std::string_view text)
{
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) { // no value can have one
        EnvFile refused;
        const auto line = static_cast<int>(std::ranges::count(text.substr(0, nul), '\n')) + 1;
        refused.mistakes.push_back({.code = MistakeCode::NulByte, .position = {.line = line, .column = 0}});
        return refused;
    }
    return EnvParser(text).parsed();
}

EnvFile readEnvFile(const std::string &path)
{
    EnvFile file;
    const auto text = readFile(path, MostEnvFileBytes);
    if (text) {
        file = parseEnvFile(*text);
    } else if (text.error().sysErrno == EFBIG) {
        file.mistakes.push_back({.code = MistakeCode::TooLarge, .allowed = {std::to_string(MostEnvFileBytes)}});
    } else {
        file.mistakes.push_back(
            {.code = MistakeCode::NotReadable, .found = std::generic_category().message(text.error().sysErrno)});
    }
    for (auto &mistake : file.mistakes) {
        mistake.file = path;
    }
    return file;
}

} // namespace Quay
