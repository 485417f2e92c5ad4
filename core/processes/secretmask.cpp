// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/secretmask.h"

#include "core/processes/commandview.h"
#include "core/processes/environment.h"
#include "core/processes/secretname.h"
#include "core/processes/secrettext.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view Blanks = " \t\r\n";

/// Short options that take a password, by program. With `isJoined` it stands in the same argument.
struct PasswordOption
{
    std::string_view program; ///< Without version; a `*` at its end stands for anything.
    std::string_view option;
    bool isJoined;
};

constexpr std::array PasswordOptions{
    PasswordOption{.program = "mysql*", .option = "-p", .isJoined = true},
    PasswordOption{.program = "mariadb*", .option = "-p", .isJoined = true},
    PasswordOption{.program = "sshpass", .option = "-p", .isJoined = true},
    PasswordOption{.program = "sshpass", .option = "-p", .isJoined = false},
    PasswordOption{.program = "redis-cli", .option = "-a", .isJoined = false},
    PasswordOption{.program = "mongo*", .option = "-p", .isJoined = false},
    PasswordOption{.program = "ldap*", .option = "-w", .isJoined = false},
};

bool isProgram(std::string_view program, std::string_view pattern)
{
    return pattern.ends_with('*') ? program.starts_with(pattern.substr(0, pattern.size() - 1)) : program == pattern;
}

/// What an argument says about the one behind it.
enum class Next
{
    Ordinary,
    Secret,
    UserAndPassword, ///< `user:password`
};

class ArgumentMasker
{
public:
    explicit ArgumentMasker(std::string_view program)
        : m_program(withoutVersion(baseName(program)))
    {
    }

    [[nodiscard]] std::string masked(std::string_view argument)
    {
        const auto next = std::exchange(m_next, Next::Ordinary);
        const auto option = std::exchange(m_option, argument);
        if (next == Next::Secret && isSecretValue(option, argument) && !argument.starts_with('-')) {
            return std::string(SecretMask);
        }
        if (next == Next::UserAndPassword && argument.contains(':')) {
            return std::string(argument.substr(0, argument.find(':') + 1)) += SecretMask;
        }
        const auto name = leadingName(argument);
        if (name.size() < argument.size() && argument[name.size()] == '=') {
            const auto value = argument.substr(name.size() + 1);
            const bool isWhole = argument.starts_with('-') || value.find_first_of(Blanks) == npos; // else a command
            if (isWhole && namesSecret(name) && isSecretValue(name, value)) {
                return std::string(name) + '=' + std::string(SecretMask);
            }
        }
        for (const auto &known : PasswordOptions) {
            if (!isProgram(m_program, known.program) || !argument.starts_with(known.option)) {
                continue;
            }
            if (known.isJoined && argument.size() > known.option.size() && !argument.starts_with("--")) {
                return std::string(known.option) += SecretMask;
            }
            if (!known.isJoined && argument == known.option) {
                m_next = Next::Secret;
            }
        }
        if (m_program == "curl" && (argument == "-u" || argument == "--user")) {
            m_next = Next::UserAndPassword;
        } else if (argument.starts_with('-') && name.size() == argument.size() && namesSecret(name)) {
            m_next = Next::Secret;
        }
        return maskedText(argument);
    }

private:
    std::string_view m_program;
    std::string_view m_option; ///< The argument before.
    Next m_next = Next::Ordinary;
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
