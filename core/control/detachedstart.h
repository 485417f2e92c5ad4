// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/startspec.h"

#include <string>

#include <sys/types.h>

namespace Quay {

/**
 * Starts a program that outlives whoever starts it: in a session of its own, with init for a parent, nothing to read,
 * no descriptor of ours, and signals as a shell would leave them. What it writes is appended to @p logPath.
 *
 * Its directories are made (0700), and the file (0600). It has a lock (flock) for as long as somebody can write to it.
 *
 * Source:  fork(2), setsid(2), execve(2), close_range(2), flock(2).
 * Errors:  as errorFromErrno(): what the kernel said to execve() with the program file as subject, to chdir() with the
 *          directory, else to what came before, with the log.
 * Threads: any; blocks until the program runs, or does not.
 */
[[nodiscard]] Result<pid_t> startDetached(const StartSpec &spec, const std::string &logPath);

} // namespace Quay
