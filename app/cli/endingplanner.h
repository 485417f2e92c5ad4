// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/endingoptions.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Quay {

class Machine;

/// Whom `quay free` and `quay stop` are about.
struct EndingSubject
{
    std::vector<ProcessId> processes;
    std::vector<ProcessId> holders; ///< Of the ports: see KillRequest.
    std::vector<ListenerPtr> asked; ///< What is to be free in the end, whoever stays; may be empty.
    std::vector<Reviver> services; ///< What holds ports for all that can be told, where no process can be seen.
    PortSnapshotPtr seen; ///< The machine as it was then.
};

/// Makes the plan of who is to be ended, and makes it anew when somebody joins.
class EndingPlanner
{
public:
    /// @p machine outlives it.
    EndingPlanner(Machine &machine, const EndingWish &wish);

    void setSubject(EndingSubject subject) { m_subject = std::move(subject); }
    [[nodiscard]] const EndingSubject &subject() const noexcept { return m_subject; }
    void setProtectedNames(std::set<std::string> names) { m_protectedNames = std::move(names); }

    /// Errors: as makeKillPlan().
    [[nodiscard]] PlanResult plan() const;
    /// A plan that ends whoever would start the others again as well, with all below: process managers, and where
    /// nobody at all is known, who has started them (see unknownStarters()). Errors: as plan().
    [[nodiscard]] PlanResult planWithManagers();
    /// A plan that ends those as well. Whether there are some whom nobody has asked for yet.
    [[nodiscard]] bool add(const std::vector<ProcessInfoPtr> &processes);

    [[nodiscard]] bool hasAnybodyJoined() const noexcept { return m_hasAnybodyJoined; }
    /// Who joined though it is not known for starting anything again.
    [[nodiscard]] const std::vector<ProcessInfoPtr> &unknownStarters() const noexcept { return m_unknownStarters; }

    /// Of the ports that were asked for and only those hold who are not to be ended.
    [[nodiscard]] std::vector<PortOutcome> outcomesOfStaying(const KillPlan &plan) const;
    /// Those who hold a port, and stay only because nobody has named them.
    [[nodiscard]] std::vector<ProcessInfoPtr> holdersThatMayBeNamed(const KillPlan &plan) const;

private:
    [[nodiscard]] std::unordered_map<ProcessId, UnitInfo> unitsOfAsked() const;
    [[nodiscard]] bool addWithAllBelow(const std::vector<ProcessInfoPtr> &processes);

    Machine &m_machine;
    EndingWish m_wish;
    EndingSubject m_subject;
    std::set<std::string> m_protectedNames;
    std::vector<ProcessInfoPtr> m_unknownStarters;
    bool m_hasAnybodyJoined = false; ///< Somebody was added.
};

} // namespace Quay
