// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/eventloop.h"
#include "app/supervise/logfile.h"
#include "app/supervise/notifysocket.h"
#include "app/supervise/recordwriter.h"
#include "app/supervise/runclaim.h"
#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/runcgroup.h"
#include "core/supervise/launch.h"
#include "core/supervise/rundescription.h"

#include <expected>
#include <optional>

namespace Quay {

/// All that has to be there before a server is started.
struct RunPremises
{
    RunDescription run;
    ProcFs proc;
    EventLoop loop;
    UniqueFd signals; ///< SIGCHLD, SIGTERM and SIGINT come out of it.
    RunClaim claim;
    RecordWriter record;
    LogFile log;
    UniqueFd control; ///< Listens.
    std::optional<NotifySocket> notify; ///< When one is expected.
    std::optional<RunCgroup> cgroup; ///< Where one can be made.

    /// The cgroup; null for none.
    [[nodiscard]] const RunCgroup *cgroupOrNull() const { return cgroup ? &*cgroup : nullptr; }

    /**
     * Makes this process a supervisor, takes the server and opens its files. When that fails the server is nobody's
     * again.
     *
     * The process is one in which nothing else goes on: its signals are blocked, and it becomes the parent of all
     * orphans below it.
     */
    [[nodiscard]] static std::expected<RunPremises, LaunchFailure> open(RunDescription run);
};

} // namespace Quay
