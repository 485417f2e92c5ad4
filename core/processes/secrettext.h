// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace Quay {

/// What stands in the place of a secret.
inline constexpr std::string_view SecretMask = "***";

/**
 * A text without the secrets in it: passwords in URLs, values that are assigned to a name such as `password` (as in
 * shell commands, queries, headers and JSON), private keys, bearer tokens, and what begins as the tokens of well-known
 * services do.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::string maskedText(std::string_view text);

/// The letters, digits, `_`, `-` and `.` that a text begins with. Threads: pure function.
[[nodiscard]] std::string_view leadingName(std::string_view text);

/**
 * Whether a value is worth hiding under a name that says so: a reference to a variable of the shell says nothing, and a
 * private key is often given as a file.
 *
 * Threads: pure function.
 */
[[nodiscard]] bool isSecretValue(std::string_view name, std::string_view value);

} // namespace Quay
