// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/agentlink.h"
#include "app/cli/command.h"
#include "core/service/servergoal.h"
#include "core/service/serverstatus.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// How following ended.
enum class FollowEnd : std::uint8_t
{
    Met,
    Missed,
    TimeUp,
    Interrupted,
    Lost, ///< There is no agent any more: said already.
};

/**
 * Follows servers of one file until each has come to a goal, or will not; says what happens to them meanwhile.
 *
 * Threads: blocks the one it runs on.
 */
class ServerFollow
{
public:
    /// @p context and @p link outlive this object. @p link: subscribed. @p file: as ServerStatus has it.
    ServerFollow(CommandContext &context, AgentLink &link, std::string file);

    /// What is known of them so far: nothing is said about that.
    void know(const std::vector<ServerStatus> &servers);
    /// What has become of them: that is said.
    void take(const std::vector<ServerStatus> &servers);
    /// Follows @p names.
    [[nodiscard]] FollowEnd run(const std::vector<std::string> &names, ServerGoal goal,
                                std::optional<std::chrono::nanoseconds> timeout);

    /// Whether the last that was said of it says how it stands.
    [[nodiscard]] bool hasSaid(const ServerStatus &server) const;
    /// How they stand, in the order of @p names; those of which nothing is known are left out.
    [[nodiscard]] std::vector<ServerStatus> servers(const std::vector<std::string> &names) const;

private:
    [[nodiscard]] std::optional<FollowEnd> verdict(const std::vector<std::string> &names, ServerGoal goal) const;
    [[nodiscard]] bool takeNews();
    void tell(const ServerStatus &server);
    void tellTrouble(const ServerStatus &server, const ServerStatus &before);
    void say(const ServerStatus &server, const QString &text);

    CommandContext &m_context;
    AgentLink &m_link;
    std::string m_file;
    std::map<std::string, ServerStatus> m_servers; ///< By name.
    std::map<std::string, QString> m_said; ///< Of each, the last.
};

} // namespace Quay
