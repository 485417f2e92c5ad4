// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configmistake.h"
#include "core/servers/variables.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// The variables of a `.env` file.
struct EnvFile
{
    VariableMap variables;
    std::vector<ConfigMistake> mistakes; ///< Without the file. The lines concerned are left out.
};

inline constexpr std::size_t MostEnvFileBytes = std::size_t{1} << 20U;

/**
 * Parses a `.env` file.
 *
 * - One `NAME=value` a line. `export` before the name, and blanks around name, sign and value do not count. Empty lines
 *   and lines that begin with `#` are passed over. Lines end with LF or CRLF; a byte order mark is passed over.
 * - Without quotation marks the value is the rest of the line, up to a `#` after a blank. A backslash means itself.
 * - In '...' everything means itself, line breaks too.
 * - In "..." line breaks mean themselves, `\n`, `\r`, `\t`, `\"`, `\\` and `\$` what they mean elsewhere; any other
 *   backslash means itself.
 * - Behind a closing quotation mark only a comment may follow.
 * - Nothing is expanded: `$NAME` and `${NAME}` mean themselves.
 * - Of a name that stands twice the last value counts.
 *
 * Errors:  in the result, all of them; after a quotation mark that is never closed the rest is not looked at.
 * Threads: pure function.
 */
[[nodiscard]] EnvFile parseEnvFile(std::string_view text);

/// Reads and parses one. A file that cannot be read or is too large has that as its only mistake. Every mistake names
/// the file. Threads: any; blocks.
[[nodiscard]] EnvFile readEnvFile(const std::string &path);

} // namespace Quay
