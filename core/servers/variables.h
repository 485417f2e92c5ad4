// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configmistake.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// Variables by name. Raw bytes; they hold secrets.
using VariableMap = std::map<std::string, std::string>;

/// What this process was started with. Source: environ(7).
[[nodiscard]] VariableMap ownVariables();

/// Each as `NAME=value`, as execve() takes them. Threads: pure function.
[[nodiscard]] std::vector<std::string> environmentTexts(const VariableMap &variables);

/// Letters, digits and `_`, no digit first; `.` and `-` too, which files of other tools have in their names.
[[nodiscard]] bool isVariableName(std::string_view name);

/// A text with its variables in place.
struct ExpandedText
{
    /// Why there is no value.
    struct Problem
    {
        MistakeCode code = MistakeCode::UnsetVariable; ///< That, or MalformedVariable.
        std::string found;

        bool operator==(const Problem &) const = default;
    };
    std::string text;
    std::vector<Problem> problems;

    bool operator==(const ExpandedText &) const = default;
};

/**
 * Puts the values of variables into a text.
 *
 * `${NAME}` is the value; that NAME is not set is a problem. `${NAME:-default}` is `default` where NAME is not set or
 * empty; the default ends at the next `}` and is taken as it stands. `$$` is `$`. Every other `$` stays as it is, so
 * that
 * `$NAME` is left to a shell.
 *
 * Threads: pure function.
 */
[[nodiscard]] ExpandedText expandVariables(std::string_view text, const VariableMap &variables);

} // namespace Quay
