// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/planoffers.h"

#include "core/control/containerhost.h"
#include "core/processes/commandview.h"
#include "core/supervise/serverkey.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace Quay {

namespace {

constexpr std::string_view StopManagerOption = "--stop-manager";
constexpr std::string_view SupervisorName = "quaymaster-supervise";

bool isSupervisor(const ProcessInfo &process)
{
    return !process.arguments.empty() && baseName(process.arguments.front()) == SupervisorName;
}

/// Its name, or a stand-in where it is not known.
std::string supervisedServer(const ProcessInfo &supervisor)
{
    const auto name = supervisor.arguments.size() > 1 ? nameInKey(supervisor.arguments[1]) : std::string_view();
    return name.empty() ? "NAME" : std::string(name);
}

void addOnce(std::vector<ProcessInfoPtr> &processes, const ProcessInfoPtr &process)
{
    if (process != nullptr && !std::ranges::contains(processes, process)) {
        processes.push_back(process);
    }
}

} // namespace

std::vector<ProcessInfoPtr> managersIn(const KillPlan &plan)
{
    std::vector<ProcessInfoPtr> managers;
    for (const auto &reviver : plan.revivers) {
        if (reviver.kind == ReviverKind::ProcessManager && canBeStopped(reviver)) {
            addOnce(managers, reviver.process);
        }
    }
    return managers;
}

std::vector<ProcessInfoPtr> startersIn(const KillPlan &plan)
{
    std::vector<ProcessInfoPtr> starters;
    std::ranges::copy_if(plan.parents, std::back_inserter(starters), [&plan](const ProcessInfoPtr &parent) {
        return std::ranges::any_of(plan.targets, [&parent](const KillTarget &target) {
            return target.process->parentPid == parent->id.pid && target.process->uid == parent->uid
                && target.process->session == parent->session;
        });
    });
    return starters;
}

bool canBeStopped(const Reviver &reviver)
{
    return !reviver.neverEnded && (reviver.kind != ReviverKind::Container || canBeAsked(containerHostOf(reviver.unit)));
}

std::string wayOutOf(const Reviver &reviver)
{
    if (reviver.kind == ReviverKind::ProcessManager && reviver.process != nullptr && isSupervisor(*reviver.process)) {
        return "quay stop " + supervisedServer(*reviver.process);
    }
    return canBeStopped(reviver) ? std::string(StopManagerOption) : stopCommandOf(reviver.unit);
}

std::vector<ProcessInfoPtr> parentsOfZombies(const KillPlan &plan)
{
    std::vector<ProcessInfoPtr> parents;
    for (const auto &zombie : plan.zombies) {
        if (!zombie.isParentTarget && !zombie.parentStays) {
            addOnce(parents, zombie.parent);
        }
    }
    return parents;
}

} // namespace Quay
