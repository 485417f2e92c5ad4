// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configmistake.h"

#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// `key = value`
struct IniEntry
{
    std::string key; ///< In lower case.
    std::string value; ///< Lines that are continued have a line break in between.
    int line = 0;

    bool operator==(const IniEntry &) const = default;
};

/// `[program:api]`
struct IniSection
{
    std::string name;
    std::vector<IniEntry> entries; ///< Of a key that stands twice, the later one alone.
    int line = 0;

    bool operator==(const IniSection &) const = default;
};

struct IniFile
{
    std::vector<IniSection> sections;
    std::vector<ConfigMistake> mistakes; ///< Without the file.
};

/**
 * Parses what supervisord.conf is written in.
 *
 * Source:  Python's configparser as Supervisor sets it up: `=` and `:` separate; `#` and `;` begin a comment line; a
 * `;` after a blank begins a comment in a line; a line that begins with a blank continues the one before. Errors:  in
 * the result: BadLine, BadSection, NotUtf8. Threads: pure function.
 */
[[nodiscard]] IniFile parseIniFile(std::string_view text);

} // namespace Quay
