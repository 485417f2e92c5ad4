// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// Who writes records, and for whom.
struct AuditAuthor
{
    AuditAsker asker = AuditAsker::Unknown;
    uid_t uid = 0; ///< Who asked.
    ProcessId writer; ///< This program: a reader tells by it whether an attempt is still under way.
};

/// This process. Source: /proc/self/stat. Errors: as ProcFs::open() and readProcStat().
[[nodiscard]] Result<AuditAuthor> auditAuthor(AuditAsker asker);

/// Writes into the log of this user that an attempt was refused. Errors: as auditLogPath(), auditAuthor(), AuditLog.
/// Threads: any; blocks for as long as the file system does.
[[nodiscard]] Result<> recordRefused(AuditAsker asker, const RefusedAttempt &refused,
                                     const Clock &clock = systemClock());

/// Where the log of this user is: `audit.jsonl` in userStateDirectory(). Errors: as that.
[[nodiscard]] Result<std::string> auditLogPath();

/**
 * Writes down every attempt to end processes: before its first signal, who joined, when SIGKILL follows, and how it
 * ended.
 *
 * It is a file of JSON lines and no database: a line is there once a single write(2) has returned, whatever becomes of
 * the program then; several programs write at once without a lock; it can be read with any tool; and Qt's SQL module,
 * which costs 9 ms at the start of a program, is not needed by `quay free`. What was written survives the program, not
 * a loss of power within the seconds that the kernel keeps it in memory.
 *
 * A failure is the caller's to show ("not recorded"). It is no reason not to end a process.
 *
 * Errors:  as appendLine().
 * Threads: any; blocks for as long as the file system does.
 */
class AuditLog
{
public:
    /// At this size the file is renamed and a new one begun.
    static constexpr std::uint64_t DefaultMostBytes = 5'000'000;

    /// @p clock outlives the log.
    AuditLog(std::string path, AuditAuthor author, const Clock &clock = systemClock(),
             std::uint64_t mostBytes = DefaultMostBytes);

    /// A name for an attempt that no other one has.
    [[nodiscard]] std::string newAttempt();

    /// To be called before the first signal. @p actions: what is to be done besides.
    [[nodiscard]] Result<> begun(const std::string &attempt, const KillPlan &plan,
                                 const std::vector<AuditAction> &actions = {}) const;
    /// To be called whenever somebody was signalled: what was sent to each of @p signalled until now.
    [[nodiscard]] Result<> asked(const std::string &attempt, std::span<const TargetProgress> signalled) const;
    /// To be called once @p newcomers, of whom its beginning did not know, are asked to end as well.
    [[nodiscard]] Result<> joined(const std::string &attempt, std::span<const TargetProgress> newcomers) const;
    /// To be called when SIGKILL is sent to whoever did not end.
    [[nodiscard]] Result<> forced(const std::string &attempt) const;
    /// @p actions: what was done besides, with what came of it.
    [[nodiscard]] Result<> ended(const std::string &attempt, const EndingReport &report,
                                 const std::vector<AuditAction> &actions = {}) const;

    /// An attempt of its own: nobody was signalled, and nobody will be.
    [[nodiscard]] Result<> refused(const RefusedAttempt &refused);

    /// The time by the clock of its records.
    [[nodiscard]] std::chrono::nanoseconds now() const { return m_clock.realTime(); }
    [[nodiscard]] const std::string &path() const noexcept { return m_path; }

private:
    [[nodiscard]] AuditEntry entry(const std::string &attempt, const std::vector<AuditAction> &actions) const;

    std::string m_path;
    AuditAuthor m_author;
    const Clock &m_clock;
    std::uint64_t m_mostBytes;
    std::uint64_t m_attempts = 0;
};

} // namespace Quay
