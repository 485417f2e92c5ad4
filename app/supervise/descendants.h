// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/procstat.h"
#include "core/processes/processid.h"
#include "core/supervise/processmark.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class RunCgroup;

/// A process that had not ended when it was asked to.
struct KilledProcess
{
    ProcessMark process;
    std::string command; ///< Its command line; its name when it has none. Raw bytes.
    int sysErrno = 0; ///< Why it could not be ended: it has become another user's.
};

/**
 * Those that we, as their subreaper, are the ancestor of: whoever of them loses its parent becomes our child, so that
 * the chain of parents leads to us from everywhere in the tree. Zombies are left out.
 *
 * Source: /proc of all processes, 2.5 us each.
 */
[[nodiscard]] std::vector<ProcStat> ownDescendants(const ProcFs &proc);

/// Whether @p pid is one of them. Costs 3 us a generation.
[[nodiscard]] bool isOwnDescendant(const ProcFs &proc, pid_t pid);

[[nodiscard]] ProcessId idOf(const ProcStat &stat) noexcept;

/// Through a pidfd, and only if it is still the process that was seen. Errors: Gone; Denied; as PidFd::signal().
[[nodiscard]] Result<> signalExactly(const ProcFs &proc, ProcessId id, int signal);

/**
 * Ends all of them. First each is stopped, until a look finds nobody new: who is stopped cannot fork, so nobody escapes
 * by being quicker than we are. Then SIGKILL, and @p cgroup's own way, where there is one.
 *
 * They have not ended yet when this returns: the next call finds those again that are still on their way, and whoever
 * was being forked meanwhile.
 */
[[nodiscard]] std::vector<KilledProcess> killDescendants(const ProcFs &proc, const RunCgroup *cgroup);

} // namespace Quay
