// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/shellwords.h"

#include <utility>

namespace Quay {

std::optional<std::vector<std::string>> shellWords(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool hasWord = false;
    char quote = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (quote == '\'' && c != quote) {
            word += c;
        } else if (c == '\\' && (quote == 0 || next == '"' || next == '\\' || next == '$') && at + 1 < text.size()) {
            word += next;
            hasWord = true;
            ++at;
        } else if (c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
            hasWord = true;
        } else if (quote == 0 && std::string_view(" \t\r\n").contains(c)) {
            if (std::exchange(hasWord, false)) {
                words.push_back(std::exchange(word, {}));
            }
        } else {
            word += c;
            hasWord = true;
        }
    }
    if (quote != 0) {
        return std::nullopt;
    }
    if (hasWord) {
        words.push_back(std::move(word));
    }
    return words;
}

bool isPlainCommand(std::string_view text)
{
    return text.find_first_of("$`|&;<>(){}*?[]!~#\n") == std::string_view::npos;
}

} // namespace Quay
