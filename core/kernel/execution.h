// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// What execve() takes: pointers into @p texts, which outlive them, and a null behind the last.
[[nodiscard]] std::vector<char *> execPointers(const std::vector<std::string> &texts);

/// In a child before execve(): handlers are gone with it, but what is ignored or blocked would stay so.
/// Threads: safe in a child of forkSharing() in a program with several.
void resetSignals() noexcept;

/// A descriptor that can be given to beginSession(), also in a program that was started without streams. Invalid, with
/// errno, when there is no other.
[[nodiscard]] UniqueFd aboveStreams(UniqueFd fd);

/// In a child before execve(): a session of its own, and those for its standard input, output and error. False with
/// errno. Threads: as resetSignals().
[[nodiscard]] bool beginSession(int input, int output, int error) noexcept;

/// What a child does, with what it was given; it may not come back.
using ChildBody = void (*)(const void *given);

/**
 * A child that executes @p body in the memory of this process, which waits until it has executed a program or exited:
 * nothing is copied, however large this process is. All signals are blocked in it until resetSignals().
 *
 * Source:  vfork(2). What @p body writes to memory stays written: it may not allocate, nor return.
 * Errors:  -1 with errno, as fork().
 * Threads: any; the others go on.
 */
[[nodiscard]] pid_t forkSharing(ChildBody body, const void *given);

/// The same for a child whose parent is init, which asks how it ended. 0, or errno of what failed.
[[nodiscard]] int forkDetached(ChildBody body, const void *given);

} // namespace Quay
