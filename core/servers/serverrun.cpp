// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverrun.h"

#include "core/base/clock.h"
#include "core/logs/runspan.h"
#include "core/servers/runplan.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runrecord.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

ServerRun::ServerRun(const ProcFs &proc, const Clock &clock, ServerPlaces places, ServerIdentity server)
    : m_proc(proc)
    , m_clock(clock)
    , m_places(std::move(places))
    , m_server(std::move(server))
{
}

pid_t ServerRun::supervisor() const
{
    return m_link && m_moment && m_moment->supervisor ? m_moment->supervisor->id.pid : 0;
}

RunPresence ServerRun::presence() const
{
    return runPresence(m_proc, m_places, serverKey(m_server));
}

std::optional<Lease> ServerRun::elsewhere() const
{
    auto found = presence();
    const bool isOurs = found.lease && m_moment && found.lease->runId == m_moment->id;
    return found.state == RunState::Running && !isOurs ? std::move(found.lease) : std::nullopt;
}

/// Empty when it never ran.
std::string ServerRun::lastId() const
{
    const auto runs = listRuns(m_places.records());
    return runs.empty() ? std::string() : runs.front();
}

std::optional<LaunchFailure> ServerRun::launch(const std::string &program, const ServerSpec &spec,
                                               const VariableMap &environment, const std::optional<UserScopes> &scopes)
{
    m_account = {};
    m_startedIn.reset();
    m_launchFailure.reset();
    m_launchedAt = m_clock.monotonic();
    m_logSince.reset();
    m_moment =
        RunMoment{.id = makeRunId(m_clock, lastId()), .startedAt = m_clock.realTime(), .supervisor = {}, .server = {}};
    const auto description = describeRun(spec, m_server, m_places, m_moment->id, environment);
    m_log.emplace(m_places.log());
    m_log->skipToEnd(); // what earlier runs wrote
    auto link = RunLink::launch(program, description, scopes);
    if (!link) {
        return link.error();
    }
    m_link = *std::move(link);
    return std::nullopt;
}

void ServerRun::attach(RunningRun found, const KnownServer &known)
{
    const RunTime &startedAt = found.lease.startedAt;
    m_link = std::move(found.link);
    m_account = {};
    m_logSince.reset();
    m_moment = RunMoment{.id = found.lease.runId,
                         .startedAt = startedAt.realTime,
                         .supervisor = found.lease.supervisor,
                         .server = found.lease.server};
    m_launchedAt = m_clock.monotonic() - (m_clock.sinceBoot() - startedAt.sinceBoot);
    if (found.wasReady) {
        m_startedIn = known.readyAfter;
    }
}

void ServerRun::followLog(bool wantsAll)
{
    m_log.emplace(m_places.log());
    if (wantsAll) {
        const auto span = findRunSpan(m_places, m_moment->id);
        m_logSince = span ? span->begin : m_moment->startedAt;
    } else {
        m_log->skipToEnd();
    }
}

void ServerRun::conclude(RunAccount account)
{
    m_account = std::move(account);
}

void ServerRun::note(const Launched &launched)
{
    m_moment->supervisor = launched.supervisor;
    m_moment->server = launched.server;
    m_launchedAt = m_clock.monotonic();
}

void ServerRun::note(const LaunchFailure &failure)
{
    m_link.reset();
    m_moment.reset();
    m_launchFailure = failure;
}

void ServerRun::note(const RunEvent &event)
{
    m_account.take(event);
    if (event.kind == RunEventKind::MainProcess && m_moment) {
        m_moment->server = event.process;
    }
}

void ServerRun::becameReady()
{
    m_startedIn = m_startedIn ? m_startedIn : std::optional(m_clock.monotonic() - m_launchedAt);
}

void ServerRun::readLog(const std::function<void(const OutputLine &)> &take)
{
    if (!hasLog()) {
        return;
    }
    do {
        for (const auto &line : m_log->read()) {
            if (!m_logSince || line.realTime >= *m_logSince) {
                take(line);
            }
        }
    } while (m_log->hasMore());
}

} // namespace Quay
