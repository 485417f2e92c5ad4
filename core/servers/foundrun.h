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

/// Nobody runs it, and nothing happened that one does not know of.
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

/// What its record tells of a run; nothing of one that has none. Threads: any; blocks for as long as the file system.
[[nodiscard]] RunAccount accountOf(const ServerPlaces &places, const std::string &run);

using FoundRun = std::variant<NoRun, OrphanedRun, RunningRun, EndedRun>;

/**
 * Finds whether a server runs, or how the run that is known of it has ended.
 *
 * Source:  its lease, verified against the kernel, and the record of the run.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] FoundRun findRun(const ProcFs &proc, const ServerPlaces &places, const ServerIdentity &server,
                               const KnownServer &known);

} // namespace Quay
