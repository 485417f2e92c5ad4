// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secrettext.h"

#include "core/processes/secretname.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr std::string_view Blanks = " \t\r\n";

/// How the tokens of a service begin, and how many characters follow at least.
struct TokenPrefix
{
    std::string_view prefix;
    std::size_t least;
};

constexpr std::array TokenPrefixes{
    TokenPrefix{.prefix = "ghp_", .least = 20},     TokenPrefix{.prefix = "gho_", .least = 20},
    TokenPrefix{.prefix = "ghu_", .least = 20},     TokenPrefix{.prefix = "ghs_", .least = 20},
    TokenPrefix{.prefix = "ghr_", .least = 20},     TokenPrefix{.prefix = "github_pat_", .least = 20},
    TokenPrefix{.prefix = "glpat-", .least = 16},   TokenPrefix{.prefix = "xoxa-", .least = 10},
    TokenPrefix{.prefix = "xoxb-", .least = 10},    TokenPrefix{.prefix = "xoxp-", .least = 10},
    TokenPrefix{.prefix = "xoxr-", .least = 10},    TokenPrefix{.prefix = "xoxs-", .least = 10},
    TokenPrefix{.prefix = "xapp-", .least = 10},    TokenPrefix{.prefix = "AKIA", .least = 16},
    TokenPrefix{.prefix = "ASIA", .least = 16},     TokenPrefix{.prefix = "sk-ant-", .least = 20},
    TokenPrefix{.prefix = "sk-proj-", .least = 20}, TokenPrefix{.prefix = "sk_live_", .least = 16},
    TokenPrefix{.prefix = "sk_test_", .least = 16}, TokenPrefix{.prefix = "rk_live_", .least = 16},
    TokenPrefix{.prefix = "hf_", .least = 30},      TokenPrefix{.prefix = "npm_", .least = 30},
    TokenPrefix{.prefix = "AIza", .least = 30},     TokenPrefix{.prefix = "pypi-AgE", .least = 30},
    TokenPrefix{.prefix = "dop_v1_", .least = 30},  TokenPrefix{.prefix = "eyJhbGciOi", .least = 20},
};

bool isOneOf(char letter, std::string_view letters)
{
    return letters.contains(letter);
}

bool isNameLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')
        || isOneOf(letter, "_-.");
}

/// Collects the parts of one text that are secrets.
class TextMasker
{
public:
    explicit TextMasker(std::string_view text)
        : m_text(text)
    {
    }

    [[nodiscard]] std::string masked()
    {
        findPrivateKeys();
        findPasswordsInUrls();
        findTokens();
        findAssignments();
        findOptions();
        return withoutParts();
    }

private:
    struct Part
    {
        std::size_t begin;
        std::size_t end;
    };

    void add(std::size_t begin, std::size_t end)
    {
        if (begin < end) {
            m_parts.push_back({.begin = begin, .end = end});
        }
    }

    [[nodiscard]] std::size_t endAt(std::size_t begin, std::string_view delimiters) const
    {
        return std::min(m_text.find_first_of(delimiters, begin), m_text.size());
    }

    void findPrivateKeys()
    {
        constexpr std::string_view Begin = "-----BEGIN ";
        constexpr std::string_view Middle = "PRIVATE KEY-----";
        constexpr std::string_view End = "-----END ";
        for (auto begin = m_text.find(Begin); begin != std::string_view::npos; begin = m_text.find(Begin, begin + 1)) {
            constexpr std::size_t LongestLine = 64;
            const auto middle = m_text.substr(begin, LongestLine).find(Middle);
            if (middle != std::string_view::npos) {
                const auto content = begin + middle + Middle.size();
                const auto end = std::min(m_text.find(End, content), m_text.size());
                add(content, end);
                begin = end - 1;
            }
        }
    }

    void findPasswordsInUrls()
    {
        constexpr std::string_view Separator = "://";
        for (auto at = m_text.find(Separator); at != std::string_view::npos;
             at = m_text.find(Separator, at + Separator.size())) {
            const auto begin = at + Separator.size();
            const auto authority = m_text.substr(begin, endAt(begin, "/?#\"' \t\r\n") - begin);
            const auto end = authority.rfind('@');
            const auto colon = authority.find(':');
            if (end != std::string_view::npos && colon < end) {
                add(begin + colon + 1, begin + end);
            }
        }
    }

    void findTokens()
    {
        for (std::size_t at = 0; at < m_text.size();) {
            if (!isNameLetter(m_text[at])) {
                ++at;
                continue;
            }
            const auto run = leadingName(m_text.substr(at));
            for (const auto &known : TokenPrefixes) {
                if (run.starts_with(known.prefix) && run.size() >= known.prefix.size() + known.least) {
                    add(at + known.prefix.size(), at + run.size());
                }
            }
            if (isWord(run, "bearer")) {
                const auto begin = m_text.find_first_not_of(' ', at + run.size());
                if (begin != std::string_view::npos && begin > at + run.size() && m_text[begin] != '$') {
                    add(begin, endAt(begin, " \t\r\n\"'"));
                }
            }
            at += run.size();
        }
    }

    static bool isWord(std::string_view run, std::string_view lowerCase)
    {
        return std::ranges::equal(run, lowerCase, {}, [](char letter) {
            return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        });
    }

    void findAssignments()
    {
        for (std::size_t at = 0; at < m_text.size(); ++at) {
            if (m_text[at] == '=' || m_text[at] == ':') {
                findAssignedAt(at);
            }
        }
    }

    /// `name=value`, `name="value"`, `"name": "value"`, `Name: value`, `--name:value`.
    void findAssignedAt(std::size_t sign)
    {
        if (sign < m_assignedTo) {
            return; // in a value
        }
        auto nameEnd = sign;
        const bool isQuoted = nameEnd > 0 && isOneOf(m_text[nameEnd - 1], "\"'");
        nameEnd -= isQuoted ? 1 : 0;
        constexpr std::size_t LongestName = 128;
        auto nameBegin = nameEnd;
        while (nameBegin > 0 && isNameLetter(m_text[nameBegin - 1]) && nameEnd - nameBegin <= LongestName) {
            --nameBegin;
        }
        const auto name = m_text.substr(nameBegin, nameEnd - nameBegin);
        auto begin = sign + 1;
        const bool isHeader = m_text[sign] == ':' && !isQuoted && !name.starts_with('-');
        const bool isCookie = isHeader && (isWord(name, "cookie") || isWord(name, "set-cookie"));
        if (m_text[sign] == ':') {
            begin = std::min(m_text.find_first_not_of(' ', begin), m_text.size());
        }
        const bool isValue =
            begin < m_text.size() && (!isHeader || begin > sign + 1) && (isCookie || namesSecret(name));
        if (!isValue) {
            return;
        }
        auto end = begin;
        if (isOneOf(m_text[begin], "\"'")) {
            end = std::min(m_text.find(m_text[begin], begin + 1), m_text.size());
            ++begin;
        } else {
            end = endAt(begin, isHeader ? "\"'\r\n" : " \t\r\n\"'&;,|)}");
        }
        if (begin < end && isSecretValue(name, m_text.substr(begin, end - begin))) {
            add(begin, end);
        }
        m_assignedTo = end;
    }

    /// `--password value` within a command of a shell.
    void findOptions()
    {
        bool isAnnounced = false;
        std::string_view option;
        for (auto begin = m_text.find_first_not_of(Blanks); begin != std::string_view::npos;) {
            const auto end = endAt(begin, Blanks);
            auto word = m_text.substr(begin, end - begin);
            if (isAnnounced && !word.starts_with('-') && isSecretValue(option, word)) {
                add(begin, end);
            }
            isAnnounced = word.starts_with("--") && std::ranges::all_of(word, isNameLetter) && namesSecret(word);
            option = word;
            begin = m_text.find_first_not_of(Blanks, end);
        }
    }

    [[nodiscard]] std::string withoutParts()
    {
        std::ranges::sort(m_parts, {}, &Part::begin);
        std::string result;
        std::size_t at = 0;
        std::size_t maskedTo = 0;
        for (const auto &part : m_parts) {
            if (part.begin >= maskedTo) {
                result += m_text.substr(at, part.begin - at);
                result += SecretMask;
            }
            maskedTo = std::max(maskedTo, part.end);
            at = maskedTo;
        }
        return result += m_text.substr(at);
    }

    std::string_view m_text;
    std::vector<Part> m_parts;
    std::size_t m_assignedTo = 0; ///< Where the last assigned value ends: each is looked at once.
};

} // namespace

std::string_view leadingName(std::string_view text)
{
    const auto end = std::ranges::find_if_not(text, isNameLetter);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

bool isSecretValue(std::string_view name, std::string_view value)
{
    if (value.empty() || value.starts_with('$')) {
        return false;
    }
    const bool isKey = name.ends_with("key") || name.ends_with("KEY");
    const bool isPrivate = name.contains("private") || name.contains("PRIVATE");
    const bool isPath = value.starts_with('/') || value.starts_with("./") || value.starts_with('~');
    return !(isKey && isPrivate && isPath);
}

std::string maskedText(std::string_view text)
{
    return TextMasker(text).masked();
}

} // namespace Quay
