// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingplan.h"

#include "app/window/windowending.h"
#include "core/control/protectednames.h"
#include "core/control/revivers.h"
#include "core/processes/kindrules.h"

#include <algorithm>

#include <unistd.h>

namespace Quay {

namespace {

/// A window that was hidden until now has ports before it has processes: then those meant are all that is known.
std::vector<ProcessInfoPtr> processesOf(const PortSnapshot &snapshot, const WindowEnding &ending)
{
    if (!snapshot.processes.empty()) {
        return snapshot.processes;
    }
    if (ending.listener == nullptr) {
        return {ending.process};
    }
    std::vector<ProcessInfoPtr> processes;
    for (const auto &owner : ending.listener->owners) {
        if (!std::ranges::contains(processes, owner.process)) {
            processes.push_back(owner.process);
        }
    }
    std::ranges::sort(processes, {}, [](const ProcessInfoPtr &process) { return process->id.pid; });
    return processes;
}

} // namespace

std::vector<ProcessId> ownersOf(const Listener &listener)
{
    std::vector<ProcessId> processes;
    for (const auto &owner : listener.owners) {
        if (!std::ranges::contains(processes, owner.process->id)) {
            processes.push_back(owner.process->id);
        }
    }
    return processes;
}

Result<KillPlan> planFor(const WindowEnding &ending, KillScope scope, const PortSnapshotPtr &snapshot)
{
    const auto protectedNames = protectedNamesPath().and_then(readProtectedNames);
    if (!protectedNames) {
        return std::unexpected(protectedNames.error());
    }
    auto planned = makeKillPlan({.processes = ending.asked, .scope = scope, .isForced = ending.plan.isForced},
                                {.processes = processesOf(*snapshot, ending),
                                 .ports = snapshot,
                                 .rules = &KindRules::builtIn(),
                                 .units = ending.units,
                                 .self = ::getpid(),
                                 .protectedNames = *protectedNames});
    if (planned && ending.asked.empty()) { // whoever holds it is hidden
        if (auto service = serviceOf(ending.listener)) {
            planned->revivers.push_back(*std::move(service));
        }
    }
    return planned;
}

} // namespace Quay
