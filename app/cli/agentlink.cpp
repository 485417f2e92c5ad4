// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/agentlink.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/kernel/directory.h"
#include "core/service/agentclient.h"
#include "core/service/agentplaces.h"
#include "core/service/siblingprogram.h"

#include <utility>
#include <variant>
#include <vector>

#include <fcntl.h>

namespace Quay {

namespace {

/// Of one request: when agents die one after the other, something else is wrong.
constexpr int MostAgents = 5;

bool hasEntries(const std::string &directory)
{
    const auto opened = openDirectoryAt(AT_FDCWD, directory);
    if (!opened) {
        return false;
    }
    DirectoryReader reader(opened->get(), directory);
    const auto entry = reader.next();
    return entry && *entry != nullptr;
}

} // namespace

bool AgentLink::isNeeded()
{
    const auto places = agentPlaces();
    if (!places) {
        return false;
    }
    const auto client = AgentClient::connect(*places);
    return client || !AgentClient::isAbsent(client.error()) || hasEntries(places->projects());
}

Result<> AgentLink::connect()
{
    if (m_client) {
        return {};
    }
    const auto places = agentPlaces();
    if (!places) {
        return std::unexpected(places.error());
    }
    auto client = AgentClient::connectOrStart(*places, siblingProgram("quaymaster-agent"));
    if (!client) {
        return std::unexpected(std::move(client).error());
    }
    m_client = *std::move(client);
    return {};
}

Result<std::vector<ServerStatus>> AgentLink::ask(const AgentRequest &request)
{
    Result<std::vector<ServerStatus>> answer;
    for (int agents = 0; agents < MostAgents; ++agents) {
        const bool isAnother = !m_client;
        const auto connected = connect();
        if (!connected) {
            return std::unexpected(connected.error());
        }
        // Another agent does not know what the one before was asked to tell.
        const bool resumes = isAnother && m_subscription && request.verb != AgentVerb::Subscribe;
        if (resumes) {
            answer = m_client->ask(*m_subscription);
        }
        if (!resumes || answer) {
            answer = m_client->ask(request);
        }
        const bool isLost = !answer && answer.error().code == ErrorCode::Gone && answer.error().subject == "connection";
        if (!isLost) {
            break;
        }
        m_client.reset();
    }
    if (answer && request.verb == AgentVerb::Subscribe) {
        m_subscription = request;
    }
    return answer;
}

bool AgentLink::collect(PollSet &set) const
{
    set.add(m_client->awaited());
    return !m_client->hasKept();
}

bool AgentLink::hasNews(const PollSet &set) const
{
    return m_client->hasKept() || set.hasCome(m_client->awaited().fd);
}

Result<std::vector<ServerStatus>> AgentLink::news()
{
    const auto messages = m_client->receive();
    if (!messages) {
        m_client.reset();
        return ask(m_subscription.value_or(AgentRequest{.verb = AgentVerb::Subscribe}));
    }
    std::vector<ServerStatus> servers;
    for (const auto &message : *messages) {
        if (const auto *const news = std::get_if<AgentNews>(&message)) {
            servers.push_back(news->server);
        }
    }
    return servers;
}

} // namespace Quay
