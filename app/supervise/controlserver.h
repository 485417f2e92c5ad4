// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/controlmessage.h"

#include <cstddef>
#include <functional>
#include <map>

namespace Quay {

class EventLoop;

/**
 * Talks to those who ask about a run, and who want to hear of it.
 *
 * Only this user and root are listened to, who could signal the server anyway. Nobody is waited for: whoever sends what
 * is no request, or does not read what he subscribed to, is dropped, and finds everything in the record.
 *
 * Threads: not shared; belongs to the thread of its loop.
 */
class ControlServer
{
public:
    static constexpr std::size_t MostClients = 16;

    using Handler = std::function<ControlReply(const ControlRequest &, const SocketPeer &)>;

    /// @p loop outlives this object. @p listener: see listenAt(). @p handler is called for each request; the reply gets
    /// its id here.
    ControlServer(EventLoop &loop, UniqueFd listener, Handler handler);
    ControlServer(const ControlServer &) = delete;
    ControlServer &operator=(const ControlServer &) = delete;
    ~ControlServer();

    /// From now on the loop calls. Errors: as EventLoop::watch().
    [[nodiscard]] Result<> watch();

    /// Tells those who have subscribed.
    void publish(const ControlMessage &message);
    [[nodiscard]] bool hasSubscribers() const;

private:
    struct Client
    {
        UniqueFd socket;
        SocketPeer peer;
        bool isSubscribed = false;
    };

    void acceptOne();
    void receive(int fd);
    /// Whether it still reads.
    [[nodiscard]] static bool send(const Client &client, const ControlMessage &message);
    void drop(int fd);

    EventLoop &m_loop;
    UniqueFd m_listener;
    Handler m_handler;
    std::map<int, Client> m_clients; ///< by descriptor
};

} // namespace Quay
