// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/alertfile.h"
#include "core/servers/preflight.h"
#include "core/servers/serverspec.h"
#include "core/servers/variables.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <string>
#include <vector>

namespace Quay {

/// What the supervisor is told to run. Threads: pure function, as all of these.
[[nodiscard]] RunDescription describeRun(const ServerSpec &spec, const ServerIdentity &server,
                                         const ServerPlaces &places, const std::string &runId,
                                         const VariableMap &environment);

/// How long it may not say that it is alive; 0: for ever.
[[nodiscard]] std::chrono::milliseconds watchdogOf(const ServerSpec &spec);

/// Whether one of its probes waits for something that it writes.
[[nodiscard]] bool awaitsLine(const ServerSpec &spec);

/// What is looked for in its log, in the order of its alerts.
[[nodiscard]] std::vector<AlertRule> alertRules(const ServerSpec &spec);

/// A server that takes its port from a variable, and may, goes to the next one instead of one that is taken.
void takeNextPorts(const std::vector<CheckOutcome> &checks, ServerSpec &spec, VariableMap &environment);

} // namespace Quay
