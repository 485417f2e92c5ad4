// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/planoffers.h"

#include "core/control/containerhost.h"
#include "core/processes/commandview.h"

#include <algorithm>
#include <cstddef>
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

/// Its name as far as serverKey() has left it readable; where that has replaced or cut something, a stand-in.
std::string supervisedServer(const ProcessInfo &supervisor)
{
    constexpr std::size_t LongestReadable = 39;
    const std::string_view key = supervisor.arguments.size() > 1 ? std::string_view(supervisor.arguments[1]) : "";
    const auto dash = key.rfind('-');
    const bool isWhole = dash != std::string_view::npos && dash > 0 && dash <= LongestReadable;
    const auto name = isWhole ? key.substr(0, dash) : std::string_view();
    return name.empty() || name.contains('_') ? "NAME" : std::string(name);
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
