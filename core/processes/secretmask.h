// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/**
 * A command line without the secrets that can be told to be some: values of options and variables that are called so
 * (`--password=`, `--api-key`, `DB_TOKEN=`), options of programs that are known for it (`mysql -pPASS`, `curl -u
 * ME:PASS`, also behind `sudo` and the like), `--auth` and `--key` where the value looks like a secret, and all that
 * maskedText() finds.
 *
 * There are as many arguments as before. A secret that looks like nothing of this stays.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<std::string> maskedArguments(const std::vector<std::string> &arguments);

/// The value of a variable of the environment, or the mask. Threads: pure function.
[[nodiscard]] std::string maskedVariable(std::string_view name, std::string_view value);

} // namespace Quay
