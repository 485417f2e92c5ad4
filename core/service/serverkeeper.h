// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/base/result.h"
#include "core/servers/lazyyaml.h"
#include "core/servers/serverrunner.h"
#include "core/service/agentmessage.h"
#include "core/service/managedproject.h"
#include "core/startup/lazystartups.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace Quay {

/**
 * Runs all servers of this user: does what requests ask for, and tells what becomes of the servers.
 *
 * Threads: not shared. Never blocks for longer than the file system does.
 */
class ServerKeeper
{
public:
    /// @p settings: without project and variables. @p directory: where projects are kept for the next agent.
    ServerKeeper(RunnerSettings settings, std::string directory, std::string bootId, ManagedProject::Tell tell);

    /// Goes on with what the agent before has run.
    void takeUp();

    [[nodiscard]] AgentReply answer(const AgentRequest &request);

    /// Whether there is nothing to look after.
    [[nodiscard]] bool isAtRest() const;

    void collect(PollSet &set) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    void proceed(const PollSet &set);

private:
    [[nodiscard]] Result<> carryOut(const AgentRequest &request);
    [[nodiscard]] Result<ManagedProject *> projectOf(const AgentRequest &request);
    [[nodiscard]] Result<> add(const std::string &path, const VariableMap &environment);
    ManagedProject &manage(ServerFile file, VariableMap environment);

    RunnerSettings m_settings;
    std::string m_directory;
    std::string m_bootId;
    ManagedProject::Tell m_tell;
    LazyYaml m_yaml;
    LazyStartups m_starts;
    std::map<std::string, std::unique_ptr<ManagedProject>> m_projects; ///< By path.
};

} // namespace Quay
