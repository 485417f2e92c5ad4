// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/serverlines.h"
#include "core/servers/fleet.h"
#include "core/servers/serverrunner.h"

#include <string>
#include <vector>

namespace Quay {

/// The file of `quaymaster-supervise`: beside this program.
[[nodiscard]] std::string superviseProgram();

/**
 * Runs servers for as long as a terminal or script wants them: each line of output with the server's name before it,
 * what becomes of them on the error output, and what of their
 * alerts was met. SIGINT, SIGTERM, SIGHUP and a closed output stop them all, in the opposite
 * order of their start; a second one kills them.
 *
 * Threads: blocks the one it runs on.
 */
class ForegroundFleet : private RunnerListener
{
public:
    /// All arguments outlive this object.
    ForegroundFleet(CommandContext &context, const std::vector<ServerSpec> &servers, const RunnerSettings &settings);

    /// Starts @p chosen and whatever they need, and comes back when nothing runs any more: Done when all were stopped
    /// or have ended well.
    [[nodiscard]] ExitCode run(const std::vector<ServerSpec> &chosen);

private:
    void stateChanged(const ServerRunner &server) override;
    void outputCame(const ServerRunner &server, const OutputLine &line) override;
    void eventCame(const ServerRunner &server, const RunEvent &event) override;
    void alertMet(const ServerRunner &server, const AlertNews &news) override;
    void watchLimited(const ServerRunner &server, const WatchProblem &problem) override;
    void reportChecks(const ServerRunner &server);
    void stop();

    CommandContext &m_context;
    Fleet m_fleet;
    ServerLines m_lines;
    bool m_isStopping = false;
    bool m_hasFailed = false;
};

} // namespace Quay
