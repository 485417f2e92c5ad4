// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingplanner.h"

#include "app/cli/machine.h"
#include "core/control/planoffers.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

/// Whether one who stays for that reason is in a plan that names it.
bool mayBeNamed(LeaveOutReason reason)
{
    switch (reason) {
    case LeaveOutReason::Shell:
    case LeaveOutReason::Terminal:
    case LeaveOutReason::Ide:
    case LeaveOutReason::DesktopSession:
    case LeaveOutReason::ServiceManager:
    case LeaveOutReason::Protected:
        return true;
    case LeaveOutReason::Init:
    case LeaveOutReason::KernelThread:
    case LeaveOutReason::Ourselves:
    case LeaveOutReason::ContainerProxy:
    case LeaveOutReason::SocketHolder:
        break;
    }
    return false;
}

} // namespace

EndingPlanner::EndingPlanner(Machine &machine, const EndingWish &wish)
    : m_machine(machine)
    , m_wish(wish)
{
}

PlanResult EndingPlanner::plan() const
{
    auto planned = makeKillPlan({.processes = m_subject.processes,
                                 .holders = m_subject.holders,
                                 .scope = m_wish.scope,
                                 .signal = m_wish.signal,
                                 .isForced = m_wish.isForced,
                                 .drain = m_wish.drain},
                                {.processes = m_subject.seen->processes,
                                 .ports = m_subject.seen,
                                 .rules = &KindRules::builtIn(),
                                 .units = unitsOfAsked(),
                                 .self = ::getpid(),
                                 .protectedNames = m_protectedNames});
    if (planned) {
        std::ranges::copy(m_subject.services, std::back_inserter(planned->revivers));
    }
    return planned;
}

PlanResult EndingPlanner::planWithManagers()
{
    auto planned = plan();
    if (planned && planned->revivers.empty()) {
        m_unknownStarters = startersIn(*planned); // who has started them in turn is asked for by nobody
    }
    if (addWithAllBelow(m_unknownStarters)) {
        planned = plan();
    }
    while (planned && addWithAllBelow(managersIn(*planned))) { // nodemon may run below pm2
        planned = plan();
    }
    return planned;
}

bool EndingPlanner::add(const std::vector<ProcessInfoPtr> &processes)
{
    bool isAnyNew = false;
    for (const auto &process : processes) {
        if (!std::ranges::contains(m_subject.processes, process->id)) {
            m_subject.processes.push_back(process->id);
            isAnyNew = true;
        }
    }
    m_hasAnybodyJoined = m_hasAnybodyJoined || isAnyNew;
    return isAnyNew;
}

bool EndingPlanner::addWithAllBelow(const std::vector<ProcessInfoPtr> &processes)
{
    const bool isAnyNew = add(processes);
    if (isAnyNew) {
        m_wish.scope = std::max(m_wish.scope, KillScope::Tree);
    }
    return isAnyNew;
}

std::vector<PortOutcome> EndingPlanner::outcomesOfStaying(const KillPlan &plan) const
{
    std::vector<PortOutcome> outcomes;
    for (const auto &listener : m_subject.asked) {
        const auto key = listener->key();
        if (!std::ranges::contains(plan.listeners, key, [](const ListenerPtr &ending) { return ending->key(); })) {
            outcomes.push_back({.listener = listener, .proof = m_machine.prove(claimOf(listener->socket))});
        }
    }
    return outcomes;
}

std::vector<ProcessInfoPtr> EndingPlanner::holdersThatMayBeNamed(const KillPlan &plan) const
{
    std::vector<ProcessInfoPtr> staying;
    for (const auto &left : plan.leftOut) {
        if (mayBeNamed(left.reason) && std::ranges::contains(m_subject.holders, left.process->id)) {
            staying.push_back(left.process);
        }
    }
    return staying;
}

/// Of those without ports, of which a snapshot does not tell.
std::unordered_map<ProcessId, UnitInfo> EndingPlanner::unitsOfAsked() const
{
    std::unordered_map<ProcessId, UnitInfo> units;
    for (const auto &process : m_subject.seen->processes) {
        if (!std::ranges::contains(m_subject.processes, process->id)
            && !std::ranges::contains(m_subject.holders, process->id)) {
            continue;
        }
        if (const auto profile = m_machine.profileOf(process)) {
            units.emplace(process->id, profile->unit);
        }
    }
    return units;
}

} // namespace Quay
