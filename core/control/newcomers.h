// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/control/endingtarget.h"
#include "core/control/family.h"
#include "core/control/killplan.h"
#include "core/control/treewatch.h"
#include "core/processes/processinfo.h"

#include <set>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class TargetList;

/**
 * Decides which new processes belong to an ending, and adds them to its targets, pinned and not signalled yet.
 *
 * A new process belongs to it when one of the targets forked it: by the events of the kernel, by its parent, or, when
 * that is gone, by a session or process group that only descendants of a target can be in. Whoever was left out of the
 * plan stays out, and so does what they fork; and so does whoever would have been left out by name and command line: a
 * shell in a terminal that was opened meanwhile.
 *
 * Threads: not shared.
 */
class Newcomers
{
public:
    /// All outlive this object.
    Newcomers(const ProcFs &proc, const Clock &clock, TreeWatch &tree, TargetList &targets);

    /// To be called once the targets of @p plan are in the list.
    void begin(const KillPlan &plan);

    /**
     * Takes note of forks.
     *
     * The pid that an event names may have been given out anew before it was pinned. So a newcomer becomes a target
     * only at the next call, unless that tells of the pid once more: call again, with what was heard since, as long as
     * isWaiting().
     */
    void hear(const HeardForks &heard);
    [[nodiscard]] bool isWaiting() const noexcept { return !m_unconfirmed.empty(); }

    /// Takes note of processes that were seen. @p areNew: they came after the ending had begun.
    void meet(std::span<const ProcessInfoPtr> processes, bool areNew);

private:
    void rememberTargets();
    void confirm(const HeardForks &heard);
    void pinHeard(pid_t pid);
    /// Takes note of it when it does.
    [[nodiscard]] bool staysOut(const ProcessInfo &process);
    [[nodiscard]] bool meetOne(const ProcessInfoPtr &process, bool isNew);
    [[nodiscard]] const EndingTarget *relativeOf(const ProcessInfo &process, bool isNew) const;
    [[nodiscard]] const EndingTarget *founderOfSession(const ProcessInfo &process) const;
    [[nodiscard]] const EndingTarget *founderOfGroup(const ProcessInfo &process) const;
    [[nodiscard]] EndingTarget makeLate(const ProcessInfoPtr &process, int signal) const;

    const ProcFs &m_proc;
    const Clock &m_clock;
    TreeWatch &m_tree;
    TargetList &m_targets;
    Family m_family;
    std::set<std::string> m_protectedNames;
    std::set<pid_t> m_sharedSessions; ///< Of whom was left out: being in one of these says nothing.
    std::vector<EndingTarget> m_unconfirmed;
};

} // namespace Quay
