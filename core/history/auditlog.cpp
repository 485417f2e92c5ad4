// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditlog.h"

#include "core/base/result.h"
#include "core/history/appendline.h"
#include "core/history/auditrecord.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/processes/secretmask.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <format>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

AuditTarget targetFrom(const ProcessInfo &process, TargetRole role)
{
    AuditTarget target;
    target.id = process.id;
    target.name = process.name;
    target.arguments = maskedArguments(process.arguments);
    target.uid = process.uid;
    target.role = role;
    return target;
}

AuditTarget targetFrom(const TargetProgress &progress)
{
    AuditTarget target = targetFrom(*progress.process, progress.role);
    target.outcome = progress.stage;
    target.isLate = progress.isLate;
    target.wasZombie = progress.wasZombie;
    target.isUninterruptible = progress.isUninterruptible;
    target.signals = progress.signals;
    target.endedAfter = progress.endedAfter;
    target.exit = progress.exit;
    target.error = progress.error;
    return target;
}

AuditPort portFrom(const Listener &listener)
{
    AuditPort port;
    port.protocol = listener.socket.protocol;
    port.address = listener.socket.localAddress;
    port.port = listener.socket.localPort;
    return port;
}

AuditPort portFrom(const PortOutcome &outcome)
{
    AuditPort port = portFrom(*outcome.listener);
    port.state = outcome.proof.state;
    port.cameBack = outcome.cameBack;
    port.remains = outcome.proof.remains;
    port.error = outcome.proof.error;
    for (const auto &holder : outcome.proof.holders) {
        port.holders.push_back(
            {.address = holder.localAddress, .port = holder.localPort, .uid = holder.uid, .inode = holder.inode});
    }
    return port;
}

/// Whether SIGKILL was the first signal to all who were signalled. Who came late is asked as the others are then.
bool wasForcedAtOnce(const EndingReport &report)
{
    bool isForced = false;
    for (const auto &target : report.targets) {
        if (target.isLate || target.signals.empty()) {
            continue;
        }
        if (target.signals.front().signal != SIGKILL) {
            return false;
        }
        isForced = true;
    }
    return isForced;
}

/// The first SIGKILL that followed another signal.
std::optional<std::chrono::nanoseconds> forcedAtOf(const EndingReport &report)
{
    std::optional<std::chrono::nanoseconds> forcedAt;
    for (const auto &target : report.targets) {
        for (std::size_t index = 1; index < target.signals.size(); ++index) {
            const auto &sent = target.signals[index];
            if (sent.signal == SIGKILL && (!forcedAt || sent.at < *forcedAt)) {
                forcedAt = sent.at;
            }
        }
    }
    return forcedAt;
}

/// Whether the directory is ours, or is yet to be made.
bool isOurs(const std::string &directory)
{
    struct stat status = {};
    return ::stat(directory.c_str(), &status) != 0 || status.st_uid == ::geteuid();
}

/// An absolute path; relative ones are to be ignored by the XDG Base Directory Specification.
std::optional<std::string> ourDirectory(const char *variable)
{
    const char *const value = std::getenv(variable); // NOLINT(concurrency-mt-unsafe): nobody changes the environment
    if (value == nullptr || *value != '/' || !isOurs(value)) {
        return std::nullopt;
    }
    return value;
}

/// What the user database says. It may ask a directory server: only where the environment does not help.
std::optional<std::string> registeredHome()
{
    constexpr std::size_t MostBytes = 16384;
    std::array<char, MostBytes> buffer{};
    passwd entry = {};
    passwd *found = nullptr;
    ::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found);
    if (found == nullptr || found->pw_dir == nullptr || *found->pw_dir != '/') {
        return std::nullopt;
    }
    return found->pw_dir;
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

Result<std::string> auditLogPath()
{
    constexpr const char *Name = "/quaymaster/audit.jsonl";
    if (const auto state = ourDirectory("XDG_STATE_HOME")) {
        return *state + Name;
    }
    auto home = ourDirectory("HOME");
    if (!home) {
        home = registeredHome();
    }
    return home ? Result<std::string>(*home + "/.local/state" + Name) : fail(ErrorCode::Unsupported, "HOME");
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
    std::ranges::transform(plan.targets, std::back_inserter(record.entry.targets),
                           [](const KillTarget &target) { return targetFrom(*target.process, target.role); });
    std::ranges::transform(plan.listeners, std::back_inserter(record.entry.ports),
                           [](const ListenerPtr &listener) { return portFrom(*listener); });
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
    record.entry.scope = report.scope;
    record.entry.isForced = wasForcedAtOnce(report);
    record.entry.forcedAt = forcedAtOf(report);
    std::ranges::transform(report.targets, std::back_inserter(record.entry.targets),
                           [](const TargetProgress &progress) { return targetFrom(progress); });
    std::ranges::transform(report.ports, std::back_inserter(record.entry.ports),
                           [](const PortOutcome &outcome) { return portFrom(outcome); });
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
