// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/restartbook.h"
#include "core/servers/runaccount.h"
#include "core/servers/runlink.h"
#include "core/servers/serverstate.h"
#include "core/supervise/lease.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

namespace Quay {

class ProcFs;

/// What an agent remembers of a server that the one before it has run.
struct KnownServer
{
    bool isWanted = false; ///< It was to run.
    std::string run; ///< That went on; empty when none did.
    bool wasReady = false; ///< It had been ready, ...
    std::optional<std::chrono::nanoseconds> readyAfter; ///< ... after so long.
    RestartMemory restarts; ///< How often it had to be restarted.
    ServerState state = ServerState::Stopped; ///< In which it was, ...
    StateReason reason; ///< ... why, ...
    std::chrono::nanoseconds since{}; ///< ... and since when; CLOCK_MONOTONIC.

    bool operator==(const KnownServer &) const = default;
};

/// Nobody runs it, and there is nothing to go on with.
struct NoRun
{
};

/// Its supervisor is gone, processes of it are not.
struct OrphanedRun
{
};

struct RunningRun
{
    RunLink link;
    Lease lease;
    bool wasReady = false;
};

/// The run that was known has ended while nobody looked.
struct EndedRun
{
    RunAccount account;
    bool hasEnded = false; ///< Its supervisor has said so; else that was killed.
    std::chrono::nanoseconds ranFor{};
};

/// Nobody runs it, and the agent before left it so: it was over, or in the pause before a restart, which goes on.
struct PastRun
{
    RunAccount account; ///< What its record tells of the last run; nothing of one that has none.
};

using FoundRun = std::variant<NoRun, OrphanedRun, RunningRun, EndedRun, PastRun>;

/**
 * Finds whether a server runs, how the run that is known of it has ended, or else what is to be gone on with of what
 * was known.
 *
 * Source:  its lease, verified against the kernel, and the record of the run.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] FoundRun findRun(const ProcFs &proc, const ServerPlaces &places, const ServerIdentity &server,
                               const KnownServer &known);

} // namespace Quay
