// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/processmark.h"

#include "core/base/result.h"
#include "core/control/pinnedprocess.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/supervise/fieldline.h"

#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay {

Result<ProcessMark> markOf(const ProcFs &proc, pid_t pid)
{
    const auto handle = PidFd::open(pid);
    if (!handle) {
        return std::unexpected(handle.error());
    }
    const auto stat = readProcStat(proc, pid);
    if (!stat) {
        return std::unexpected(stat.error());
    }
    ProcessMark mark{.id = {.pid = pid, .startTicks = stat->startTicks}, .serial = std::nullopt};
    if (const auto serial = handle->serial()) {
        mark.serial = *serial;
    }
    return mark;
}

bool isRunning(const ProcFs &proc, const ProcessMark &mark)
{
    const auto pinned = PinnedProcess::open(proc, mark.id, mark.serial);
    return pinned && !pinned->handle().hasEnded().value_or(true);
}

void addMark(FieldLine &line, const std::string &name, const ProcessMark &mark)
{
    line.add(name + "pid", mark.id.pid);
    line.add(name + "start", mark.id.startTicks);
    line.add(name + "serial", mark.serial);
}

std::optional<ProcessMark> markFrom(const FieldLine &line, const std::string &name)
{
    const auto pid = line.number<pid_t>(name + "pid");
    const auto start = line.number<std::uint64_t>(name + "start");
    if (!pid || *pid <= 0 || !start) {
        return std::nullopt;
    }
    return ProcessMark{.id = {.pid = *pid, .startTicks = *start},
                       .serial = line.number<std::uint64_t>(name + "serial")};
}

} // namespace Quay
