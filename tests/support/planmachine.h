// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"
#include "core/processes/unit.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// A made-up process. What is not given is as fork() and exec() leave it.
struct PlanProcess
{
    pid_t pid = 0;
    pid_t parent = 0;
    std::string command = {}; ///< Split at its blanks, unless it has a colon: a title that it gave itself.
    std::optional<pid_t> session = {}; ///< Else the parent's.
    std::optional<pid_t> group = {}; ///< Else the parent's.
    std::optional<std::uint32_t> terminal = {}; ///< Else the parent's, unless the session is a new one.
    std::optional<std::uint64_t> startTicks = {}; ///< Else later than all before.
    uid_t uid = 0;
    char state = 'S';
    std::uint64_t threads = 1;
    bool isKernelThread = false;
};

/// A made-up listener on 127.0.0.1.
struct PlanListener
{
    std::uint16_t port = 0;
    std::vector<pid_t> owners = {}; ///< Added before.
    Protocol protocol = Protocol::Tcp;
    std::optional<std::uint32_t> connections = 0;
    UnitInfo unit = {}; ///< Of the socket, and of its owners.
    std::string executable = {}; ///< Of the owners; empty: hidden.
    std::optional<OwnerKnowledge> knowledge = {}; ///< Else Complete, or Hidden without owners.
};

/// Made-up facts for makeKillPlan().
class PlanMachine
{
public:
    ProcessId add(const PlanProcess &process);
    void remove(pid_t pid) { m_processes.erase(pid); }
    ListenerPtr listen(const PlanListener &listener);
    void protect(const std::string &name) { m_protected.insert(name); }
    void setSelf(pid_t pid) { m_self = pid; }

    [[nodiscard]] ProcessInfoPtr process(pid_t pid) const { return m_processes.at(pid); }
    [[nodiscard]] KillPlanFacts facts() const;
    /// A plan for processes as they are now.
    [[nodiscard]] PlanResult plan(const std::vector<pid_t> &asked, KillScope scope) const;
    /// The same for one that must succeed: else it throws, which fails the test.
    [[nodiscard]] KillPlan goodPlan(const std::vector<pid_t> &asked, KillScope scope) const;

private:
    std::map<pid_t, ProcessInfoPtr> m_processes;
    std::vector<ListenerPtr> m_listeners;
    std::set<std::string> m_protected;
    pid_t m_self = 0;
    std::uint64_t m_ticks = 0;
};

/// pid 1, the user's systemd (900), a terminal (1000, konsole) and in it a shell with a terminal (1010, zsh).
[[nodiscard]] PlanMachine planDesktop();

[[nodiscard]] std::vector<pid_t> targetPids(const KillPlan &plan);
/// As `1010 shell`, in the plan's order.
[[nodiscard]] std::vector<std::string> leftOutTexts(const KillPlan &plan);
/// As `manager nodemon 1020`, `unit a.service`, `container web`, in the plan's order.
[[nodiscard]] std::vector<std::string> reviverTexts(const KillPlan &plan);
[[nodiscard]] UnitInfo serviceUnit(const std::string &name, UnitKind kind = UnitKind::SystemService);

} // namespace Quay::Test
