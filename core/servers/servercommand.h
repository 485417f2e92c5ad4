// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace Quay {

/// What is run: either a program with its arguments or a line for a shell, never both. Raw bytes.
struct ServerCommand
{
    std::vector<std::string> arguments; ///< The program first; it is looked for in PATH unless there is a slash in it.
    std::string shellLine; ///< For `/bin/sh -c`.

    [[nodiscard]] bool isEmpty() const noexcept { return arguments.empty() && shellLine.empty(); }
    bool operator==(const ServerCommand &) const = default;
};

/// What is to be executed: a shell line becomes `/bin/sh -c LINE`. Empty for an empty command. Threads: pure function.
[[nodiscard]] inline std::vector<std::string> executedArguments(const ServerCommand &command)
{
    return command.shellLine.empty() ? command.arguments : std::vector<std::string>{"/bin/sh", "-c", command.shellLine};
}

} // namespace Quay
