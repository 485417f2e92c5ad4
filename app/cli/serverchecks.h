// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/preflight.h"

#include <string>
#include <vector>

namespace Quay {

struct CommandContext;

/// As runPreflight(), on this machine.
[[nodiscard]] std::vector<CheckOutcome> runChecks(CommandContext &context, const std::vector<PreflightServer> &servers);

/// For each outcome who holds its port, as portHolder() says it; empty where no port is held.
[[nodiscard]] std::vector<std::string> portHolders(CommandContext &context, const std::vector<CheckOutcome> &outcomes);

/// Says on the error output what was not met, with the way out; nothing when all is.
void tellUnmetChecks(CommandContext &context, const std::vector<CheckOutcome> &outcomes);

} // namespace Quay
