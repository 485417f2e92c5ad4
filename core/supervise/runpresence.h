// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/supervise/lease.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/serverplaces.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

class ProcFs;

/// Whether a server runs, as far as the kernel confirms what its lease says.
enum class RunState : std::uint8_t
{
    Unreadable, ///< The lease is garbage, and no process of the server was found. It stands in nobody's way.
    Gone, ///< Nobody runs it: there is no lease, or nothing is left of what it names.
    LeftOver, ///< Its supervisor is gone, processes of it are not.
    Running, ///< Its supervisor runs.
};

struct RunPresence
{
    RunState state = RunState::Unreadable;
    std::optional<Lease> lease; ///< Also an outdated one: of the run that was last.
    std::optional<Error> problem; ///< With the lease.
    std::vector<LeftOver> leftOvers;
};

/**
 * Looks whether a server runs, without asking its supervisor.
 *
 * Source:  its lease, verified against boot id, pids, start times and serials; findLeftOvers().
 * Threads: any; blocks. With a supervisor that runs, or without a lease: some 20 us.
 */
[[nodiscard]] RunPresence runPresence(const ProcFs &proc, const ServerPlaces &places, const std::string &key);

} // namespace Quay
