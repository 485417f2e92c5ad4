// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processinfo.h"

#include <span>
#include <string>
#include <string_view>

namespace Quay {

/**
 * The name of a process to show. The kernel cuts names after 15 bytes; where the program, the script or the title at
 * the beginning of the command line goes on, the name is whole, unless that would show a secret. Raw bytes, as they
 * were given.
 *
 * Source:  TASK_COMM_LEN of include/linux/sched.h, with the NUL 16.
 * Threads: pure function, callable from any thread. The result is a view of what was given.
 */
[[nodiscard]] std::string_view wholeName(std::string_view name, std::span<const std::string> arguments);

[[nodiscard]] inline std::string_view wholeName(const ProcessInfo &process)
{
    return wholeName(process.name, process.arguments);
}

} // namespace Quay
