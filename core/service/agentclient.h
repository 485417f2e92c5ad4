// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/service/agentmessage.h"
#include "core/service/agentplaces.h"
#include "core/service/linesocket.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <poll.h>

namespace Quay {

/**
 * Talks to the agent of this user. Threads: not shared.
 */
class AgentClient
{
public:
    /// To one that is there. Errors: as connectTo(): Gone or Unsupported when there is none.
    [[nodiscard]] static Result<AgentClient> connect(const AgentPlaces &places);
    /// Of connect(): whether nobody is there, so that one can be started; anything else stands in the way of that too.
    [[nodiscard]] static bool isAbsent(const Error &error);
    /// To the one that is there, or to a new one: @p program is `quaymaster-agent`, and goes on without us. Blocks
    /// until it is there. Errors: as startDetached(); Io with ETIMEDOUT when it does not answer, its log says why.
    [[nodiscard]] static Result<AgentClient> connectOrStart(const AgentPlaces &places, const std::string &program);

    [[nodiscard]] pollfd awaited() const { return m_socket.awaited(); }

    /// The id of its reply. Errors: as LineSocket::send().
    [[nodiscard]] Result<std::uint64_t> send(AgentRequest request);
    /// Whether receive() has something without anything to be awaited: it came with a reply.
    [[nodiscard]] bool hasKept() const noexcept { return !m_kept.empty(); }
    /// What has come. Errors: as LineSocket::proceed(); Malformed.
    [[nodiscard]] Result<std::vector<AgentMessage>> receive();

    /// Blocks until the reply is there. News that come before it are left out, for it is newer than they are. Errors:
    /// as above; that of the reply; Io with ETIMEDOUT.
    [[nodiscard]] Result<std::vector<ServerStatus>> ask(AgentRequest request,
                                                        std::chrono::milliseconds timeout = std::chrono::seconds(30));

private:
    explicit AgentClient(LineSocket socket);

    LineSocket m_socket;
    std::uint64_t m_lastId = 0;
    std::vector<AgentMessage> m_kept;
};

} // namespace Quay
