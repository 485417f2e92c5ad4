// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/service/agentclient.h"
#include "core/service/agentmessage.h"
#include "core/service/serverstatus.h"

#include <optional>
#include <vector>

namespace Quay {

/// What a verb has to do with the agent. It may be killed at any instant: then the next one is asked.
class AgentLink
{
public:
    /// Whether there is one, or one has left something to go on with.
    [[nodiscard]] static bool isNeeded();

    /// Starts the agent where none is. Errors: as AgentClient::connectOrStart(), AgentClient::ask().
    [[nodiscard]] Result<std::vector<ServerStatus>> ask(const AgentRequest &request);

    // After AgentVerb::Subscribe.

    /// Adds what to wait for. False when there is news already.
    [[nodiscard]] bool collect(PollSet &set) const;
    /// Whether there is news after that wait.
    [[nodiscard]] bool hasNews(const PollSet &set) const;
    /// How servers stand that have changed; of a new agent, how all stand. Errors: as ask().
    [[nodiscard]] Result<std::vector<ServerStatus>> news();

private:
    [[nodiscard]] Result<> connect();

    std::optional<AgentClient> m_client;
    std::optional<AgentRequest> m_subscription;
};

} // namespace Quay
