// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditlog.h"

#include "core/base/result.h"
#include "core/history/appendline.h"
#include "core/history/auditrecord.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/kernel/userdirectories.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <format>
#include <iterator>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

/// The first SIGKILL that followed another signal, of those that arrived.
std::optional<std::chrono::nanoseconds> forcedAtOf(const EndingReport &report)
{
    std::optional<std::chrono::nanoseconds> forcedAt;
    for (const auto &target : report.targets) {
        bool wasAsked = false;
        for (const auto &sent : target.signals | std::views::filter(hasAskedToEnd)) {
            if (sent.signal != SIGKILL) {
                wasAsked = true;
            } else if (wasAsked && (!forcedAt || sent.at < *forcedAt)) {
                forcedAt = sent.at;
            }
        }
    }
    return forcedAt;
}

} // namespace

Result<AuditAuthor> auditAuthor(AuditAsker asker)
{
    const auto proc = ProcFs::open();
    if (!proc) {
        return std::unexpected(proc.error());
    }
    return readProcStat(*proc, ::getpid()).transform([asker](const ProcStat &stat) {
        return AuditAuthor{
            .asker = asker, .uid = ::getuid(), .writer = {.pid = stat.pid, .startTicks = stat.startTicks}};
    });
}

Result<> recordRefused(AuditAsker asker, const RefusedAttempt &refused, const Clock &clock)
{
    const auto path = auditLogPath();
    if (!path) {
        return std::unexpected(path.error());
    }
    return auditAuthor(asker).and_then(
        [&](const AuditAuthor &author) { return AuditLog(*path, author, clock).refused(refused); });
}

Result<std::string> auditLogPath()
{
    return userStateDirectory().transform([](const std::string &directory) { return directory + "/audit.jsonl"; });
}

AuditLog::AuditLog(std::string path, AuditAuthor author, const Clock &clock, std::uint64_t mostBytes)
    : m_path(std::move(path))
    , m_author(author)
    , m_clock(clock)
    , m_mostBytes(mostBytes)
{
}

std::string AuditLog::newAttempt()
{
    const auto &writer = m_author.writer;
    return std::format("{:x}-{}-{:x}-{}", m_clock.realTime().count(), writer.pid, writer.startTicks, ++m_attempts);
}

Result<> AuditLog::begun(const std::string &attempt, const KillPlan &plan,
                         const std::vector<AuditAction> &actions) const
{
    AuditRecord record{.kind = AuditRecordKind::Begun, .at = m_clock.realTime(), .entry = entry(attempt, actions)};
    record.entry.begunAt = record.at;
    record.entry.scope = plan.scope;
    record.entry.isForced = plan.isForced;
    record.entry.drain = plan.drain;
    std::ranges::transform(plan.targets, std::back_inserter(record.entry.targets),
                           [](const KillTarget &target) { return auditTargetFrom(target); });
    std::ranges::transform(plan.zombies, std::back_inserter(record.entry.zombies),
                           [](const Zombie &zombie) { return auditZombieFrom(zombie); });
    std::ranges::transform(plan.listeners, std::back_inserter(record.entry.ports),
                           [](const ListenerPtr &listener) { return auditPortFrom(*listener); });
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

Result<> AuditLog::asked(const std::string &attempt, std::span<const TargetProgress> signalled) const
{
    AuditRecord record{.kind = AuditRecordKind::Asked, .at = m_clock.realTime(), .entry = entry(attempt, {})};
    for (const auto &progress : signalled) {
        AuditTarget target = auditTargetFrom(progress);
        target.arguments.clear(); // its beginning has them
        target.outcome = TargetStage::Waiting; // what comes of it is said at the end
        target.endedAfter.reset();
        target.exit.reset();
        record.entry.targets.push_back(std::move(target));
    }
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

Result<> AuditLog::joined(const std::string &attempt, std::span<const TargetProgress> newcomers) const
{
    AuditRecord record{.kind = AuditRecordKind::Joined, .at = m_clock.realTime(), .entry = entry(attempt, {})};
    for (const auto &newcomer : newcomers) {
        AuditTarget target = auditTargetFrom(newcomer);
        target.outcome = TargetStage::Waiting; // what comes of it is said at the end
        record.entry.targets.push_back(std::move(target));
    }
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

Result<> AuditLog::forced(const std::string &attempt) const
{
    const AuditRecord record{.kind = AuditRecordKind::Forced, .at = m_clock.realTime(), .entry = entry(attempt, {})};
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

Result<> AuditLog::ended(const std::string &attempt, const EndingReport &report,
                         const std::vector<AuditAction> &actions) const
{
    AuditRecord record{.kind = AuditRecordKind::Ended, .at = m_clock.realTime(), .entry = entry(attempt, actions)};
    record.entry.begunAt = report.begunAt;
    record.entry.elapsed = report.elapsed;
    record.entry.drain = report.drain;
    record.entry.connectionsCut = report.connectionsCut;
    record.entry.isLeft = report.isInterrupted;
    record.entry.scope = report.scope;
    record.entry.isForced = report.isForced;
    record.entry.forcedAt = forcedAtOf(report);
    std::ranges::transform(report.targets, std::back_inserter(record.entry.targets),
                           [](const TargetProgress &progress) { return auditTargetFrom(progress); });
    std::ranges::transform(report.zombies, std::back_inserter(record.entry.zombies),
                           [](const ZombieOutcome &outcome) { return auditZombieFrom(outcome); });
    std::ranges::transform(report.ports, std::back_inserter(record.entry.ports),
                           [](const PortOutcome &outcome) { return auditPortFrom(outcome); });
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

Result<> AuditLog::refused(const RefusedAttempt &refused)
{
    AuditRecord record{.kind = AuditRecordKind::Refused, .at = m_clock.realTime(), .entry = entry(newAttempt(), {})};
    record.entry.refusal = refused.reason;
    record.entry.begunAt = record.at;
    record.entry.scope = refused.scope;
    record.entry.isForced = refused.isForced;
    std::ranges::transform(refused.processes, std::back_inserter(record.entry.targets),
                           [](const ProcessInfoPtr &process) { return auditTargetFrom(*process); });
    std::ranges::transform(refused.listeners, std::back_inserter(record.entry.ports),
                           [](const ListenerPtr &listener) { return auditPortFrom(*listener); });
    return appendLine(m_path, lineFrom(record), m_mostBytes);
}

AuditEntry AuditLog::entry(const std::string &attempt, const std::vector<AuditAction> &actions) const
{
    AuditEntry entry;
    entry.id = attempt;
    entry.asker = m_author.asker;
    entry.uid = m_author.uid;
    entry.writer = m_author.writer;
    entry.actions = actions;
    return entry;
}

} // namespace Quay
