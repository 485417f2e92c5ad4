// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/descendants.h"
#include "core/base/clock.h"
#include "core/processes/processid.h"
#include "core/supervise/rundescription.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class RunCgroup;
struct ProcStat;

/**
 * Ends all processes of a server: by asking, and when their time is over, by force.
 *
 * Asked is the process group of the server, as by Ctrl-C in a terminal: a shell that waits for the real server would
 * otherwise die alone. Once the server's own process has ended, whoever is left is asked as well, each once, and has
 * what is left of the time: workers still finish their work. From then on so is whoever loses its parent without having
 * been asked: programs that hold back signals while they fork (shells do, and posix_spawn) leave a child that has heard
 * of nothing. A shell that has just been forked swallows a signal for which its parent has a trap, so whoever has
 * become another program since it was asked is asked once more; for a moment that is looked for. Then everybody is
 * killed who is left, whatever session or group it has moved to; who was, is told.
 *
 * Threads: not shared.
 */
class ServerEnding
{
public:
    static constexpr std::size_t MostTold = 200;

    /// @p proc, @p cgroup (null for none) and @p clock outlive this object.
    ServerEnding(const ProcFs &proc, const RunCgroup *cgroup, const Clock &clock = systemClock());

    /// Asks, and sets the time. @p leader: the server's process, as long as it is a child of ours that nobody has
    /// waited for; 0 afterwards: everybody is asked then. Again: the new time counts.
    void ask(const StopManner &manner, pid_t leader);
    /// The server's process has ended: asks those who were not in its process group, @p group, and askOrphans().
    void askTheOthers(pid_t group);
    /// Asks children of ours that were not asked. To be called when any descendant has ended after the server has.
    void askOrphans();
    /// SIGKILL is due now.
    void force();

    [[nodiscard]] bool hasBegun() const noexcept { return m_killsAt.has_value(); }
    /// When work() is due. CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextWork() const noexcept;
    /// Until SIGKILL; nothing when it was sent, or nobody has asked.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeLeft() const;
    /// Looks for orphans, and kills everybody who is there, when that is due. Those that were not told of before; no
    /// more than MostTold in all, for who forks without an end is many.
    [[nodiscard]] std::vector<KilledProcess> work();

private:
    void askOnce(const ProcStat &stat);
    void lookAgainSoon();

    const ProcFs &m_proc;
    const RunCgroup *m_cgroup;
    const Clock &m_clock;
    int m_signal = 0;
    std::optional<std::chrono::nanoseconds> m_killsAt;
    int m_rounds = 0;
    std::optional<std::chrono::nanoseconds> m_looksAgainAt; ///< For orphans.
    int m_looksLeft = 0;
    std::map<ProcessId, std::string> m_asked; ///< And what it was called then.
    std::set<ProcessId> m_told;
};

} // namespace Quay
