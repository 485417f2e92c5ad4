// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/processes/processid.h"
#include "core/supervise/fieldline.h"

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// Which process, so that it can be recognised later, and by another program.
struct ProcessMark
{
    ProcessId id;
    std::optional<std::uint64_t> serial; ///< PidFd::serial(), where the kernel has one.

    bool operator==(const ProcessMark &) const = default;
};

/// Of a process that cannot be reaped meanwhile: our own, or a child of ours. Errors: Gone; as readProcStat().
[[nodiscard]] Result<ProcessMark> markOf(const ProcFs &proc, pid_t pid);

/**
 * Whether exactly that process still runs; a zombie does not. A pid that means another process by now is not it.
 *
 * Source:  pidfd_open(2), /proc/PID/stat. Costs 5 us.
 * Threads: any.
 */
[[nodiscard]] bool isRunning(const ProcFs &proc, const ProcessMark &mark);

/// Adds @p mark as the fields `NAMEpid`, `NAMEstart` and `NAMEserial`.
void addMark(FieldLine &line, const std::string &name, const ProcessMark &mark);
/// Reads them. Nothing when they are not there, or are no process's.
[[nodiscard]] std::optional<ProcessMark> markFrom(const FieldLine &line, const std::string &name);

} // namespace Quay
