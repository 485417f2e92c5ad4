// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/openstart.h"

#include "core/base/clock.h"
#include "core/service/agentclient.h"
#include "core/service/agentmessage.h"
#include "core/service/agentplaces.h"
#include "core/service/serverstatus.h"

#include <algorithm>
#include <chrono>
#include <expected>
#include <string>
#include <vector>

#include <poll.h>

namespace Quay {

namespace {

constexpr auto Patience = std::chrono::seconds(2);

/// Of one that does not answer yet the earlier starts are of interest.
bool isOpen(const std::vector<ServerStatus> &servers, const std::string &name)
{
    const auto server = std::ranges::find(servers, name, &ServerStatus::name);
    return server != servers.end() && server->isStartOpen
        && (server->state == ServerState::Ready || server->state == ServerState::Unhealthy);
}

} // namespace

void awaitOpenStart(const std::string &file, const std::string &server)
{
    const auto places = agentPlaces();
    auto agent = places ? AgentClient::connect(*places) : std::unexpected(places.error());
    if (!agent) {
        return; // nobody times anything
    }
    const auto deadline = systemClock().monotonic() + Patience;
    auto servers = agent->ask({.verb = AgentVerb::Subscribe, .file = file});
    while (servers && isOpen(*servers, server)) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - systemClock().monotonic());
        pollfd watched = agent->awaited();
        const bool hasNews =
            agent->hasKept() || (left.count() > 0 && ::poll(&watched, 1, static_cast<int>(left.count())) > 0);
        if (!hasNews || !agent->receive()) {
            return;
        }
        servers = agent->ask({.verb = AgentVerb::Status, .file = file});
    }
}

} // namespace Quay
