// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * The children of a process, those included that have ended and whose end it has not asked about. In no order.
 *
 * Source:  /proc/PID/task/TID/children, a few microseconds for each thread. The kernel may leave out some while
 *          others of them end. Where it was built without, the parent of every process there is: 3 us each.
 * Errors:  as listPids(). Who does not exist has none.
 */
[[nodiscard]] Result<std::vector<pid_t>> readChildren(const ProcFs &proc, pid_t pid);

} // namespace Quay
