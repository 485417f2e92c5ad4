// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/processes/processinfo.h"

#include <string>
#include <vector>

namespace Quay {

// Whom a plan leaves alone, but without whose end it does not come true for good: they are offered to be ended as well.
// Their identities are those of the look that the plan was made from. Pure functions, callable from any thread.

/// The processes that would start the targets again, each once, and can be ended. They go with all below them.
[[nodiscard]] std::vector<ProcessInfoPtr> managersIn(const KillPlan &plan);

/// The parents of targets that may be such a process, though they are not known for it: of the same user, and in the
/// session in which the target runs, so that they have started it, and not taken it over.
[[nodiscard]] std::vector<ProcessInfoPtr> startersIn(const KillPlan &plan);

/// Whether there is somebody who can be asked to stop @p reviver, or a process that can be ended.
[[nodiscard]] bool canBeStopped(const Reviver &reviver);

/// What stops @p reviver: an option of `quay free` and `quay stop` (`--stop-manager`), or a whole command, for one of
/// Quaymaster's own servers (`quay stop web`) and for containers whose manager is asked by a program of its own. Empty:
/// nothing that could be said in one line.
[[nodiscard]] std::string wayOutOf(const Reviver &reviver);

/// The parents of zombies, each once: when one ends, init takes its zombies over and asks how they ended. Nobody who
/// stays out of plans unless named, and nobody who is a target already.
[[nodiscard]] std::vector<ProcessInfoPtr> parentsOfZombies(const KillPlan &plan);

} // namespace Quay
