// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/base/uniquefd.h"
#include "core/service/agentmessage.h"
#include "core/service/linesocket.h"

#include <cstddef>
#include <functional>
#include <list>

namespace Quay {

/**
 * The agent's socket: takes requests of this user's programs, and tells those who have subscribed what happens.
 *
 * Who sends garbage, or does not take in what he is told, is dropped. Threads: not shared; never blocks.
 */
class AgentServer
{
public:
    using Handler = std::function<AgentReply(const AgentRequest &)>;

    static constexpr std::size_t MostClients = 64;

    /// @p listener: as listenAt() gives it.
    AgentServer(UniqueFd listener, Handler handler);

    /// Beside those of this process.
    [[nodiscard]] bool hasClients() const;

    void publish(const AgentNews &news);

    void collect(PollSet &set) const;
    void proceed(const PollSet &set);

private:
    struct Client
    {
        LineSocket socket;
        bool isOurs = false; ///< It is this process itself.
        bool isSubscribed = false;
        bool isLost = false;
    };

    void accept();
    void serve(Client &client);
    void answer(Client &client, const std::string &line);

    UniqueFd m_listener;
    Handler m_handler;
    std::list<Client> m_clients;
};

} // namespace Quay
