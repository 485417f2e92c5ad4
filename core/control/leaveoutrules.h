// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/control/processtree.h"
#include "core/processes/kindrules.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Quay {

/// The profiles of the processes that hold a listener.
using OwnerProfiles = std::unordered_map<ProcessId, const OwnerProfile *>;

/// What rules look at. Refers to @p process.
[[nodiscard]] ProcessFacts factsOf(const ProcessInfo &process);
/// As the owner's profile says, else by the rules.
[[nodiscard]] std::optional<ServerKind> kindOf(const ProcessInfo &process, const OwnerProfiles &profiles,
                                               const KindRules &rules);

/// The option by which the window's program is a demonstration server: there to be tried on.
inline constexpr char DemoServerOption[] = "--demo-server";

/// Whether it is one of our programs. Threads: pure function.
[[nodiscard]] bool isQuaymaster(const ProcessInfo &process);

/// Why @p process stays when it is not named, as far as its name and command line tell. Of our programs, demonstration
/// servers alone may go. Threads: pure function.
[[nodiscard]] std::optional<LeaveOutReason> reasonByName(const ProcessInfo &process, const KindRules &rules,
                                                         const std::set<std::string> &protectedNames);

/**
 * Says of each process whether it may be in a plan that does not name it, or at all. Each answer is found once.
 *
 * Threads: not shared.
 */
class LeaveOutRules
{
public:
    /// The references outlive this object.
    LeaveOutRules(const KillPlanFacts &facts, const ProcessTree &tree, const OwnerProfiles &profiles);

    /// Why it is never in a plan, not even when it is named. Nothing: it may be.
    [[nodiscard]] std::optional<NeverEndedReason> neverEnded(ProcessTree::Index index) const;
    [[nodiscard]] bool isUntouchable(ProcessTree::Index index) const { return neverEnded(index).has_value(); }
    /// It holds ports for containers only: even when it is named it stays, and its container is to be stopped.
    [[nodiscard]] bool isContainerProxy(ProcessTree::Index index);
    /// Why it stays when it is not named. Nothing: it may go.
    [[nodiscard]] std::optional<LeaveOutReason> reason(ProcessTree::Index index);
    [[nodiscard]] LauncherKind launcher(ProcessTree::Index index);

private:
    struct Verdict
    {
        LauncherKind launcher = LauncherKind::None;
        bool isContainerProxy = false;
        std::optional<LeaveOutReason> reason;
    };

    [[nodiscard]] const Verdict &verdict(ProcessTree::Index index);
    [[nodiscard]] Verdict judge(ProcessTree::Index index) const;
    [[nodiscard]] bool hasProtectedFile(const ProcessInfo &process) const;

    const KillPlanFacts &m_facts;
    const ProcessTree &m_tree;
    const OwnerProfiles &m_profiles;
    std::vector<bool> m_isOurs; ///< Ourselves and our parents.
    std::vector<std::optional<Verdict>> m_verdicts;
};

} // namespace Quay
