// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// What may be secret in the value of an option.
enum class SecretKind : std::uint8_t
{
    None,
    Secret, ///< All of it.
    UserAndPassword, ///< `user:password`
    Scheme, ///< All of it, unless it names a way to log in: `--auth none`.
    Key, ///< All of it, unless it is a file, or a short word that means something else: `--key 2`.
    Source, ///< `pass:PASSWORD`; else it says where the password is: `env:NAME`, `file:PATH`.
};

/// @p value without what is secret in it. Threads: pure function.
[[nodiscard]] std::string maskedValue(std::string_view value, SecretKind kind);

/// Of long options that are not called a secret, and mostly take one: `--auth`, `--key`. Threads: pure function.
[[nodiscard]] SecretKind secretKindOfOption(std::string_view option);

/**
 * Follows the words of a command, and knows by its program which options take a password that are not called so:
 * `mysql -pPASS`, `curl -u ME:PASS`, also behind `sudo` and the like.
 *
 * `-p 3000` of a server is never one: of most programs nothing is known, and nothing is masked.
 *
 * Threads: not shared.
 */
class PasswordOptions
{
public:
    /// @p word, the next one, without its secret. Nothing: it is not the value of such an option.
    [[nodiscard]] std::optional<std::string> masked(std::string_view word);

private:
    void noteProgram(std::string_view word);
    [[nodiscard]] std::optional<std::string> maskedByTable(std::string_view word);

    std::string m_program; ///< Whose options they are. Empty until it has come.
    int m_wordsToCome = 0; ///< Among them the program that this one runs may be.
    SecretKind m_next = SecretKind::None;
};

} // namespace Quay
