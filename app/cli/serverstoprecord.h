// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

struct CommandContext;

/**
 * Writes into the audit log that managed servers were stopped because somebody asked for it here: whom, with which
 * signals, and what came of it. Who sends the signals is the supervisor of each: what it did is read from its record.
 *
 * When it cannot be written, that is said at the end.
 *
 * Threads: blocks the one it runs on, for as long as the file system does.
 */
class ServerStopRecord
{
public:
    /// @p servers: those that run and are to be stopped. None: nothing is written. @p context outlives this object.
    ServerStopRecord(CommandContext &context, const std::vector<ServerStatus> &servers, bool isForced);

    /// Before the agent is asked.
    void begin();
    /// Once they are not followed any longer. @p failure: the agent did not do it.
    void end(const std::optional<Error> &failure = std::nullopt);

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

    CommandContext &m_context;
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
