// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/processunit.h"

#include "core/kernel/proccgroup.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"

#include <string>

namespace Quay {

Result<UnitInfo> readUnit(const ProcFs &proc, ProcessId process)
{
    const auto cgroup = readProcCgroup(proc, process.pid);
    if (!cgroup) {
        return std::unexpected(cgroup.error());
    }
    const auto stat = readProcStat(proc, process.pid);
    if (!stat || stat->startTicks != process.startTicks) {
        return fail(ErrorCode::Gone, "pid " + std::to_string(process.pid));
    }
    return unitFromCgroup(*cgroup);
}

} // namespace Quay
