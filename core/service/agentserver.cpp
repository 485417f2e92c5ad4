// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentserver.h"

#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/unixsocket.h"
#include "core/service/agentmessage.h"
#include "core/service/linesocket.h"

#include <algorithm>
#include <string>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace Quay {

AgentServer::AgentServer(UniqueFd listener, Handler handler)
    : m_listener(std::move(listener))
    , m_handler(std::move(handler))
{
}

bool AgentServer::hasClients() const
{
    return std::ranges::any_of(m_clients, [](const Client &client) { return !client.isOurs; });
}

void AgentServer::collect(PollSet &set) const
{
    if (m_clients.size() < MostClients) { // the others wait
        set.add(pollfd{.fd = m_listener.get(), .events = POLLIN, .revents = 0});
    }
    for (const auto &client : m_clients) {
        set.add(client.socket.awaited());
    }
}

void AgentServer::proceed(const PollSet &set)
{
    for (auto &client : m_clients) {
        if (set.hasCome(client.socket.awaited().fd)) {
            serve(client);
        }
    }
    m_clients.remove_if([](const Client &client) { return client.isLost; });
    if (set.hasCome(m_listener.get())) {
        accept();
    }
}

void AgentServer::accept()
{
    auto socket = acceptFrom(m_listener.get());
    const auto peer = socket ? peerOf(socket->get()) : std::unexpected(socket.error());
    if (peer && peer->uid == ::geteuid()) { // else closed: whoever it was sees that there is nothing to be had
        m_clients.push_back(
            {.socket = LineSocket(*std::move(socket), MostAgentMessageBytes), .isOurs = peer->pid == ::getpid()});
    }
}

void AgentServer::serve(Client &client)
{
    const auto lines = client.socket.proceed();
    if (!lines) {
        client.isLost = true;
        return;
    }
    for (const auto &line : *lines) {
        if (!client.isLost) {
            answer(client, line);
        }
    }
}

void AgentServer::answer(Client &client, const std::string &line)
{
    const auto request = agentRequestFrom(line);
    if (!request) {
        client.isLost = true;
        return;
    }
    // Told before whatever it brings about: what follows the reply has happened after it.
    client.isSubscribed = client.isSubscribed || request->verb == AgentVerb::Subscribe;
    auto reply = m_handler(*request);
    reply.id = request->id;
    client.isLost = client.isLost || !client.socket.send(toText(reply));
}

void AgentServer::publish(const AgentNews &news)
{
    if (std::ranges::none_of(m_clients, &Client::isSubscribed)) {
        return;
    }
    const std::string line = toText(news);
    for (auto &client : m_clients) {
        if (client.isSubscribed && !client.isLost) {
            client.isLost = !client.socket.send(line);
        }
    }
}

} // namespace Quay
