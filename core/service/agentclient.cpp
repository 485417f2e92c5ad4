// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentclient.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/detachedstart.h"
#include "core/kernel/unixsocket.h"
#include "core/servers/variables.h"
#include "core/service/agentmessage.h"
#include "core/service/agentplaces.h"
#include "core/service/linesocket.h"

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <poll.h>

namespace Quay {

namespace {

constexpr const char *Subject = "agent";
constexpr std::chrono::seconds StartPatience{10};
constexpr int LookIntervalMs = 2;

bool hasPassed(std::chrono::nanoseconds deadline)
{
    return systemClock().monotonic() >= deadline;
}

} // namespace

AgentClient::AgentClient(LineSocket socket)
    : m_socket(std::move(socket))
{
}

bool AgentClient::isAbsent(const Error &error)
{
    return error.code == ErrorCode::Gone || error.sysErrno == ECONNREFUSED;
}

Result<AgentClient> AgentClient::connect(const AgentPlaces &places)
{
    auto socket = connectTo(places.socket(), SocketKind::Stream);
    if (!socket) {
        return std::unexpected(std::move(socket).error());
    }
    return AgentClient(LineSocket(*std::move(socket), MostAgentMessageBytes));
}

Result<AgentClient> AgentClient::connectOrStart(const AgentPlaces &places, const std::string &program)
{
    auto client = connect(places);
    if (client || !isAbsent(client.error())) {
        return client;
    }
    const StartSpec agent{.name = "quaymaster-agent",
                          .executable = program,
                          .arguments = {program, "--headless"},
                          .directory = "/",
                          .environment = environmentTexts(ownVariables())};
    const auto deadline = systemClock().monotonic() + StartPatience;
    bool isStarted = false; // once: one that cannot begin would be started for as long as we wait
    do {
        if (!isStarted) {
            // Whoever has the log is an agent that is coming, maybe another one's, or one that is about to be gone: a
            // process that is killed closes its files one by one. So it is tried again.
            const auto started = startDetached(agent, places.log);
            if (!started && started.error().sysErrno != EAGAIN) {
                return std::unexpected(started.error());
            }
            isStarted = started.has_value();
        }
        ::poll(nullptr, 0, LookIntervalMs);
        client = connect(places);
    } while (!client && isAbsent(client.error()) && !hasPassed(deadline));
    return client || !isAbsent(client.error()) ? std::move(client) : failErrno(ETIMEDOUT, places.log);
}

Result<std::uint64_t> AgentClient::send(AgentRequest request)
{
    request.id = ++m_lastId;
    return m_socket.send(toText(request)).transform([&request] { return request.id; });
}

Result<std::vector<AgentMessage>> AgentClient::receive()
{
    std::vector<AgentMessage> messages = std::exchange(m_kept, {});
    const auto lines = m_socket.proceed();
    if (!lines) {
        // That it has ended is told next time.
        return messages.empty() ? std::unexpected(lines.error()) : Result<std::vector<AgentMessage>>(messages);
    }
    for (const auto &line : *lines) {
        auto message = agentMessageFrom(line);
        if (!message) {
            return std::unexpected(std::move(message).error());
        }
        messages.push_back(*std::move(message));
    }
    return messages;
}

Result<std::vector<ServerStatus>> AgentClient::ask(AgentRequest request, std::chrono::milliseconds timeout)
{
    const auto id = send(std::move(request));
    if (!id) {
        return std::unexpected(id.error());
    }
    const auto deadline = systemClock().monotonic() + timeout;
    std::optional<AgentReply> reply;
    while (!reply) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - systemClock().monotonic());
        pollfd watched = awaited();
        if (left.count() <= 0 || ::poll(&watched, 1, static_cast<int>(left.count())) == 0) {
            return failErrno(ETIMEDOUT, Subject);
        }
        auto messages = receive();
        if (!messages) {
            return std::unexpected(std::move(messages).error());
        }
        for (auto &message : *messages) {
            auto *const answer = std::get_if<AgentReply>(&message);
            if (reply) {
                m_kept.push_back(std::move(message));
            } else if (answer != nullptr && answer->id == *id) {
                reply = std::move(*answer);
            }
        }
    }
    if (reply->error) {
        return std::unexpected(*std::move(reply->error));
    }
    return std::move(reply->servers);
}

} // namespace Quay
