// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/controlserver.h"
#include "app/supervise/mainprocess.h"
#include "app/supervise/outputpump.h"
#include "app/supervise/runjournal.h"
#include "app/supervise/runpremises.h"
#include "app/supervise/serverending.h"
#include "app/supervise/serverstart.h"
#include "app/supervise/serverwords.h"
#include "core/base/result.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/launch.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>

#include <sys/resource.h>
#include <sys/types.h>

namespace Quay {

/**
 * Runs one server from its start until nobody is left of it.
 *
 * The server's main process is the one that was started; when that ends well and leaves others, as servers do that
 * become daemons, the run goes on with them. When it ends badly, whoever is left is asked to end.
 *
 * Threads: one, the whole process's: signals, children and the subreaper are the process's own.
 */
class Supervisor
{
public:
    /// Takes the server and starts it, see RunPremises.
    [[nodiscard]] static std::expected<std::unique_ptr<Supervisor>, LaunchFailure> start(RunDescription run);
    Supervisor(const Supervisor &) = delete;
    Supervisor &operator=(const Supervisor &) = delete;
    ~Supervisor() = default;

    [[nodiscard]] Launched launched() const;
    /// Returns when nobody is left, and all is written.
    void run();

private:
    explicit Supervisor(RunPremises premises);

    [[nodiscard]] std::optional<LaunchFailure> startTheServer();
    [[nodiscard]] Result<> watch(StartedServer &server);

    void takeSignals();
    void collectChildren();
    void mainExited(const rusage &usage);
    void mainEndedElsewhere();
    void goOnWithoutMain();
    void makeMain(pid_t pid);
    void becomeEmpty();

    // supervisorcontrol.cpp: what others ask for
    [[nodiscard]] ControlReply answer(const ControlRequest &request, const SocketPeer &peer);
    void stop(const ControlRequest &request, const SocketPeer &peer);
    void beginStop(const StopManner &manner, RunEvent event);
    [[nodiscard]] Result<> signal(const ControlRequest &request, const SocketPeer &peer);
    [[nodiscard]] RunStatus status() const;

    void work();
    void tellLosses();
    void tellGrowth();
    [[nodiscard]] std::optional<std::chrono::nanoseconds> timeUntilWork() const;

    RunPremises m_premises;
    ControlServer m_control;
    RunJournal m_journal;
    OutputPump m_output;
    ServerEnding m_ending;
    ServerWords m_words;
    MainProcess m_main;
    bool m_isOver = false;
    LogPosition m_told; ///< How much of the log subscribers know of.
    std::chrono::nanoseconds m_toldAt{}; ///< monotonic
    std::chrono::nanoseconds m_recordRetriedAt{}; ///< monotonic
};

} // namespace Quay
