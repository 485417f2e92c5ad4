// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/again/againstore.h"
#include "core/again/startwatch.h"
#include "core/base/result.h"
#include "core/control/servicemanagers.h"
#include "core/history/auditentry.h"
#include "core/kernel/procstat.h"
#include "core/processes/processid.h"

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class AuditLog;

/// One thing that was to be started again.
struct StartedThing
{
    std::optional<ReviverKind> kind; ///< Unit or Container; nothing: a process.
    std::string name; ///< Raw bytes.
    std::optional<pid_t> pid; ///< Of a process that runs. Of a daemon it is not known.
    std::optional<ProcessId> process; ///< That was started, whatever became of it: see AuditAction::process.
    std::string logPath; ///< What a process writes goes there.
    std::optional<Error> error; ///< It could not be started.
    std::optional<EarlyEnd> earlyEnd; ///< It was started, and does not run any more.
    bool isLeftToAnother = false; ///< Another program starts it, or has started it already: the error is EALREADY.

    bool operator==(const StartedThing &) const = default;
};

/// Whether it runs, or has left somebody behind who does its work. Threads: pure function.
[[nodiscard]] bool runs(const StartedThing &thing);

/// Where the output of what is started again goes: `again` in userStateDirectory(). Errors: as that.
[[nodiscard]] Result<std::string> againLogDirectory();

/// What is to be started again, in the order in which it is. Threads: pure function.
[[nodiscard]] std::vector<StartedThing> plannedThings(const EndedThings &ended);

/// Who runs of what was started again before; while it is being started, the program that does so. Source:
/// /proc/PID/stat. Threads: any.
[[nodiscard]] std::vector<ProcStat> stillRunning(const EndedThings &ended);

/// For the audit log: an early end is an error as well, Gone with the name as subject. Threads: pure function.
[[nodiscard]] AuditAction actionStarting(const StartedThing &thing);

/// What came of starting again.
struct StartingAgain
{
    std::vector<StartedThing> things;
    /// That were held before, and where nobody listens yet, though everything runs: some servers take long to start.
    std::vector<PortClaim> silentPorts;
    /// That were held before, and which others hold now, though everything runs: see StartWatch::foreignPorts().
    std::vector<PortClaim> foreignPorts;
    bool isInterrupted = false; ///< It was not waited for whether they stay and listen.
    Result<> recorded; ///< What came of the writing to the audit log.
};

/// What becomes of it when somebody else has started it. Threads: pure function.
[[nodiscard]] StartingAgain leftToAnother(const EndedThings &ended);

/**
 * Starts everything again that an attempt has ended, and has that written to the audit log.
 *
 * Services come first, through who runs them; processes are detached, see startDetached(), and write to a file of their
 * own in @p logDirectory, in which room is made: see tidyAgainLogs(). Where it is kept, who was started is noted there:
 * see stillRunning(). Then it is watched for a moment whether they stay, and listen again: see StartWatch.
 *
 * @p managers: asked only when there is a service.
 * Errors:  of each, see StartedThing::error. Of all, when another program has begun to start them since @p ended was
 *          read: see StartedThing::isLeftToAnother.
 * Threads: any; blocks as ServiceManagers.
 */
[[nodiscard]] StartingAgain startAgain(const EndedThings &ended, ServiceManagers &managers, AuditLog &log,
                                       const std::string &logDirectory, const GoesOn &goesOn);

} // namespace Quay
