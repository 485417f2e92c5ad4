// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingplan.h"

#include "app/window/windowending.h"
#include "core/control/revivers.h"
#include "core/processes/kindrules.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

PlanResult planFor(const WindowEnding &ending, KillScope scope, const PortSnapshotPtr &snapshot,
                   std::set<std::string> protectedNames)
{
    auto planned = makeKillPlan(
        {.processes = ending.asked, .scope = scope, .isForced = ending.plan.isForced, .drain = ending.plan.drain},
        {.processes = processesOf(*snapshot, ending),
         .ports = snapshot,
         .rules = &KindRules::builtIn(),
         .units = ending.units,
         .self = ::getpid(),
         .protectedNames = std::move(protectedNames)});
    if (planned && ending.asked.empty()) { // whoever holds it is hidden
        if (auto service = serviceOf(ending.listener)) {
            planned->revivers.push_back(*std::move(service));
        }
    }
    return planned;
}

RefusedAttempt refusedAttemptFrom(const WindowEnding &ending, AuditRefusal reason, const PortSnapshotPtr &snapshot)
{
    RefusedAttempt attempt{.reason = reason,
                           .scope = ending.plan.scope,
                           .isForced = ending.plan.isForced,
                           .processes = {},
                           .listeners = {}};
    if (ending.listener != nullptr) {
        attempt.listeners.push_back(ending.listener);
    }
    const auto isAsked = [&ending](const ProcessInfoPtr &process) {
        return std::ranges::contains(ending.asked, process->id);
    };
    // As they were drawn: who has ended since then is in no snapshot any more.
    if (ending.process != nullptr) {
        attempt.processes.push_back(ending.process);
    } else {
        std::ranges::copy_if(processesOf(*snapshot, ending), std::back_inserter(attempt.processes), isAsked);
    }
    for (const auto &owner : ending.listener != nullptr ? ending.listener->owners : std::vector<Owner>()) {
        if (!std::ranges::contains(attempt.processes, owner.process->id,
                                   [](const ProcessInfoPtr &known) { return known->id; })) {
            attempt.processes.push_back(owner.process);
        }
    }
    return attempt;
}

} // namespace Quay
