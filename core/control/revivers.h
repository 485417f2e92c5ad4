// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/control/killscope.h"
#include "core/control/leaveoutrules.h"
#include "core/control/processtree.h"

#include <optional>
#include <vector>

namespace Quay {

/**
 * Who would start the targets of a plan again, each once: as far as names and parents tell.
 *
 * From each target the way leads up, past other targets. The first process manager on it is one who would, and so is
 * the direct parent that holds a listener of the target too: the master of a pre-forking server. When the way ends at
 * what starts services, unhindered by a shell, a terminal, an IDE ..., the unit or container of the target is one:
 * what somebody started by hand inside a unit is not its service.
 *
 * @p targets: parents before their children.
 * Threads: pure function but for what @p rules remembers.
 */
[[nodiscard]] std::vector<Reviver> reviversOf(const std::vector<KillTarget> &targets, const ScopeMembers &members,
                                              const KillPlanFacts &facts, const ProcessTree &tree,
                                              const OwnerProfiles &profiles, LeaveOutRules &rules);

/**
 * The unit or container that holds @p listener, as far as the cgroup of its socket tells: when nobody can be seen who
 * does. Nothing when that is no service. What the service of Docker holds, it holds for a container.
 *
 * Threads: pure function.
 */
[[nodiscard]] std::optional<Reviver> serviceOf(const ListenerPtr &listener);

/// Adds the ports that nobody in @p plan holds, but its units and containers do: for when those are to be stopped.
void addPublishedPorts(KillPlan &plan);

} // namespace Quay
