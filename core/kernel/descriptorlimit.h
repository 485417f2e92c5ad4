// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace Quay {

/**
 * Allows this process twice as many descriptors as before, up to the hard limit.
 *
 * The soft limit is small for the sake of select(), which a program that is started from here may use: ask for more
 * only when there are too few.
 *
 * Source:  RLIMIT_NOFILE, getrlimit(2).
 * Threads: any, one at a time.
 * Errors:  Io with EMFILE when the hard limit is reached.
 */
[[nodiscard]] Result<> raiseDescriptorLimit();

/// In a child before execve(): what raiseDescriptorLimit() has changed is not for the program.
/// Threads: safe after fork() in a program with several.
void restoreDescriptorLimit() noexcept;

} // namespace Quay
