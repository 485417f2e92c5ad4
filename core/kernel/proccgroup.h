// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// Where a process stands in the cgroup hierarchies. Paths start with `/`, relative to their mount.
struct ProcCgroup
{
    std::optional<std::string> unified; ///< `0::PATH`, cgroup v2 (alone or beside v1).
    std::optional<std::string> named; ///< `N:name=systemd:PATH`, what systemd uses on v1 and hybrid systems.
    std::optional<std::string> controller; ///< The deepest v1 controller path: where containers show on v1 systems.

    bool operator==(const ProcCgroup &) const = default;
};

/**
 * Parses the text of /proc/PID/cgroup.
 *
 * Source:  cgroups(7). Only the first two colons of a line separate; the path may hold more.
 * Errors:  Malformed, with the offending line as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<ProcCgroup> parseProcCgroup(std::string_view text);

/// Reads and parses /proc/PID/cgroup. Needs no permission. Errors: Gone.
[[nodiscard]] Result<ProcCgroup> readProcCgroup(const ProcFs &proc, pid_t pid);

} // namespace Quay
