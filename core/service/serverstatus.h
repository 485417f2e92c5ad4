// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/probes/waitprobe.h"
#include "core/servers/runaccount.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"
#include "core/startup/contradiction.h"
#include "core/startup/phasedeadlines.h"
#include "core/supervise/launch.h"
#include "core/supervise/processmark.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

class Fleet;
class ServerRunner;

/// A run of a server that somebody else looks after: `quay up --foreground`.
struct ForeignRun
{
    ProcessMark supervisor;
    std::chrono::nanoseconds since{}; ///< 1970

    bool operator==(const ForeignRun &) const = default;
};

/// How a managed server stands, as its agent tells it to everybody. Texts are raw bytes.
struct ServerStatus
{
    std::string file; ///< Which describes it; absolute.
    std::string project; ///< Its name, for people.
    std::string name;
    ServerState state = ServerState::Stopped;
    StateReason reason;
    std::chrono::nanoseconds since{}; ///< In that state; since 1970.
    std::optional<std::string> runId; ///< The run that goes on, or was last.
    std::optional<std::chrono::nanoseconds> startedAt; ///< ... since 1970
    std::optional<ProcessMark> process; ///< ... its main process
    std::optional<ProcessMark> supervisor;
    std::optional<std::chrono::nanoseconds> readyAfter; ///< From launch to ready, of that run.
    std::vector<ExpectedPort> ports; ///< As it was told to open them.
    std::optional<LaunchFailure> launchFailure; ///< Why its last start came to nothing.
    Observation seen; ///< By the probe that reason names, or by one of the server that it names as needed.
    std::vector<OverduePhase> overdue; ///< Phases of its start that are past their deadline.
    std::optional<Contradiction> contradiction; ///< Between what it says and what can be seen.
    RunAccount account; ///< Of that run.
    std::optional<ForeignRun> elsewhere; ///< While it does not run here.
    std::optional<std::string> heldUpBy; ///< Who has to be stopped before it.
    std::optional<std::string> unwatchedFor; ///< The file whose changes would have restarted it for ever.
    bool isStartOpen = false; ///< Its last start is timed still: it is not among those that are kept.
    bool isWanted = false; ///< It will be started again if need be.
    bool isOutdated = false; ///< Its file says something else by now, which counts from its next start on.
    bool isRemoved = false; ///< It is not in its file any more.

    bool operator==(const ServerStatus &) const = default;
};

/// Threads: as @p server.
[[nodiscard]] ServerStatus statusOf(const ServerRunner &server, const Fleet &fleet, const ServerFile &file,
                                    const Clock &clock);

} // namespace Quay
