// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/ports/listener.h"

#include <string>
#include <vector>

namespace Quay {

struct CommandContext;

/// What keeps those who are ended from coming back, each once: options and commands as wayOutOf() has them.
[[nodiscard]] std::vector<std::string> waysOutOf(const KillPlan &plan);

/// The same once somebody has taken a port again: adds what ends whoever started them, unless that is a shell, a
/// terminal or the like. @p holders: who listens on it now.
void addWaysOut(std::vector<std::string> &ways, const std::vector<ListenerPtr> &holders);

/// Says them, a line each.
void sayWaysOut(CommandContext &context, const std::vector<std::string> &ways);

/// Says how the unit or container is stopped in which somebody runs who is not to be signalled, or cannot be seen.
void sayManagerCanBeStopped(CommandContext &context);

/// Adds the shells in which somebody types that have started @p holders again: a loop runs there.
void addLoops(std::vector<ProcessInfoPtr> &shells, const std::vector<ListenerPtr> &holders);
/// And how to end it.
void sayLoops(CommandContext &context, const std::vector<ProcessInfoPtr> &shells);

} // namespace Quay
