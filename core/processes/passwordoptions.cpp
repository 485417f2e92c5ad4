// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/passwordoptions.h"

#include "core/processes/commandview.h"
#include "core/processes/environment.h"
#include "core/processes/secrettext.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

/// Where the value of an option stands.
enum class Place : std::uint8_t
{
    Joined, ///< `-pPASS`: behind a blank it would be something else.
    Behind, ///< `-p PASS`
    Both, ///< `-uME:PASS` and `-u ME:PASS`; of a long option `--user=ME:PASS` and `--user ME:PASS`.
};

/// Options that take a password and are not called so, by program.
struct PasswordOption
{
    std::string_view program; ///< Without version; a `*` at its end stands for anything.
    std::string_view option;
    Place place = Place::Both;
    SecretKind value = SecretKind::Secret;
};

constexpr std::array KnownOptions{
    PasswordOption{.program = "mysql*", .option = "-p", .place = Place::Joined},
    PasswordOption{.program = "mariadb*", .option = "-p", .place = Place::Joined},
    PasswordOption{.program = "sshpass", .option = "-p"},
    PasswordOption{.program = "redis-cli", .option = "-a", .place = Place::Behind},
    PasswordOption{.program = "redis-benchmark", .option = "-a", .place = Place::Behind},
    PasswordOption{.program = "valkey-cli", .option = "-a", .place = Place::Behind},
    PasswordOption{.program = "mongo*", .option = "-p", .place = Place::Behind},
    PasswordOption{.program = "mongosh", .option = "-p", .place = Place::Joined},
    PasswordOption{.program = "ldap*", .option = "-w", .place = Place::Behind},
    PasswordOption{.program = "curl", .option = "-u", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "curl", .option = "--user", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "curl", .option = "-U", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "curl", .option = "--proxy-user", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "openssl", .option = "-pass", .place = Place::Behind, .value = SecretKind::Source},
    PasswordOption{.program = "openssl", .option = "-passin", .place = Place::Behind, .value = SecretKind::Source},
    PasswordOption{.program = "openssl", .option = "-passout", .place = Place::Behind, .value = SecretKind::Source},
    PasswordOption{.program = "http", .option = "-a", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "https", .option = "-a", .value = SecretKind::UserAndPassword},
    PasswordOption{.program = "xh", .option = "-a", .value = SecretKind::UserAndPassword},
};

/// They run the program that they are told to.
constexpr std::array<std::string_view, 14> Wrappers{"sudo",    "doas",  "env",    "exec",   "command",
                                                    "timeout", "nohup", "nice",   "ionice", "setsid",
                                                    "stdbuf",  "time",  "strace", "watch"};
/// Values of `--auth` and the like that are no secrets.
constexpr std::array<std::string_view, 26> Schemes{
    "none",  "basic", "digest", "bearer",  "password", "oauth", "oauth2", "jwt",  "token",
    "ldap",  "pam",   "mtls",   "tls",     "ntlm",     "iam",   "oidc",   "saml", "peer",
    "trust", "md5",   "any",    "anyauth", "kerberos", "true",  "false",  "on"};

bool isProgram(std::string_view program, std::string_view pattern)
{
    return pattern.ends_with('*') ? program.starts_with(pattern.substr(0, pattern.size() - 1)) : program == pattern;
}

bool isLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool looksLikeFile(std::string_view value)
{
    constexpr std::size_t LongestEnding = 6; // of `.sqlite`
    const auto dot = value.rfind('.');
    const auto ending = dot != std::string_view::npos ? value.substr(dot + 1) : std::string_view();
    return value.contains('/') || value.starts_with('~') || value.starts_with('$')
        || (!ending.empty() && ending.size() <= LongestEnding && std::ranges::all_of(ending, isLetter));
}

} // namespace

std::string maskedValue(std::string_view value, SecretKind kind)
{
    constexpr std::size_t ShortestKey = 8; // shorter ones are names of fields, numbers of columns ...
    switch (kind) {
    case SecretKind::None:
        break;
    case SecretKind::Secret:
        return std::string(SecretMask);
    case SecretKind::UserAndPassword:
        if (const auto colon = value.find(':'); colon != std::string_view::npos && !value.contains("://")) {
            return std::string(value.substr(0, colon + 1)) += SecretMask;
        }
        break;
    case SecretKind::Scheme:
        if (value.contains(':')) {
            return maskedValue(value, SecretKind::UserAndPassword);
        }
        if (!std::ranges::contains(Schemes, value) && !looksLikeFile(value)) {
            return std::string(SecretMask);
        }
        break;
    case SecretKind::Key:
        if (value.size() >= ShortestKey && !looksLikeFile(value) && std::ranges::any_of(value, isLetter)
            && std::ranges::any_of(value, isDigit)) {
            return std::string(SecretMask);
        }
        break;
    case SecretKind::Source:
        if (constexpr std::string_view Here = "pass:"; value.starts_with(Here)) {
            return std::string(Here) += SecretMask;
        }
        break;
    }
    return maskedText(value);
}

SecretKind secretKindOfOption(std::string_view option)
{
    if (option == "--auth" || option == "--basic-auth" || option == "--http-auth") {
        return SecretKind::Scheme;
    }
    return option == "--key" ? SecretKind::Key : SecretKind::None;
}

std::optional<std::string> PasswordOptions::masked(std::string_view word)
{
    noteProgram(word);
    const auto next = std::exchange(m_next, SecretKind::None);
    const bool isValue = !word.empty() && !word.starts_with('-') && !word.starts_with('$');
    if (next != SecretKind::None && isValue) {
        return maskedValue(word, next);
    }
    return maskedByTable(word);
}

/// Behind a program that runs another one, the options are of that other one.
void PasswordOptions::noteProgram(std::string_view argument)
{
    constexpr int MostWordsOfAWrapper = 2; // `sudo -u me mysql`, `timeout 5 mysql`; behind that it may be anything
    const auto isWord = !argument.starts_with('-') && !argument.contains('=');
    const auto program = withoutVersion(baseName(argument));
    if (m_program.empty() && !isWord) {
        return; // `PORT=3000 mysql ...`
    }
    if (m_program.empty()) {
        m_program = program;
        m_wordsToCome = std::ranges::contains(Wrappers, program) ? MostWordsOfAWrapper : 0;
        return;
    }
    if (m_wordsToCome == 0 || !isWord) {
        return;
    }
    const auto isIts = [program](const PasswordOption &known) { return isProgram(program, known.program); };
    --m_wordsToCome;
    if (std::ranges::contains(Wrappers, program)) {
        m_wordsToCome = MostWordsOfAWrapper;
    } else if (std::ranges::any_of(KnownOptions, isIts)) {
        m_program = program;
        m_wordsToCome = 0;
    }
}

/// What the table of options says. That a value follows is kept in m_next.
std::optional<std::string> PasswordOptions::maskedByTable(std::string_view argument)
{
    const bool isCluster = m_program == "curl" && argument.starts_with('-') && !argument.starts_with("--")
        && argument.size() > 2 && argument.ends_with('u') && std::ranges::all_of(argument.substr(1), isLetter);
    for (const auto &known : KnownOptions) {
        if (!isProgram(m_program, known.program)) {
            continue;
        }
        const bool isLong = known.option.starts_with("--");
        if (known.place != Place::Joined && (argument == known.option || (isCluster && known.option == "-u"))) {
            m_next = known.value; // `-su me:pass` among them
            return std::nullopt;
        }
        const std::string start = std::string(known.option) + (isLong ? "=" : "");
        if (known.place != Place::Behind && argument.starts_with(start) && argument.size() > start.size()
            && (isLong || !argument.starts_with("--"))) {
            return start + maskedValue(argument.substr(start.size()), known.value);
        }
    }
    return std::nullopt;
}

} // namespace Quay
