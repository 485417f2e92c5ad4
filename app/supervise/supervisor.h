// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/controlserver.h"
#include "app/supervise/eventloop.h"
#include "app/supervise/notifysocket.h"
#include "app/supervise/outputpump.h"
#include "app/supervise/runclaim.h"
#include "app/supervise/runjournal.h"
#include "app/supervise/serverending.h"
#include "app/supervise/serverstart.h"
#include "core/base/uniquefd.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/runcgroup.h"
#include "core/supervise/controlmessage.h"
#include "core/supervise/launch.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include <sys/types.h>

struct rusage;

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
    /// Takes the server and starts it. The process is one that nothing else goes on in: its signals are blocked, and it
    /// becomes the parent of all orphans below it.
    [[nodiscard]] static std::expected<std::unique_ptr<Supervisor>, LaunchFailure> start(RunDescription run);
    Supervisor(const Supervisor &) = delete;
    Supervisor &operator=(const Supervisor &) = delete;
    ~Supervisor() = default;

    [[nodiscard]] Launched launched() const;
    /// Returns when nobody is left, and all is written.
    void run();

private:
    Supervisor(RunDescription run, ProcFs proc, EventLoop loop, RunClaim claim);

    [[nodiscard]] std::optional<LaunchFailure> openEverything();
    [[nodiscard]] std::optional<LaunchFailure> startTheServer();
    [[nodiscard]] std::optional<LaunchFailure> watchOutputs(StartedServer &server);

    void takeSignals();
    void collectChildren();
    void mainExited(int waitStatus, const rusage &usage);
    void mainEndedUnseen();
    void goOnWithoutMain();
    void makeMain(pid_t pid);
    void becomeEmpty();

    void takeNotify();
    [[nodiscard]] ControlReply answer(const ControlRequest &request, const SocketPeer &peer);
    [[nodiscard]] std::optional<Error> stop(const ControlRequest &request, const SocketPeer &peer);
    [[nodiscard]] std::optional<Error> signal(const ControlRequest &request, const SocketPeer &peer);
    void beginStop(const StopManner &manner, RunEvent event);
    [[nodiscard]] RunStatus status() const;

    void work();
    void tellLosses();
    void tellGrowth();
    [[nodiscard]] std::optional<std::chrono::nanoseconds> timeUntilWork() const;
    /// The server's first process, as long as it is a child of ours that was not waited for; else 0.
    [[nodiscard]] pid_t leader() const;

    RunDescription m_run;
    ProcFs m_proc;
    EventLoop m_loop;
    RunClaim m_claim;
    ControlServer m_control;
    std::optional<RunJournal> m_journal;
    std::optional<OutputPump> m_output;
    std::optional<NotifySocket> m_notify;
    std::optional<RunCgroup> m_cgroup;
    std::optional<ServerEnding> m_ending;
    UniqueFd m_signals;

    ProcessMark m_first; ///< The process that was started.
    ProcessMark m_main; ///< The one that is the server now.
    std::optional<PidFd> m_mainHandle; ///< Nothing once it has ended.
    bool m_firstHasEnded = false;
    bool m_isOver = false;
    bool m_isReady = false;
    std::optional<std::string> m_statusText;
    std::optional<std::chrono::nanoseconds> m_aliveAt; ///< since boot
    std::optional<ExitStatus> m_exit;
    LogPosition m_told; ///< How much of the log subscribers know of.
    std::chrono::nanoseconds m_toldAt{}; ///< monotonic
    std::chrono::nanoseconds m_recordRetriedAt{}; ///< monotonic
};

} // namespace Quay
