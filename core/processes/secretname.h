// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace Quay {

/**
 * Whether what is called so is a secret: `db-password`, `API_KEY`, `clientSecret`; not `password-file`, `tokenizer`.
 *
 * Dashes at the beginning do not count. Of an option or property the last word tells, of a variable in capitals each.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] bool namesSecret(std::string_view name);

} // namespace Quay
