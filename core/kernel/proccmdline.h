// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// The most that is read of a command line: 256 KiB, twice the longest single argument of Linux.
inline constexpr std::size_t CommandLineLimitBytes = std::size_t{256} << 10U;

/**
 * Splits the bytes of /proc/PID/cmdline (or environ) at their NULs.
 *
 * A program that writes its own title (nginx, postgres) leaves one string without a final NUL, often followed by
 * padding: trailing empty strings are dropped, empty ones in the middle are kept.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<std::string> splitAtNuls(std::string_view bytes);

/**
 * Reads the arguments of a process, as raw bytes.
 *
 * Source:  /proc/PID/cmdline. Empty for kernel threads and zombies. A line beyond CommandLineLimitBytes is cut there:
 *          it serves to be read by a person, and losing the process because of it would be worse.
 * Errors:  Gone, Denied (hidepid).
 */
[[nodiscard]] Result<std::vector<std::string>> readArguments(const ProcFs &proc, pid_t pid);

/// Reads the environment a process was started with, `NAME=value` each. Errors: Gone; Denied for other users'
/// processes.
[[nodiscard]] Result<std::vector<std::string>> readEnvironment(const ProcFs &proc, pid_t pid);

/**
 * One line for a person or a shell: arguments with blanks, quotes or characters that a shell would read are put into
 * single quotes. A lone argument is given as it is, since it is mostly a title the program wrote. Raw bytes otherwise.
 */
[[nodiscard]] std::string joinArguments(const std::vector<std::string> &arguments);

} // namespace Quay
