// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverhealth.h"

#include "core/base/earliest.h"
#include "core/base/pollset.h"
#include "core/servers/probecourse.h"
#include "core/servers/probefactory.h"
#include "core/servers/probegroup.h"
#include "core/servers/runplan.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

ServerHealth::ServerHealth(const ServerSpec &server, const ProbeMachine &machine)
    : m_server(server)
    , m_readiness(server, machine)
    , m_liveness(server, machine, ProbePurpose::Liveness)
{
}

void ServerHealth::begin(ServerState state, const ProbedRun &run, std::chrono::nanoseconds launchedAt,
                         std::chrono::nanoseconds now)
{
    if (state == ServerState::Ready && m_liveness.isEmpty()) {
        m_liveness.begin(m_server.liveness, run, launchedAt);
        if (m_hasSaidReady) {
            m_liveness.readyCame(); // it says so once
        }
        m_liveness.aliveCame(!m_isSilent);
        const auto patience = watchdogOf(m_server);
        m_speaksUntil = patience.count() > 0 && !m_hasSpoken ? std::optional(now + patience) : std::nullopt;
    }
    if (state == ServerState::Starting) {
        const auto probes = m_server.readiness.empty() ? defaultReadiness(m_server) : m_server.readiness;
        m_readiness.begin(probes, run, launchedAt);
        m_settlesAt = probes.empty() ? std::optional(launchedAt + SettlingTime) : std::nullopt;
    }
}

void ServerHealth::clear() noexcept
{
    m_readiness.clear();
    m_liveness.clear();
    m_settlesAt.reset();
    m_speaksUntil.reset();
    m_hasSpoken = false;
    m_hasSaidReady = false;
    m_isSilent = false;
}

void ServerHealth::lineCame(const std::string &line)
{
    m_readiness.lineCame(line);
    m_liveness.lineCame(line);
}

void ServerHealth::readyCame()
{
    m_hasSaidReady = true;
    m_hasSpoken = true;
    m_speaksUntil.reset();
    m_readiness.readyCame();
    m_liveness.readyCame();
}

void ServerHealth::aliveCame(bool isAlive)
{
    m_isSilent = !isAlive;
    m_hasSpoken = true;
    m_speaksUntil.reset();
    m_readiness.aliveCame(isAlive);
    m_liveness.aliveCame(isAlive);
}

void ServerHealth::collect(PollSet &set) const
{
    m_readiness.collect(set);
    m_liveness.collect(set);
}

std::optional<std::chrono::nanoseconds> ServerHealth::due() const
{
    return earliestOf({m_readiness.due(), m_liveness.due(), m_settlesAt, m_speaksUntil});
}

bool ServerHealth::proceedToReady(std::chrono::nanoseconds now, const PollSet &set)
{
    const bool hasSettled = m_settlesAt && now >= *m_settlesAt;
    if (hasSettled) {
        m_settlesAt.reset();
    }
    return m_readiness.proceed(now, set) || hasSettled;
}

bool ServerHealth::proceedToStayWell(std::chrono::nanoseconds now, const PollSet &set)
{
    if (m_speaksUntil && now >= *m_speaksUntil) {
        aliveCame(false);
    }
    return m_liveness.proceed(now, set);
}

std::vector<ProbedAttempt> ServerHealth::takeAttempts()
{
    auto attempts = m_readiness.takeAttempts();
    std::ranges::move(m_liveness.takeAttempts(), std::back_inserter(attempts));
    return attempts;
}

HealthVerdict ServerHealth::judgeReadiness(ServerState state)
{
    if (m_settlesAt) {
        return HealthVerdict::Open;
    }
    if (m_readiness.standing() == ProbeStanding::Met) {
        m_readiness.clear();
        return HealthVerdict::Ready;
    }
    return m_readiness.failed() != nullptr && state == ServerState::Starting ? HealthVerdict::NotReady
                                                                             : HealthVerdict::Open;
}

HealthVerdict ServerHealth::judgeLiveness(ServerState state) const
{
    const bool hasFailed = m_liveness.failed() != nullptr;
    if (!hasFailed && state == ServerState::Unhealthy && m_readiness.isEmpty()) {
        return HealthVerdict::Well;
    }
    return hasFailed && state == ServerState::Ready ? HealthVerdict::Unwell : HealthVerdict::Open;
}

const ProbeCourse *ServerHealth::trouble() const
{
    const auto *const neverReady = m_readiness.failed();
    return neverReady != nullptr ? neverReady : m_liveness.failed();
}

} // namespace Quay
