// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * The pids in the text of /proc/PID/task/TID/children, in its order. What is no pid there is passed over.
 *
 * Source:  proc_tid_children(5); written by children_seq_show() in fs/proc/array.c.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<pid_t> parseProcChildren(std::string_view text);

/**
 * The children of a process, those included that have ended and whose end it has not asked about. In no order.
 *
 * Source:  /proc/PID/task/TID/children, a few microseconds for each thread. The kernel may leave out some while
 *          others of them end. Where it was built without, the parent of every process there is: 3 us each.
 * Errors:  as listPids(). Who does not exist has none.
 */
[[nodiscard]] Result<std::vector<pid_t>> readChildren(const ProcFs &proc, pid_t pid);

} // namespace Quay
