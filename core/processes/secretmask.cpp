// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secretmask.h"

#include "core/processes/commandview.h"
#include "core/processes/environment.h"
#include "core/processes/passwordoptions.h"
#include "core/processes/secretname.h"
#include "core/processes/secrettext.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::string_view Blanks = " \t\r\n";

/// A word of a command that is one command more: its separators.
constexpr std::array<std::string_view, 5> Separators{"&&", "||", "|", ";", "&"};
constexpr std::array<std::string_view, 6> Shells{"sh", "bash", "dash", "zsh", "ash", "ksh"};

/// The end of the word that begins at @p begin; blanks between quotes are in it.
std::size_t wordEnd(std::string_view text, std::size_t begin)
{
    char quote = '\0';
    for (auto at = begin; at < text.size(); ++at) {
        const char letter = text[at];
        if (quote != '\0') {
            quote = letter == quote ? '\0' : quote;
        } else if (letter == '\'' || letter == '"') {
            quote = letter;
        } else if (Blanks.contains(letter)) {
            return at;
        }
    }
    return text.size();
}

/// What a shell is told to run: as text, and by the options of the programs in it.
std::string maskedCommand(std::string_view command)
{
    const std::string text = maskedText(command);
    std::string result;
    PasswordOptions options;
    for (std::size_t at = 0; at < text.size();) {
        if (Blanks.contains(text[at])) {
            result += text[at++];
            continue;
        }
        const auto end = wordEnd(text, at);
        const auto word = std::string_view(text).substr(at, end - at);
        at = end;
        result += options.masked(word).value_or(std::string(word));
        if (std::ranges::contains(Separators, word) || word.ends_with(';')) {
            options = PasswordOptions();
        }
    }
    return result;
}

class ArgumentMasker
{
public:
    explicit ArgumentMasker(std::string_view program)
        : m_isShell(std::ranges::contains(Shells, baseName(program)))
    {
    }

    [[nodiscard]] std::string masked(std::string_view argument)
    {
        const auto next = std::exchange(m_next, SecretKind::None);
        const auto option = std::exchange(m_option, argument);
        auto known = m_options.masked(argument);
        if (known) {
            return *std::move(known);
        }
        if (next != SecretKind::None && !argument.starts_with('-') && isSecretValue(option, argument)) {
            return maskedValue(argument, next);
        }
        const auto name = leadingName(argument);
        const char sign = name.size() < argument.size() ? argument[name.size()] : '\0';
        if (sign == '=' || (sign == ':' && argument.starts_with('-'))) {
            const auto value = argument.substr(name.size() + 1);
            const bool isWhole =
                argument.starts_with('-') || value.find_first_of(Blanks) == std::string_view::npos; // else a command
            const auto kind = kindOf(name);
            if (isWhole && kind != SecretKind::None && isSecretValue(name, value)) {
                return std::string(name) + sign + maskedValue(value, kind);
            }
        }
        if (argument.starts_with('-') && name.size() == argument.size()) {
            m_next = kindOf(name);
        }
        const bool isCommand =
            m_isShell && option.starts_with('-') && !option.starts_with("--") && option.ends_with('c');
        return isCommand ? maskedCommand(argument) : maskedText(argument);
    }

private:
    static SecretKind kindOf(std::string_view name)
    {
        return namesSecret(name) ? SecretKind::Secret : secretKindOfOption(name);
    }

    bool m_isShell;
    PasswordOptions m_options;
    std::string_view m_option; ///< The argument before.
    SecretKind m_next = SecretKind::None;
};

} // namespace

std::vector<std::string> maskedArguments(const std::vector<std::string> &arguments)
{
    std::vector<std::string> result;
    result.reserve(arguments.size());
    ArgumentMasker masker(arguments.empty() ? std::string_view() : std::string_view(arguments.front()));
    for (const auto &argument : arguments) {
        result.push_back(masker.masked(argument));
    }
    return result;
}

std::string maskedVariable(std::string_view name, std::string_view value)
{
    const bool isSecret = !value.empty() && (namesSecret(name) || (looksSecret(name, {}) && !value.starts_with('/')));
    return isSecret ? std::string(SecretMask) : maskedText(value);
}

} // namespace Quay
