// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"
#include "core/history/auditlog.h"
#include "core/processes/processinfo.h"
#include "core/service/serverstatus.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/**
 * Writes into the audit log that managed servers were stopped: whom, who wanted it, with which signals, and what came
 * of it. Who sends the signals is the supervisor of each: what it did is read from its record.
 *
 * Threads: blocks the one it runs on, for as long as the file system does.
 */
class ServerStopRecord
{
public:
    /// @p servers: those that run and are to be stopped, of the user that we are. None: nothing is written. @p clock
    /// outlives this object.
    ServerStopRecord(AuditAsker asker, const Clock &clock, const std::vector<ServerStatus> &servers, bool isForced);

    /// Before the first signal.
    void begin();
    /// Once they are not followed any longer. @p failure: nothing was done. Errors: what could not be written, of
    /// either.
    Result<> end(const std::optional<Error> &failure = std::nullopt);

private:
    /// A server, and its run that is to end.
    struct Stopped
    {
        std::string name;
        std::string recordPath; ///< Of the run; empty when it cannot be told.
        std::optional<ProcessMark> mark; ///< Its main process.
    };

    [[nodiscard]] EndingReport report(const std::optional<Error> &failure) const;
    void keep(const Result<> &written);

    AuditAsker m_asker;
    const Clock &m_clock;
    std::vector<Stopped> m_servers;
    KillPlan m_plan;
    std::vector<AuditAction> m_actions;
    std::optional<AuditLog> m_log;
    std::string m_attempt;
    Result<> m_state;
    std::chrono::nanoseconds m_begunAt{}; ///< Clock::realTime()
    std::chrono::nanoseconds m_begun{}; ///< Clock::monotonic()
};

/// What the record of its run tells about how @p target was stopped, from @p since (Clock::realTime()) on. Threads:
/// pure function.
[[nodiscard]] TargetProgress stopProgressFrom(const ProcessInfoPtr &target, const std::vector<RunEvent> &events,
                                              std::chrono::nanoseconds since);

} // namespace Quay
