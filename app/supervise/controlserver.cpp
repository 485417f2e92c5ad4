// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/controlserver.h"

#include "app/supervise/eventloop.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/kernel/unixsocket.h"
#include "core/supervise/controlmessage.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

ControlServer::ControlServer(EventLoop &loop, UniqueFd listener, Handler handler)
    : m_loop(loop)
    , m_listener(std::move(listener))
    , m_handler(std::move(handler))
{
}

ControlServer::~ControlServer()
{
    m_loop.forget(m_listener.get());
    for (const auto &[fd, client] : m_clients) {
        m_loop.forget(fd);
    }
}

Result<> ControlServer::watch()
{
    return m_loop.watch(m_listener.get(), [this] { acceptOne(); });
}

void ControlServer::acceptOne()
{
    auto socket = acceptFrom(m_listener.get());
    const auto peer = socket ? peerOf(socket->get()) : std::unexpected(socket.error());
    const bool isWelcome = peer && (peer->uid == ::geteuid() || peer->uid == 0) && m_clients.size() < MostClients;
    if (!isWelcome) {
        return; // closed: whoever it was sees that there is nothing to be had
    }
    const int fd = socket->get();
    if (m_loop.watch(fd, [this, fd] { receive(fd); })) {
        m_clients.emplace(fd, Client{.socket = *std::move(socket), .peer = *peer});
    }
}

void ControlServer::receive(int fd)
{
    const auto found = m_clients.find(fd);
    if (found == m_clients.end()) {
        return;
    }
    std::string text(MostMessageBytes + 1, '\0');
    const ssize_t count = ::recv(fd, text.data(), text.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    const auto size = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    const auto request = size <= MostMessageBytes ? controlRequestFrom(std::string_view(text).substr(0, size))
                                                  : fail(ErrorCode::Malformed, "request");
    if (!request) {
        drop(fd);
        return;
    }
    Client &client = found->second;
    // Told before whatever it brings about: what follows the reply has happened after it.
    client.isSubscribed = client.isSubscribed || request->verb == ControlVerb::Subscribe;
    auto reply = m_handler(*request, client.peer);
    reply.id = request->id;
    const auto still = m_clients.find(fd); // events that its request caused may have been too many for it
    if (still != m_clients.end() && !send(still->second, reply)) {
        drop(fd);
    }
}

bool ControlServer::send(const Client &client, const ControlMessage &message)
{
    const std::string text = toText(message);
    return ::send(client.socket.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

void ControlServer::publish(const ControlMessage &message)
{
    std::vector<int> lost;
    for (const auto &[fd, client] : m_clients) {
        if (client.isSubscribed && !send(client, message)) {
            lost.push_back(fd);
        }
    }
    for (const int fd : lost) {
        drop(fd);
    }
}

bool ControlServer::hasSubscribers() const
{
    return std::ranges::any_of(m_clients, [](const auto &entry) { return entry.second.isSubscribed; });
}

void ControlServer::drop(int fd)
{
    m_loop.forget(fd);
    m_clients.erase(fd);
}

} // namespace Quay
