// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serverprobe.h"

#include "core/base/safetext.h"
#include "core/base/words.h"
#include "core/servers/serverstate.h"
#include "core/service/agentclient.h"
#include "core/service/agentmessage.h"
#include "core/service/agentplaces.h"
#include "core/service/servicewords.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace Quay {

ServerProbe::ServerProbe(std::string name, const std::string &file)
    : m_name(std::move(name))
    , m_file(safeText(file))
{
}

std::optional<Attempt> ServerProbe::begin(std::chrono::milliseconds limit)
{
    if (m_agent) {
        return std::nullopt; // it tells us
    }
    const auto places = agentPlaces();
    auto agent = places ? AgentClient::connect(*places) : std::unexpected(places.error());
    if (!agent) {
        return lose();
    }
    m_agent = *std::move(agent);
    const auto servers = m_agent->ask({.verb = AgentVerb::Subscribe}, limit);
    if (!servers) {
        return lose();
    }
    auto attempt = take(*servers);
    return attempt || !m_agent->hasKept() ? std::move(attempt) : proceed();
}

pollfd ServerProbe::awaited() const
{
    return m_agent ? m_agent->awaited() : pollfd{.fd = -1, .events = 0, .revents = 0};
}

std::optional<Attempt> ServerProbe::proceed()
{
    const auto messages = m_agent->receive();
    if (!messages) {
        return lose();
    }
    std::vector<ServerStatus> servers;
    for (const auto &message : *messages) {
        if (const auto *const news = std::get_if<AgentNews>(&message)) {
            servers.push_back(news->server);
        }
    }
    return take(servers);
}

std::optional<Attempt> ServerProbe::take(const std::vector<ServerStatus> &servers)
{
    for (const auto &server : servers) {
        if (server.name == m_name && (m_file.empty() || server.file == m_file)) {
            m_seen = {.what = Observation::What::ManagedState,
                      .detail = std::string(wordFor(ServerStateWords, server.state))};
            if (server.state == ServerState::Ready) {
                return Attempt{.isMet = true, .seen = m_seen};
            }
        }
    }
    return std::nullopt;
}

Attempt ServerProbe::lose()
{
    m_agent.reset();
    return {.isMet = false, .seen = m_seen};
}

Attempt ServerProbe::giveUp()
{
    return {.isMet = false, .seen = m_seen};
}

} // namespace Quay
