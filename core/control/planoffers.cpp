// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/planoffers.h"

#include "core/control/containerhost.h"

#include <algorithm>

namespace Quay {

namespace {

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
        if (reviver.kind == ReviverKind::ProcessManager) {
            addOnce(managers, reviver.process);
        }
    }
    return managers;
}

bool canBeStopped(const Reviver &reviver)
{
    return reviver.kind != ReviverKind::Container || canBeAsked(containerHostOf(reviver.unit));
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
