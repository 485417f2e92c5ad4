// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/kindrules.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"
#include "core/processes/unit.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// How much goes with the process that was asked for.
enum class KillScope : std::uint8_t
{
    Process, ///< It alone.
    Tree, ///< It and everything below it.
    Session, ///< All that was started with it: the topmost process under the shell, terminal or IDE, and its tree.
};

/// Why a process is in a plan.
enum class TargetRole : std::uint8_t
{
    Asked, ///< Named, or the owner of a named port.
    Below, ///< Started, directly or not, by one that was asked for.
    Starter, ///< Of a session: it started the one that was asked for (`npm run dev`), or was started by one that did.
};

/// Why a process that is in the scope is not in the plan.
enum class LeaveOutReason : std::uint8_t
{
    Init, ///< pid 1, whoever it is.
    KernelThread,
    Ourselves, ///< Quaymaster, or one of its own parents.
    Shell,
    Terminal, ///< Or a multiplexer, an ssh session, or whatever else opened a terminal for what it started.
    Ide, ///< Or a coding agent.
    DesktopSession,
    ServiceManager, ///< systemd, cron, or a container runtime.
    Protected, ///< On the user's own list.
    ContainerProxy, ///< It holds ports for containers only (docker-proxy): the container is to be stopped instead.
    SocketHolder, ///< A service manager that holds the port for a unit: the unit is to be stopped instead.
};

/// Why a process is never ended, not even when it is named. When several hold, the first.
enum class NeverEndedReason : std::uint8_t
{
    Init, ///< pid 1, the first process of the system.
    KernelThread,
    Ourselves, ///< The program that was to end it.
    OurParent, ///< It has started that program, directly or not.
};

/// A process that is to be ended.
struct KillTarget
{
    ProcessInfoPtr process; ///< never null
    TargetRole role = TargetRole::Asked;
    int signal = 0; ///< What it is asked with: the request's, its kind's own, or SIGTERM. SIGKILL when forced at once.
    std::vector<ListenerPtr> listeners; ///< All that it holds. They go with it.
    std::optional<LeaveOutReason> staysUnlessNamed; ///< It was named: otherwise it would be left out.

    bool operator==(const KillTarget &) const = default;
};

/// A process in the scope that stays.
struct LeftOut
{
    ProcessInfoPtr process; ///< never null
    LeaveOutReason reason = LeaveOutReason::Protected;

    bool operator==(const LeftOut &) const = default;
};

/// A process that was asked for and has ended already. No signal reaches it: it is an entry in the process table, which
/// stays until its parent asks how it ended, or ends itself.
struct Zombie
{
    ProcessInfoPtr process; ///< never null
    ProcessInfoPtr parent; ///< Null when it cannot be seen.
    bool isParentTarget = false; ///< Then whoever takes it over is to ask.
    std::optional<LeaveOutReason> parentStays; ///< Why the parent is not offered to be ended; it may still be named.

    bool operator==(const Zombie &) const = default;
};

/// Who would start again what is ended.
enum class ReviverKind : std::uint8_t
{
    Unit, ///< A systemd service; whether it restarts is known to systemd only.
    Container, ///< A container; its runtime decides.
    ProcessManager, ///< A parent whose trade it is: pm2, nodemon, supervisord, uvicorn --reload, a pre-forking master.
};

/// Somebody outside a plan who would start again what it ends.
struct Reviver
{
    ReviverKind kind = ReviverKind::ProcessManager;
    std::string name; ///< Of the unit, the container (empty: see published), or the manager (`nodemon`).
    UnitInfo unit; ///< For Unit and Container; of kind None for a container that only its proxy is known of.
    ProcessInfoPtr process; ///< The manager, or the proxy of a container; else null.
    /// What the proxy holds: by these ports the runtime knows the container. Else what the service holds for all that
    /// can be told, when nobody can be seen who does.
    std::vector<ListenerPtr> published;
    /// Why the manager cannot be ended, as where we were started from it; nothing: it can.
    std::optional<NeverEndedReason> neverEnded = std::nullopt;

    bool operator==(const Reviver &) const = default;
};

/// What is to be ended.
struct KillRequest
{
    std::vector<ProcessId> processes; ///< As they were drawn. Named one by one, so a shell or IDE may be among them.
    std::vector<ProcessId> holders; ///< Of the ports that were named: of them, whoever is not named stays as elsewhere.
    KillScope scope = KillScope::Process;
    std::optional<int> signal = std::nullopt; ///< To ask with; else each kind's own, else SIGTERM.
    bool isForced = false; ///< SIGKILL at once.
    std::optional<std::chrono::milliseconds> drain = std::nullopt; ///< Wait at most so long for connections to end.
};

/// What a plan is made from. Everything is a value, so a plan can be made without a living system.
struct KillPlanFacts
{
    std::vector<ProcessInfoPtr> processes; ///< All that run, by pid.
    PortSnapshotPtr ports; ///< never null
    const KindRules *rules = nullptr; ///< never null
    std::unordered_map<ProcessId, UnitInfo> units; ///< Of those that hold no port, where they were looked up.
    pid_t self = 0; ///< Whose plan it is: neither it nor its parents are ever in one.
    std::set<std::string> protectedNames; ///< Of programs that the user protects, compared with name and file name.
};

/**
 * Exactly who will be signalled with what, what else goes with them, and who would bring them back.
 *
 * The order of targets is that in which they are asked: parents before their children.
 */
struct KillPlan
{
    KillScope scope = KillScope::Process;
    bool isForced = false;
    /// Wait at most so long for the established connections to end, before anybody is signalled.
    std::optional<std::chrono::milliseconds> drain;
    std::vector<KillTarget> targets;
    std::vector<LeftOut> leftOut;
    std::set<std::string> protectedNames; ///< By which whoever is forked from now on is left out as well.
    std::vector<Zombie> zombies; ///< Asked for as well. Nobody is signalled for them, see parentsOfZombies().
    std::vector<ProcessInfoPtr> remaining; ///< Living children of targets that are outside the scope: they go on.
    std::vector<Reviver> revivers;
    std::vector<ProcessInfoPtr> parents; ///< Of targets, outside the plan, and no shell, terminal, IDE, init ...: a
                                         ///< script may start in a circle what it has started once.
    std::vector<ProcessInfoPtr> shells; ///< Parents as well, in which somebody types: a loop may have been typed.
    std::vector<ProcessInfoPtr> hosts; ///< Parents as well, but terminals, whatever else is at the other end of one,
                                       ///< IDEs and coding agents: nearly always they start nothing by themselves.
    std::vector<ListenerPtr> listeners; ///< Of all targets, each once, in the snapshot's order.
    std::vector<ListenerPtr> shared; ///< Those of them that somebody outside the plan holds too: they stay open.
    std::optional<std::uint32_t> connections; ///< Established ones of all TCP listeners; unknown when those of one are.

    bool operator==(const KillPlan &) const = default;
};

/// Because of whom there is no plan: of those that were asked for, the first that cannot be in one.
struct PlanFailure
{
    pid_t pid = 0;
    std::optional<NeverEndedReason> neverEnded; ///< Nothing: it is no more, and its pid may mean another one by now.

    bool operator==(const PlanFailure &) const = default;
};

/// A plan, or why there is none.
using PlanResult = std::expected<KillPlan, PlanFailure>;

/**
 * Makes a plan.
 *
 * Never in a plan unless named in the request: init, kernel threads, shells, terminals, multiplexers, IDEs, coding
 * agents, the desktop session, service managers, Quaymaster's other programs, and what is on the user's list. A shell
 * that runs one command or script (`sh -c vite`) is no such shell, but a part of what it runs. Never at all: pid 1,
 * kernel threads, ourselves and our parents. What holds ports for a container only is left out even when it is named,
 * with the container as reviver, and so is a service manager that holds a port for one of its units: then there may be
 * no targets. Nor are there when only zombies were named.
 *
 * Errors:  PlanFailure, when a requested process is no more or may never be ended.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] PlanResult makeKillPlan(const KillRequest &request, const KillPlanFacts &facts);

/// What of @p target's sockets it is only thought to hold: see OwnerKnowledge::InferredFromUnit. Threads: pure
/// function.
[[nodiscard]] std::vector<ListenerPtr> inferredListeners(const KillTarget &target);

/// The signal that a process of @p kind wants to be asked with: SIGTERM unless the rules say otherwise.
[[nodiscard]] int stopSignalOf(const std::optional<ServerKind> &kind);

} // namespace Quay
