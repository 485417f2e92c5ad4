// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secretname.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t LongestName = 128; // what is longer is no name

/// Alone, or behind something (`pgpassword`, `accesstoken`).
constexpr std::array<std::string_view, 6> SecretEnds{"password", "passwd", "passphrase", "secret", "token", "apikey"};
constexpr std::array<std::string_view, 4> SecretWords{"pwd", "credential", "credentials", "authorization"};
/// Alone only: `JWT_ALGORITHM` is none.
constexpr std::array<std::string_view, 3> SecretsAlone{"jwt", "requirepass", "masterauth"};
constexpr std::array<std::string_view, 3> RootTokenId{"root", "token", "id"}; // as Vault calls the token itself
/// What makes a `key` one that is secret; a `key` as such is more often a file.
constexpr std::array<std::string_view, 8> SecretKeys{"api",     "access", "secret",  "private",
                                                     "signing", "master", "account", "encryption"};
/// With these before it, it is a switch or a number.
constexpr std::array<std::string_view, 14> HarmlessBegins{
    "no", "without", "ask", "prompt", "disable", "require", "max", "min", "num", "eos", "bos", "pad", "unk", "mask"};
/// With these behind it, it says where the secret is.
constexpr std::array<std::string_view, 5> HarmlessEnds{"file", "path", "dir", "stdin", "env"};

bool isUpper(char letter)
{
    return letter >= 'A' && letter <= 'Z';
}

bool isLower(char letter)
{
    return letter >= 'a' && letter <= 'z';
}

bool isLetterOrDigit(char letter)
{
    return isUpper(letter) || isLower(letter) || (letter >= '0' && letter <= '9');
}

/// `db`, `password` for `db-password`, `DB_PASSWORD` and `dbPassword`.
Words wordsOf(std::string_view name)
{
    Words words;
    bool isNew = true;
    char before = ' ';
    for (const char letter : name) {
        isNew = isNew || (isLower(before) && isUpper(letter));
        before = letter;
        if (!isLetterOrDigit(letter)) {
            isNew = true;
            continue;
        }
        if (std::exchange(isNew, false)) {
            words.emplace_back();
        }
        words.back() += isUpper(letter) ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return words;
}

bool isSecretAt(const Words &words, std::size_t index)
{
    const std::string_view word = words[index];
    const auto isEnd = [word](std::string_view end) { return word.ends_with(end); };
    if (std::ranges::any_of(SecretEnds, isEnd) || std::ranges::contains(SecretWords, word)) {
        return true;
    }
    const bool hasMore = words.size() > 1; // `-pass 1` counts passes
    return (word == "pass" && hasMore)
        || (word == "key" && index > 0 && std::ranges::contains(SecretKeys, words[index - 1]));
}

} // namespace

bool namesSecret(std::string_view name)
{
    if (name.size() > LongestName || name == "PWD" || name == "OLDPWD") {
        return false;
    }
    const auto words = wordsOf(name);
    if (words.empty() || std::ranges::contains(HarmlessBegins, words.front())
        || std::ranges::contains(HarmlessEnds, words.back())) {
        return false;
    }
    if (name.starts_with("--pass") && words.size() == 1 && words.front() == "pass") {
        return true;
    }
    const bool isRootToken = words.size() >= RootTokenId.size()
        && std::ranges::equal(std::span(words).last<RootTokenId.size()>(), RootTokenId);
    if (isRootToken || (words.size() == 1 && std::ranges::contains(SecretsAlone, words.front()))) {
        return true;
    }
    const bool isVariable = std::ranges::none_of(name, isLower);
    if (!isVariable) {
        return isSecretAt(words, words.size() - 1);
    }
    for (std::size_t index = 0; index < words.size(); ++index) { // `SECRET_KEY_BASE`
        if (isSecretAt(words, index)) {
            return true;
        }
    }
    return false;
}

} // namespace Quay
