// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * The processes of a run: whoever @p supervisor is an ancestor of. It is their subreaper, so that the chain of parents
 * leads to it from everywhere in the tree, also from a daemon.
 *
 * Source:  /proc/PID/stat of all processes, 2.5 us each. Empty when /proc cannot be listed.
 * Threads: any; blocks.
 */
[[nodiscard]] std::vector<pid_t> runMembers(const ProcFs &proc, pid_t supervisor);

/// Which of the sockets @p inodes are held by one of @p members. Costs 2 us for each descriptor of theirs.
[[nodiscard]] std::set<std::uint64_t> socketsHeldBy(const ProcFs &proc, std::span<const pid_t> members,
                                                    const std::set<std::uint64_t> &inodes);

} // namespace Quay
