// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverhealth.h"

#include "core/base/pollset.h"
#include "core/servers/probecourse.h"
#include "core/servers/probefactory.h"
#include "core/servers/probegroup.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace Quay {

ServerHealth::ServerHealth(const ServerSpec &server, const ProbeMachine &machine)
    : m_server(server)
    , m_readiness(server, machine)
    , m_liveness(server, machine)
{
}

void ServerHealth::begin(ServerState state, const ProbedRun &run, std::chrono::nanoseconds launchedAt)
{
    if (state == ServerState::Ready && m_liveness.isEmpty()) {
        m_liveness.begin(m_server.liveness, run, launchedAt);
    }
    if (state == ServerState::Starting) {
        m_readiness.begin(m_server.readiness.empty() ? defaultReadiness(m_server) : m_server.readiness, run,
                          launchedAt);
    }
}

void ServerHealth::clear() noexcept
{
    m_readiness.clear();
    m_liveness.clear();
}

void ServerHealth::lineCame(const std::string &line)
{
    m_readiness.lineCame(line);
    m_liveness.lineCame(line);
}

void ServerHealth::readyCame()
{
    m_readiness.readyCame();
    m_liveness.readyCame();
}

void ServerHealth::collect(PollSet &set) const
{
    m_readiness.collect(set);
    m_liveness.collect(set);
}

std::optional<std::chrono::nanoseconds> ServerHealth::due() const
{
    const auto readiness = m_readiness.due();
    const auto liveness = m_liveness.due();
    return readiness && liveness ? std::min(*readiness, *liveness) : readiness ? readiness : liveness;
}

bool ServerHealth::proceedToReady(std::chrono::nanoseconds now, const PollSet &set)
{
    return m_readiness.proceed(now, set);
}

bool ServerHealth::proceedToStayWell(std::chrono::nanoseconds now, const PollSet &set)
{
    return m_liveness.proceed(now, set);
}

HealthVerdict ServerHealth::judgeReadiness(ServerState state)
{
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
