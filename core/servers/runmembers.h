// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/processes/processtable.h"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * The processes of runs: of each whoever its supervisor is an ancestor of. It is their subreaper, so that the chain of
 * parents leads to it from everywhere in the tree, also from a daemon.
 *
 * One for all runs: who has come since the last question is looked at once, whoever asks.
 *
 * Source:  /proc/loadavg; when processes have come since, the CPU clocks of all, 0.2 us each, and /proc/PID/stat of the
 *          new ones, 2.5 us each.
 * Threads: not shared; blocks.
 */
class RunMembers
{
public:
    /// @p proc and @p clock outlive this object.
    explicit RunMembers(const ProcFs &proc, const Clock &clock = systemClock());

    /// Some may have ended meanwhile. When /proc cannot be listed, those that were known before.
    [[nodiscard]] std::vector<pid_t> of(pid_t supervisor);

private:
    void update();
    void enter(pid_t pid);
    void drop(pid_t pid);

    const ProcFs &m_proc;
    ProcessTable m_processes;
    std::map<pid_t, pid_t> m_parents;
    std::map<pid_t, std::set<pid_t>> m_children;
    pid_t m_lastPid = 0; ///< That the machine had given out at the last look; 0: unknown.
    bool m_isSettled = false; ///< It was the same at the look before: whoever was half-made then has been seen.
};

/// Which of the sockets @p inodes are held by one of @p members. Costs 2 us for each descriptor of theirs.
[[nodiscard]] std::set<std::uint64_t> socketsHeldBy(const ProcFs &proc, std::span<const pid_t> members,
                                                    const std::set<std::uint64_t> &inodes);

} // namespace Quay
