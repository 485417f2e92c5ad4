// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/portproof.h"
#include "core/control/servicemanagers.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/sockdiag.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// How a program ended that had hardly been started.
struct EarlyEnd
{
    std::chrono::nanoseconds after{}; ///< Since it was started.
    std::optional<ExitStatus> exit; ///< Known while init has not asked, and afterwards on kernel >= 6.15.
    std::vector<std::string> lastLines; ///< See lastLinesOf().

    bool operator==(const EarlyEnd &) const = default;
};

/**
 * Watches programs that startDetached() has started, until they do what is expected of them or have ended: a program
 * that was started is not yet a server that works.
 *
 * One that ends well and leaves others behind who write to its log, or who listen where somebody should, is a daemon
 * or a launcher, and has not ended early.
 *
 * Source:  pidfd_open(2), /proc/PID/stat, sock_diag(7), flock(2) on the logs, at the end socketsOfStarted().
 * Threads: not shared.
 */
class StartWatch
{
public:
    static constexpr std::chrono::milliseconds Patience{500}; ///< Where nobody is expected to listen.
    static constexpr std::chrono::milliseconds PortPatience{2000}; ///< Until all expected ports have listeners.

    /// To be made before the programs are started. @p expected: where somebody ought to listen then, of which TCP
    /// counts, for UDP sockets come and go with each question asked. A port that somebody has already tells nothing.
    explicit StartWatch(const std::vector<PortClaim> &expected);

    /// To be called as soon as it is started.
    void add(pid_t pid, const std::string &logPath);

    /// Until all expected ports have listeners, nothing more can come of it, or patience ends. Blocks.
    void wait(const GoesOn &goesOn);

    [[nodiscard]] bool wasInterrupted() const noexcept { return m_wasInterrupted; }
    /// Of the program that was added as the @p index-th, after wait(): whether it has ended, be it as a daemon does.
    [[nodiscard]] bool hasEnded(std::size_t index) const { return m_programs.at(index).endedAt.has_value(); }
    /// The same. Nothing: it has not ended, or not early.
    [[nodiscard]] std::optional<EarlyEnd> earlyEnd(std::size_t index) const;
    /// Where nobody listens though somebody ought to, after wait().
    [[nodiscard]] const std::vector<PortClaim> &silentPorts() const noexcept { return m_silent; }
    /// Where somebody listens who is neither one of the programs nor below one, though all of them run. After wait().
    [[nodiscard]] const std::vector<PortClaim> &foreignPorts() const noexcept { return m_foreign; }

private:
    struct Program
    {
        pid_t pid = 0;
        std::optional<PidFd> handle; ///< Nothing: it was gone before it could be looked at.
        std::string logPath;
        std::chrono::nanoseconds startedAt{}; ///< Clock::monotonic()
        std::optional<std::chrono::nanoseconds> endedAt; ///< Clock::monotonic()
        std::optional<ExitStatus> exit;
        bool mayStillSay = true; ///< How it ended.
    };

    void look(Program &program) const;
    [[nodiscard]] std::optional<ExitStatus> statusOf(const Program &program) const;
    [[nodiscard]] static bool hasFailed(const Program &program);
    [[nodiscard]] bool isDaemon(const Program &program) const;
    [[nodiscard]] bool isDecided(std::chrono::nanoseconds watched) const;
    void lookAtPorts();
    [[nodiscard]] std::vector<PortClaim> portsOfOthers();
    void pause() const;

    SockDiag m_diag;
    std::optional<ProcFs> m_proc; ///< Nothing: there is no /proc.
    std::chrono::milliseconds m_patience{};
    bool m_wasInterrupted = false;
    std::vector<PortClaim> m_awaited; ///< Where nobody listened before.
    std::vector<PortClaim> m_silent; ///< Of those.
    std::vector<PortClaim> m_foreign; ///< Of those.
    std::vector<Program> m_programs;
};

} // namespace Quay
