// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

class ProcFs;

/// How it is known that a process belongs to a run.
enum class LeftOverEvidence : std::uint8_t
{
    Server, ///< The lease names it.
    Cgroup, ///< It is in the cgroup of the run, and nobody else is put there.
    Environment, ///< It was started with the run's mark in its environment.
    Session, ///< It is in one session with somebody of whom it is known.
    Descent, ///< Somebody of whom it is known is its parent.
};

/// A process of a run that nobody supervises any more.
struct LeftOver
{
    ProcessMark process;
    std::string name; ///< As the kernel calls it: comm. Raw bytes.
    LeftOverEvidence evidence = LeftOverEvidence::Server;

    bool operator==(const LeftOver &) const = default;
};

/**
 * What is left of a server whose supervisor is gone.
 *
 * @p lease: what is known of its last run; without one, processes of every run of that server are found by their marks.
 * Source:  /proc of all processes of this user, cgroup.procs. Costs some 10 us a process of the user.
 * Errors:  processes that end meanwhile, or may not be read, are left out.
 * Threads: any; blocks.
 */
[[nodiscard]] std::vector<LeftOver> findLeftOvers(const ProcFs &proc, const std::string &key,
                                                  const std::optional<Lease> &lease);

} // namespace Quay
