// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/newcomers.h"

#include "core/base/clock.h"
#include "core/control/endingtarget.h"
#include "core/control/family.h"
#include "core/control/killplan.h"
#include "core/control/leaveoutrules.h"
#include "core/control/targetlist.h"
#include "core/control/treewatch.h"
#include "core/kernel/procevents.h"
#include "core/processes/kindrules.h"
#include "core/processes/processinfo.h"

#include <algorithm>
#include <csignal>
#include <span>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

Newcomers::Newcomers(const ProcFs &proc, const Clock &clock, TreeWatch &tree, TargetList &targets)
    : m_proc(proc)
    , m_clock(clock)
    , m_tree(tree)
    , m_targets(targets)
{
}

void Newcomers::begin(const KillPlan &plan)
{
    rememberTargets();
    m_protectedNames = plan.protectedNames;
    m_family.add(::getpid(), Kinship::Spared);
    m_sharedSessions.insert(::getsid(0));
    for (const LeftOut &leftOut : plan.leftOut) {
        m_family.add(leftOut.process->id.pid, Kinship::Spared);
        m_sharedSessions.insert(leftOut.process->session);
    }
}

void Newcomers::rememberTargets()
{
    for (const auto &target : m_targets) {
        if (!target.isReaped()) {
            m_family.add(target.pid(), Kinship::Member);
        }
    }
}

void Newcomers::hear(const HeardForks &heard)
{
    confirm(heard);
    if (heard.isIncomplete) {
        m_family.forgetMembers();
        rememberTargets();
        return;
    }
    std::vector<ForkEvent> members;
    for (const ForkEvent &fork : heard.forks) {
        if (m_family.fork(fork) == Kinship::Member) {
            members.push_back(fork);
        }
    }
    for (const ForkEvent &fork : members) {
        if (m_family.of(fork.parent) == Kinship::Spared) { // found to stay out just now
            m_family.add(fork.child, Kinship::Spared);
        } else if (m_family.of(fork.child) == Kinship::Member && m_targets.living(fork.child) == nullptr) {
            pinHeard(fork.child);
        }
    }
}

void Newcomers::confirm(const HeardForks &heard)
{
    auto unconfirmed = std::exchange(m_unconfirmed, {});
    if (heard.isIncomplete) {
        return; // those who live still are met by walking
    }
    for (auto &newcomer : unconfirmed) {
        const bool isAmbiguous = std::ranges::contains(heard.forks, newcomer.pid(), &ForkEvent::child);
        if (!isAmbiguous && !m_targets.contains(newcomer.progress().process->id)) {
            m_targets.add(std::move(newcomer));
        }
    }
}

void Newcomers::pinHeard(pid_t pid)
{
    const auto process = m_tree.find(pid);
    if (!process) {
        return; // it has ended already; its children are remembered by its pid
    }
    if (staysOut(*process)) {
        return;
    }
    // Whose signal to use cannot be told by the parent, which may be gone: all targets of a tree want much the same.
    const auto *const parent = m_targets.living(process->parentPid);
    auto newcomer = makeLate(process, parent != nullptr ? parent->signal() : m_targets[0].signal());
    const auto stage = newcomer.progress().stage;
    if (stage == TargetStage::Waiting || stage == TargetStage::Refused) {
        m_unconfirmed.push_back(std::move(newcomer));
    }
}

bool Newcomers::staysOut(const ProcessInfo &process)
{
    const auto *const parent = m_targets.living(process.parentPid);
    if (parent != nullptr && parent->progress().process->arguments == process.arguments) {
        return false; // it has executed nothing yet: its command line is its parent's
    }
    if (!reasonByName(process, KindRules::builtIn(), m_protectedNames)) {
        return false;
    }
    m_family.add(process.id.pid, Kinship::Spared);
    m_sharedSessions.insert(process.session);
    return true;
}

void Newcomers::meet(std::span<const ProcessInfoPtr> processes, bool areNew)
{
    // A child may stand before its parent: pids wrap.
    bool foundAny = true;
    while (foundAny) {
        foundAny = false;
        for (const auto &process : processes) {
            foundAny = meetOne(process, areNew) || foundAny;
        }
    }
}

bool Newcomers::meetOne(const ProcessInfoPtr &process, bool isNew)
{
    const pid_t pid = process->id.pid;
    const bool isUntouchable = pid <= 1 || process->isKernelThread || m_family.of(pid) == Kinship::Spared;
    if (isUntouchable || m_targets.contains(process->id)) {
        return false;
    }
    if (m_family.of(process->parentPid) == Kinship::Spared) {
        m_family.add(pid, Kinship::Spared);
        return true;
    }
    const auto *const relative = relativeOf(*process, isNew);
    if (relative == nullptr) {
        return false;
    }
    if (staysOut(*process)) {
        return true;
    }
    auto late = makeLate(process, relative->signal());
    const auto stage = late.progress().stage;
    if (stage != TargetStage::Waiting && stage != TargetStage::Refused) {
        return false; // it has ended meanwhile
    }
    m_family.add(pid, Kinship::Member);
    m_targets.add(std::move(late));
    return true;
}

/// A target is asked about after the process was read: while it is not reaped, its pid meant it then.
const EndingTarget *Newcomers::relativeOf(const ProcessInfo &process, bool isNew) const
{
    if (const auto *const parent = m_targets.living(process.parentPid)) {
        return parent;
    }
    if (!isNew) {
        return nullptr; // who was there when the plan was made, and is not in it, has been left out of it
    }
    const auto *const founder = founderOfSession(process);
    return founder != nullptr ? founder : founderOfGroup(process);
}

/// A session is inherited and never joined: its members descend from the target that began it.
const EndingTarget *Newcomers::founderOfSession(const ProcessInfo &process) const
{
    if (m_sharedSessions.contains(process.session)) {
        return nullptr;
    }
    const auto isFounder = [&](const EndingTarget &target) {
        return target.pid() == process.session && target.progress().process->session == process.session;
    };
    // As long as one of its members is not reaped, the number of the session is not given out anew.
    const auto isMember = [&](const EndingTarget &target) {
        return target.progress().process->session == process.session && !target.isReaped();
    };
    const auto founder = std::ranges::find_if(m_targets, isFounder);
    return founder != m_targets.end() && std::ranges::any_of(m_targets, isMember) ? &*founder : nullptr;
}

/// A process group can be joined by whoever is in the same session, as the parts of a pipeline do: but those have a
/// parent there, while an orphan has been handed to init or another reaper.
const EndingTarget *Newcomers::founderOfGroup(const ProcessInfo &process) const
{
    const auto isFounder = [&](const EndingTarget &target) {
        return target.pid() == process.processGroup && target.progress().process->processGroup == process.processGroup;
    };
    const auto isMember = [&](const EndingTarget &target) {
        return target.progress().process->processGroup == process.processGroup && !target.isReaped();
    };
    const auto founder = std::ranges::find_if(m_targets, isFounder);
    if (founder == m_targets.end() || std::ranges::none_of(m_targets, isMember)) {
        return nullptr;
    }
    const auto parent = m_tree.find(process.parentPid);
    return parent && parent->session != process.session ? &*founder : nullptr;
}

EndingTarget Newcomers::makeLate(const ProcessInfoPtr &process, int signal) const
{
    EndingTarget late({.process = process, .role = TargetRole::Below, .signal = signal}, true, m_clock);
    late.pin(m_proc);
    return late;
}

} // namespace Quay
