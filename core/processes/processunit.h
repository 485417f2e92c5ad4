// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/processes/processid.h"
#include "core/processes/unit.h"

namespace Quay {

class ProcFs;

/**
 * The unit or container that exactly this process runs in.
 *
 * Source:  /proc/PID/cgroup, which everybody may read. Identity is verified after the read.
 * Errors:  Gone: it is no more, or its pid means another process; as readProcCgroup().
 * Threads: any; blocks.
 */
[[nodiscard]] Result<UnitInfo> readUnit(const ProcFs &proc, ProcessId process);

} // namespace Quay
