// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/serverstoprecord.h"

#include "core/kernel/proccmdline.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/servers/configpath.h"
#include "core/supervise/runrecord.h"
#include "core/supervise/serverplaces.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <memory>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

ProcessInfoPtr processFrom(const ProcFs &proc, const ProcessMark &mark)
{
    const auto stat = readProcStat(proc, mark.id.pid);
    if (!stat || stat->startTicks != mark.id.startTicks) {
        return nullptr;
    }
    ProcessInfo process;
    process.id = mark.id;
    process.parentPid = stat->parentPid;
    process.name = stat->comm;
    process.uid = ::getuid(); // servers are their user's
    process.arguments = readArguments(proc, mark.id.pid).value_or(std::vector<std::string>());
    return std::make_shared<const ProcessInfo>(std::move(process));
}

/// The signal that @p event tells of, if any reached @p target.
std::optional<int> signalOf(const RunEvent &event, const ProcessInfo &target)
{
    if (event.kind == RunEventKind::StopAsked || event.kind == RunEventKind::Signalled) {
        return event.signal;
    }
    const bool wasKilled = event.kind == RunEventKind::Killed && event.process && event.process->id == target.id;
    return wasKilled ? std::optional(SIGKILL) : std::nullopt;
}

} // namespace

TargetProgress stopProgressFrom(const ProcessInfoPtr &target, const std::vector<RunEvent> &events,
                                std::chrono::nanoseconds since)
{
    TargetProgress progress{.process = target, .role = TargetRole::Asked, .stage = TargetStage::Left};
    std::optional<std::chrono::nanoseconds> askedAt; // by a clock that nobody sets
    for (const auto &event : events) {
        if (event.at.realTime < since) {
            continue;
        }
        if (const auto signal = signalOf(event, *target)) {
            const auto failure = event.kind == RunEventKind::Killed && event.sysErrno
                ? std::optional(errorFromErrno(*event.sysErrno, "pid " + std::to_string(target->id.pid)))
                : std::nullopt;
            progress.signals.push_back({.signal = *signal, .at = event.at.realTime, .error = failure});
            askedAt = askedAt.value_or(event.at.sinceBoot);
        }
        const bool isItsEnd = event.kind == RunEventKind::Exited && event.process && event.process->id == target->id;
        if (isItsEnd || event.kind == RunEventKind::Ended) {
            progress.stage = TargetStage::Ended;
        }
        if (isItsEnd) {
            progress.exit = event.status;
            progress.endedAfter = askedAt.transform([&event](auto asked) { return event.at.sinceBoot - asked; });
        }
    }
    return progress;
}

ServerStopRecord::ServerStopRecord(AuditAsker asker, const Clock &clock, const std::vector<ServerStatus> &servers,
                                   bool isForced)
    : m_asker(asker)
    , m_clock(clock)
    , m_plan{.scope = KillScope::Tree, .isForced = isForced}
{
    const auto places = serversPlaces();
    const auto proc = ProcFs::open();
    for (const auto &server : servers) {
        const ServerIdentity identity{.project = directoryOf(server.file), .name = server.name};
        m_servers.push_back(
            {.name = server.name,
             .recordPath = places && server.runId ? places->of(identity).record(*server.runId) : std::string(),
             .mark = server.process});
        m_actions.push_back({.key = "stopServer", .subject = server.name, .error = std::nullopt});
        const auto process = proc && server.process ? processFrom(*proc, *server.process) : nullptr;
        if (process != nullptr) {
            m_plan.targets.push_back({.process = process,
                                      .role = TargetRole::Asked,
                                      .signal = isForced ? SIGKILL : SIGTERM, // its file may say another one
                                      .listeners = {}});
        }
    }
}

void ServerStopRecord::begin()
{
    if (m_servers.empty()) {
        return;
    }
    m_begunAt = m_clock.realTime();
    m_begun = m_clock.monotonic();
    const auto path = auditLogPath();
    const auto author = auditAuthor(m_asker);
    if (!path || !author) {
        keep(std::unexpected(path ? author.error() : path.error()));
        return;
    }
    m_log.emplace(*path, *author, m_clock);
    m_attempt = m_log->newAttempt();
    keep(m_log->begun(m_attempt, m_plan, m_actions));
}

EndingReport ServerStopRecord::report(const std::optional<Error> &failure) const
{
    EndingReport report = reportOfNothing(m_plan, m_begunAt);
    report.elapsed = m_clock.monotonic() - m_begun;
    if (failure) {
        return report;
    }
    report.targets.clear();
    for (const auto &target : m_plan.targets) {
        const auto isIts = [&target](const Stopped &server) {
            return server.mark && server.mark->id == target.process->id;
        };
        const auto server = std::ranges::find_if(m_servers, isIts);
        const auto record = readRunRecord(server->recordPath);
        report.targets.push_back(
            stopProgressFrom(target.process, record ? record->events : std::vector<RunEvent>(), m_begunAt));
    }
    return report;
}

Result<> ServerStopRecord::end(const std::optional<Error> &failure)
{
    if (m_servers.empty()) {
        return {};
    }
    const EndingReport ended = report(failure);
    for (std::size_t index = 0; index < m_servers.size(); ++index) {
        const auto isIts = [&mark = m_servers[index].mark](const TargetProgress &target) {
            return mark && mark->id == target.process->id;
        };
        const auto target = std::ranges::find_if(ended.targets, isIts);
        if (failure) {
            m_actions[index].error = failure;
        } else if (target != ended.targets.end() && !isGone(target->stage)) {
            m_actions[index].error = errorFromErrno(ETIMEDOUT, m_servers[index].name); // by then
        }
    }
    if (m_log) {
        keep(m_log->ended(m_attempt, ended, m_actions));
    }
    return m_state;
}

void ServerStopRecord::keep(const Result<> &written)
{
    if (m_state) {
        m_state = written;
    }
}

} // namespace Quay
