// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <sys/types.h>

namespace Quay {

/**
 * Finds cgroups by the id that sockets carry.
 *
 * The id is the inode number of the cgroup's directory. The tree is walked when an unknown id is asked for, at most
 * once per refresh(). An id that a walk did not find is of a cgroup out of sight (another namespace) or removed: its
 * sockets may stay for days, so it is looked for again only once a minute.
 *
 * Source:  cgroups(7), INET_DIAG_CGROUP_ID in net/ipv4/inet_diag.c.
 * Threads: not shared; belongs to the thread of its owner.
 */
class CgroupIndex
{
public:
    /// @p mount: where cgroup v2 is mounted. See findCgroup2Mount(). @p clock outlives the index.
    explicit CgroupIndex(std::optional<std::string> mount, const Clock &clock = systemClock());

    /// Allows one more walk: call once per look.
    void refresh();

    /// The path below the mount, with a leading `/`. Nothing when no visible cgroup has this id.
    [[nodiscard]] std::optional<std::string> path(std::uint64_t id);

    /// The processes in that cgroup itself (not below it). Works for everybody's. Errors: Gone for an unknown id.
    [[nodiscard]] Result<std::vector<pid_t>> processes(std::uint64_t id);

private:
    void walk();
    void readTree();

    std::optional<std::string> m_mount;
    const Clock &m_clock;
    std::unordered_map<std::uint64_t, std::string> m_paths;
    std::unordered_set<std::uint64_t> m_wanted; ///< Asked for and unknown, not yet looked for.
    std::unordered_set<std::uint64_t> m_missing; ///< What the walks of the last minute did not find.
    std::chrono::nanoseconds m_missingSince;
    bool m_mayWalk = true;
};

/// Where cgroup v2 is mounted (`/sys/fs/cgroup`, or `unified` below it on hybrid systems), from /proc/self/mountinfo
/// text.
[[nodiscard]] std::optional<std::string> findCgroup2Mount(std::string_view mountinfo);

/// Parses cgroup.procs. Lines that are 0 (processes of another pid namespace) are left out. Errors: Malformed.
[[nodiscard]] Result<std::vector<pid_t>> parseCgroupProcs(std::string_view text);

} // namespace Quay
