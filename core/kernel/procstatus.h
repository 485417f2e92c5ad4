// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// The fields of /proc/PID/status that nothing cheaper tells. A plain value.
struct ProcStatus
{
    uid_t realUid = 0;
    uid_t effectiveUid = 0;
    std::optional<std::uint64_t> swapBytes; ///< VmSwap; absent for kernel threads.
    std::vector<pid_t> namespacePids; ///< NSpid: the pid in each pid namespace, ours first.

    bool operator==(const ProcStatus &) const = default;
};

/**
 * Parses the text of /proc/PID/status.
 *
 * Source:  proc_pid_status(5); written by proc_pid_status() in fs/proc/array.c. Costs more than stat: for details only.
 * Errors:  Malformed when the Uid line is missing or a known line does not parse, with that line as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<ProcStatus> parseProcStatus(std::string_view text);

/// Reads and parses /proc/PID/status. Errors: Gone when the process is no more.
[[nodiscard]] Result<ProcStatus> readProcStatus(const ProcFs &proc, pid_t pid);

} // namespace Quay
