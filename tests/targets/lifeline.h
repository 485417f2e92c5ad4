// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay::Test {

// Standard input is the lifeline: whoever started us holds its other end, and when that closes everybody ends, however
// the starter died and however far from it we have daemonised.

/// Forks a process that ends with its parent, and at the latest with the lifeline. As fork().
[[nodiscard]] pid_t forkWithParent();

/// Waits until the lifeline closes, accepting connections of @p listenSocket meanwhile (-1: none), and exits.
[[noreturn]] void holdUntilLifelineCloses(int listenSocket = -1);

/// Exits with a message that names @p what and errno.
[[noreturn]] void die(const std::string &what);

/// Writes one line to standard output, in one piece.
void say(const std::string &line);

/// Reads commands line by line from the lifeline.
class CommandReader
{
public:
    /// Nothing once the lifeline is closed.
    [[nodiscard]] std::optional<std::string> next();

private:
    std::string m_pending;
};

} // namespace Quay::Test
