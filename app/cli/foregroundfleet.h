// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/saidstates.h"
#include "app/cli/serverlines.h"
#include "core/servers/fleet.h"
#include "core/servers/serverrunner.h"
#include "core/startup/startupstore.h"

#include <string>
#include <vector>

namespace Quay {

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
    /// All arguments outlive this object. @p starts: where each start is kept.
    ForegroundFleet(CommandContext &context, const ServerFile &file, const RunnerSettings &settings,
                    StartupStore &starts);

    /// Starts @p chosen and whatever they need, and comes back when nothing runs any more: Done when all were stopped
    /// or have ended well.
    [[nodiscard]] ExitCode run(const std::vector<ServerSpec> &chosen);

private:
    void stateChanged(const ServerRunner &server) override;
    void outputCame(const ServerRunner &server, const OutputLine &line) override;
    void eventCame(const ServerRunner &server, const RunEvent &event) override;
    void startupNewsCame(const ServerRunner &server, const StartupNews &news) override;
    void say(const ServerRunner &server, const QString &text);
    [[nodiscard]] bool isAnybodyStarting() const;
    void keepStarts();
    void keep(const StartupRun &run);
    void alertMet(const ServerRunner &server, const AlertNews &news) override;
    void watchLimited(const ServerRunner &server, const WatchProblem &problem) override;
    void stop();

    CommandContext &m_context;
    const ServerFile &m_file;
    StartupStore &m_starts;
    Fleet m_fleet;
    ServerLines m_lines;
    SaidStates m_said;
    std::vector<StartupRun> m_unkept; ///< To be kept once nobody starts any more: a disk is slow.
    bool m_hasFailedToKeep = false;
    bool m_isStopping = false;
    bool m_hasFailed = false;
};

} // namespace Quay
