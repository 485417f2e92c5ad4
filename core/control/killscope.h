// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/control/leaveoutrules.h"
#include "core/control/processtree.h"

#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// Who is in a scope, and who in it stays.
struct ScopeMembers
{
    std::vector<std::optional<TargetRole>> roles; ///< By index into the tree; nothing: not a target.
    std::vector<LeftOut> leftOut; ///< In the order they were met, each once.

    [[nodiscard]] bool isTarget(ProcessTree::Index index) const { return roles[index].has_value(); }
};

/**
 * Finds the processes of a scope.
 *
 * What is below a process that stays is not looked at: it was started from there and not by what is to be ended.
 * Processes that have ended (zombies) are no targets.
 *
 * A session begins at the topmost process that may go, seen upwards from the one that was asked for. One that opened a
 * terminal for its child ends the way up as well: it is a terminal, an IDE or the like, known or not. What lost its
 * parents belongs to the session when its kernel session is the starter's, and the starter or a process below it leads
 * that session or the process group: what another command of the same shell left behind looks alike but for that.
 *
 * @p asked: indexes of processes that may be ended; each at most once.
 * Threads: pure function but for what @p rules remembers.
 */
[[nodiscard]] ScopeMembers membersOf(KillScope scope, std::span<const ProcessTree::Index> asked,
                                     const ProcessTree &tree, LeaveOutRules &rules);

/// Whether the parent has a terminal other than the child's, or none: then it is at the other end of that.
[[nodiscard]] bool isInTerminalOf(const ProcessInfo &child, const ProcessInfo &parent);

/// Whether it has ended, all its threads included, and waits for its parent to ask how.
[[nodiscard]] bool isDead(const ProcessInfo &process);

} // namespace Quay
