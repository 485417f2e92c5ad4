// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/planmachine.h"

#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"
#include "tests/support/snapshots.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace Quay::Test {

namespace {

std::vector<std::string> words(const std::string &command)
{
    if (command.contains(": ")) {
        return {command};
    }
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < command.size();) {
        const auto end = std::min(command.find(' ', begin), command.size());
        words.push_back(command.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

std::string text(LeaveOutReason reason)
{
    switch (reason) {
    case LeaveOutReason::Init:
        return "init";
    case LeaveOutReason::KernelThread:
        return "kernel";
    case LeaveOutReason::Ourselves:
        return "ourselves";
    case LeaveOutReason::Shell:
        return "shell";
    case LeaveOutReason::Terminal:
        return "terminal";
    case LeaveOutReason::Ide:
        return "ide";
    case LeaveOutReason::DesktopSession:
        return "desktop";
    case LeaveOutReason::ServiceManager:
        return "services";
    case LeaveOutReason::Protected:
        return "protected";
    case LeaveOutReason::ContainerProxy:
        return "proxy";
    case LeaveOutReason::SocketHolder:
        return "holder";
    }
    return {};
}

std::string text(const Reviver &reviver)
{
    switch (reviver.kind) {
    case ReviverKind::Unit:
        return "unit " + reviver.name;
    case ReviverKind::Container:
        return "container " + reviver.name;
    case ReviverKind::ProcessManager:
        return "manager " + reviver.name + ' ' + std::to_string(reviver.process->id.pid);
    }
    return {};
}

} // namespace

ProcessId PlanMachine::add(const PlanProcess &spec)
{
    const auto known = m_processes.find(spec.parent);
    const ProcessInfo parent = known != m_processes.end() ? *known->second : ProcessInfo{};
    auto process = std::make_shared<ProcessInfo>();
    process->id = {.pid = spec.pid, .startTicks = spec.startTicks.value_or(m_ticks += 100)};
    process->parentPid = spec.parent;
    process->session = spec.session.value_or(parent.session);
    process->processGroup = spec.group.value_or(spec.session.value_or(parent.processGroup));
    process->terminal = spec.terminal || spec.session ? spec.terminal : parent.terminal;
    process->uid = spec.uid;
    process->state = spec.state;
    process->threadCount = spec.threads;
    process->isKernelThread = spec.isKernelThread;
    process->arguments = words(spec.command);
    const std::string program = process->arguments.empty() ? std::string() : process->arguments.front();
    const std::string file = program.substr(0, program.find(": ")); // a title may have a slash as well
    process->name = file.substr(file.rfind('/') + 1).substr(0, 15);
    const auto id = process->id;
    m_processes[spec.pid] = std::move(process);
    return id;
}

ListenerPtr PlanMachine::listen(const PlanListener &spec)
{
    auto listener = std::make_shared<Listener>(*listenerFrom(
        {.port = spec.port, .protocol = spec.protocol, .unit = spec.unit, .connections = spec.connections}));
    auto profile = std::make_shared<OwnerProfile>();
    profile->unit = spec.unit;
    if (!spec.executable.empty()) {
        profile->executable = ProcLink{.path = spec.executable};
    }
    for (const auto pid : spec.owners) {
        listener->owners.push_back({.process = m_processes.at(pid), .profile = profile});
    }
    const auto usual = spec.owners.empty() ? OwnerKnowledge::Hidden : OwnerKnowledge::Complete;
    listener->knowledge = spec.knowledge.value_or(usual);
    m_listeners.push_back(listener);
    return listener;
}

KillPlanFacts PlanMachine::facts() const
{
    KillPlanFacts facts;
    for (const auto &[pid, process] : m_processes) {
        facts.processes.push_back(process);
    }
    facts.ports = snapshotOf(m_listeners);
    facts.rules = &KindRules::builtIn();
    facts.self = m_self;
    facts.protectedNames = m_protected;
    return facts;
}

PlanResult PlanMachine::plan(const std::vector<pid_t> &asked, KillScope scope) const
{
    KillRequest request{.processes = {}, .scope = scope, .signal = {}};
    for (const auto pid : asked) {
        request.processes.push_back(m_processes.at(pid)->id);
    }
    return makeKillPlan(request, facts());
}

KillPlan PlanMachine::goodPlan(const std::vector<pid_t> &asked, KillScope scope) const
{
    return plan(asked, scope).value();
}

PlanMachine planDesktop()
{
    PlanMachine machine;
    machine.add({.pid = 1, .parent = 0, .command = "/sbin/init", .session = 1});
    machine.add({.pid = 2, .parent = 0, .command = "", .session = 0, .isKernelThread = true});
    machine.add({.pid = 900, .parent = 1, .command = "/lib/systemd/systemd --user", .session = 900});
    machine.add({.pid = 1000, .parent = 900, .command = "/usr/bin/konsole", .session = 1000});
    machine.add({.pid = 1010, .parent = 1000, .command = "-zsh", .session = 1010, .terminal = 34816});
    return machine;
}

std::vector<pid_t> targetPids(const KillPlan &plan)
{
    std::vector<pid_t> pids;
    std::ranges::transform(plan.targets, std::back_inserter(pids),
                           [](const KillTarget &target) { return target.process->id.pid; });
    return pids;
}

std::vector<std::string> leftOutTexts(const KillPlan &plan)
{
    std::vector<std::string> texts;
    std::ranges::transform(plan.leftOut, std::back_inserter(texts), [](const LeftOut &leftOut) {
        return std::to_string(leftOut.process->id.pid) + ' ' + text(leftOut.reason);
    });
    return texts;
}

std::vector<std::string> reviverTexts(const KillPlan &plan)
{
    std::vector<std::string> texts;
    std::ranges::transform(plan.revivers, std::back_inserter(texts),
                           [](const Reviver &reviver) { return text(reviver); });
    return texts;
}

UnitInfo serviceUnit(const std::string &name, UnitKind kind)
{
    UnitInfo unit;
    unit.kind = kind;
    unit.name = name;
    return unit;
}

} // namespace Quay::Test
