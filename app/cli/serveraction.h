// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/agentlink.h"
#include "app/cli/command.h"
#include "app/cli/serverfollow.h"
#include "core/servers/configreader.h"
#include "core/service/agentmessage.h"
#include "core/service/servergoal.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
} // namespace CLI

namespace Quay {

/// The options of verbs that do something with managed servers.
struct ServerOptions
{
    std::string file;
    std::vector<std::string> names;
    std::string timeout;
    bool waits = false; ///< Until what was started is ready.
    bool isForced = false;
    bool isStop = false; ///< A file with mistakes does not keep anybody from stopping what runs.
    bool isForAll = false; ///< Of the file, also those that do not start by themselves.
    bool isJson = false;

    void addFile(CLI::App &parser);
    void addNames(CLI::App &parser, const QString &help);
    /// `--wait`, and `--timeout`
    void addWait(CLI::App &parser);
    void addTimeout(CLI::App &parser);
    void addForce(CLI::App &parser);
    void addJson(CLI::App &parser);

    /// Nothing when none was given. Errors: Invalid, said already.
    [[nodiscard]] Result<std::optional<std::chrono::nanoseconds>> timeLimit(CommandContext &context) const;
};

/// The servers that a verb is about; with those that were chosen.
struct ChosenServers
{
    ServerConfig config;
    VariableMap variables;
    std::vector<ServerSpec> servers; ///< Empty when the file has mistakes.
};

/// Reads the file and chooses. Errors: the exit code; it was said why.
[[nodiscard]] std::expected<ChosenServers, ExitCode> chooseServers(CommandContext &context,
                                                                   const ServerOptions &options);

/**
 * Has the agent do something with servers, and waits until it is done: says what happens to them meanwhile, and in the
 * end why something was not achieved.
 *
 * Threads: blocks the one it runs on.
 */
class ServerAction
{
public:
    /// @p options: as for chooseServers().
    ServerAction(CommandContext &context, ChosenServers chosen, const ServerOptions &options);

    [[nodiscard]] ExitCode run(AgentVerb verb);

private:
    [[nodiscard]] AgentRequest request(AgentVerb verb) const;
    [[nodiscard]] ExitCode refuse(const Error &error);
    /// Those of @p known that @p verb makes end.
    [[nodiscard]] std::vector<ServerStatus> stoppedBy(AgentVerb verb, const std::vector<ServerStatus> &known) const;
    [[nodiscard]] ExitCode conclude(FollowEnd end, ServerGoal goal, const ServerFollow &follow);
    void tellOutdated(const ServerFollow &follow);
    void explain(const ServerStatus &server, ServerGoal goal, bool isSaid);
    void explainChecks(const std::string &name);
    void showLastLines(const ServerStatus &server);
    void explainLeftOvers(const std::string &name);

    CommandContext &m_context;
    ChosenServers m_chosen;
    const ServerOptions &m_options;
    std::vector<std::string> m_names;
};

} // namespace Quay
