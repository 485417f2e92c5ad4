// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/probes/waitprobe.h"
#include "core/servers/factprobe.h"
#include "core/servers/probemachine.h"
#include "core/servers/probespec.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"

#include <cstdint>
#include <memory>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// The run that a probe is about.
struct ProbedRun
{
    pid_t supervisor = 0;
    VariableMap environment; ///< For commands.
    std::shared_ptr<const AwaitedFact> fact; ///< For what comes by itself: a line of the log, a word of its own.
};

/// The TCP ports that it is expected to open.
[[nodiscard]] std::vector<std::uint16_t> tcpPortsOf(const ServerSpec &server);

/// How attempts are made for a condition. Errors: Invalid, with the URL; as ProbeMachine::createRequester.
[[nodiscard]] Result<std::unique_ptr<WaitProbe>> makeProbe(const ProbeCondition &condition, const ServerSpec &server,
                                                           const ProbedRun &run, const ProbeMachine &machine);

/// When a server counts as ready if nothing was written down: its own processes accept connections on all its TCP
/// ports. Of one that another tool runs the processes are not its own: connections are completed there. Empty without
/// ports.
[[nodiscard]] std::vector<ProbeSpec> defaultReadiness(const ServerSpec &server);

} // namespace Quay
