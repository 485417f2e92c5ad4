// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// One process at one look. Immutable once published: share it as std::shared_ptr<const ProcessInfo>.
struct ProcessInfo
{
    ProcessId id;
    /// PidFd::serial(), which tells apart what startTicks cannot: a pid given out twice within 10 ms. Known of a
    /// process that was younger than that when it was read first; of an older one the pid and startTicks say it all,
    /// for nobody who comes now starts then. Unknown on kernels < 6.9.
    std::optional<std::uint64_t> serial;
    pid_t parentPid = 0;
    pid_t processGroup = 0;
    pid_t session = 0;
    std::optional<std::uint32_t> terminal; ///< Device number of the controlling terminal.
    uid_t uid = 0;
    char state = '?'; ///< As in ProcStat.
    bool isKernelThread = false;
    std::string name; ///< comm, raw bytes, at most 15.
    std::vector<std::string> arguments; ///< Raw bytes; empty for kernel threads, zombies and where hidden.
    std::uint64_t threadCount = 0;
    std::uint64_t residentBytes = 0;
    std::chrono::nanoseconds cpuTime{}; ///< All threads, user and system, since it started.
    std::optional<double> cpuShare; ///< Of one core, since the look before; unknown at the first look.

    bool operator==(const ProcessInfo &) const = default;
};

/// Whether both are the same process running the same program under the same user and parent: CPU and memory aside.
[[nodiscard]] inline bool isSameProgram(const ProcessInfo &left, const ProcessInfo &right)
{
    return left.id == right.id && left.parentPid == right.parentPid && left.uid == right.uid && left.name == right.name
        && left.arguments == right.arguments;
}

using ProcessInfoPtr = std::shared_ptr<const ProcessInfo>;

} // namespace Quay
