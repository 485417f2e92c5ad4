// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/phasedeadlines.h"
#include "core/startup/userphases.h"

#include <string>
#include <vector>

namespace Quay {

struct ServerSpec;

// What is expected of the start of a server, before there is one. Threads: pure functions.

/// Whether it is to open TCP ports by its own processes.
[[nodiscard]] bool opensPorts(const ServerSpec &spec);

/// Worth a word before it is given up: for listening a quarter of the time that the most impatient probe of a port has,
/// for ready half of what the most patient probe has.
[[nodiscard]] std::vector<PhaseDeadline> builtInDeadlines(const ServerSpec &spec);
/// Of the phases that the user has described.
[[nodiscard]] std::vector<PhaseDeadline> ownDeadlines(const ServerSpec &spec);
[[nodiscard]] std::vector<CompiledPhase> ownPhases(const ServerSpec &spec);

/// The id of the ServerKind that its command tells; empty when it tells none, as that of a shell, which may start
/// anything.
[[nodiscard]] std::string startedKind(const ServerSpec &spec);

} // namespace Quay
