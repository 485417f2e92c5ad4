// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/control/servicemanagers.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

struct ServiceStops;

/// Through what somebody asked for an ending.
enum class AuditAsker : std::uint8_t
{
    Unknown, ///< A word that a later version wrote.
    Window,
    CommandLine,
    Agent,
};

/// How far an attempt came.
enum class AuditState : std::uint8_t
{
    Interrupted, ///< Whoever did it is gone and never said how it ended.
    Running, ///< Not ended yet, and whoever does it is still there.
    Ended,
    Refused, ///< Nobody was signalled: see AuditEntry::refusal.
};

/// Why an attempt came to nothing before anybody was signalled.
enum class AuditRefusal : std::uint8_t
{
    Unknown, ///< A word that a later version wrote.
    NeverEnded, ///< pid 1, a thread of the kernel, Quaymaster itself or what started it.
    Gone, ///< It had ended by then, and its pid may mean another process.
    OwnerHidden, ///< Nobody can be seen who holds the port.
    Stays, ///< It is protected, a shell, a terminal ..., and was not named itself.
    Zombie, ///< It had ended before, and its parent never asked how.
    ManagerFailed, ///< Who runs it was to stop it, and could not be asked.
};

/// A process that was to be ended, as it was then. Texts are UTF-8, with what was none replaced.
struct AuditTarget
{
    ProcessId id;
    std::string name;
    std::vector<std::string> arguments; ///< Secrets masked; empty when unknown.
    bool isCut = false; ///< The arguments were longer than is kept.
    uid_t uid = 0;
    TargetRole role = TargetRole::Asked;
    std::optional<int> plannedSignal; ///< What it is to be asked with; nothing once the attempt has ended.
    TargetStage outcome = TargetStage::Waiting; ///< Waiting unless the attempt has ended.
    bool isLate = false;
    bool wasZombie = false;
    bool isUninterruptible = false;
    std::vector<SentSignal> signals;
    std::optional<std::chrono::nanoseconds> endedAfter; ///< Since its first signal.
    std::optional<ExitStatus> exit;
    std::optional<Error> error;

    bool operator==(const AuditTarget &) const = default;
};

/// A process that was asked for and had ended before: see Zombie.
struct AuditZombie
{
    ProcessId id;
    std::string name;
    bool isGone = false; ///< Somebody has asked how it ended; not known unless the attempt has ended.

    bool operator==(const AuditZombie &) const = default;
};

/// Who held a port after all.
struct AuditHolder
{
    IpAddress address;
    std::uint16_t port = 0;
    uid_t uid = 0;
    std::uint64_t inode = 0;

    bool operator==(const AuditHolder &) const = default;
};

/// A port that the targets held, and what became of it.
struct AuditPort
{
    Protocol protocol = Protocol::Tcp;
    IpAddress address;
    std::uint16_t port = 0;
    PortState state = PortState::Unknown; ///< Unknown unless the attempt has ended.
    bool cameBack = false;
    std::vector<AuditHolder> holders;
    std::vector<Remains> remains;
    std::optional<Error> error;

    bool operator==(const AuditPort &) const = default;
};

/// What was done besides signals: a unit or container was stopped, something was started again. `key` is a stable word:
/// `stopUnit`, `stopContainer`, `stopServer`, `startUnit`, `startContainer`, `startProcess`.
struct AuditAction
{
    std::string key;
    std::string subject; ///< Name of the unit, the container ...
    std::optional<Error> error; ///< It failed.
    /// Who was started, also when it has ended since. Nothing: nobody, or it was gone before it could be looked at; and
    /// of units and containers, whose processes are known to who runs them.
    std::optional<ProcessId> process;

    bool operator==(const AuditAction &) const = default;
};

/// One attempt to end processes.
struct AuditEntry
{
    std::string id; ///< Of the attempt, unlike all others in the log.
    AuditState state = AuditState::Interrupted;
    std::optional<AuditRefusal> refusal; ///< Of Refused.
    AuditAsker asker = AuditAsker::Unknown;
    uid_t uid = 0; ///< Who asked.
    ProcessId writer; ///< The program that did it.
    KillScope scope = KillScope::Process;
    bool isForced = false; ///< SIGKILL at once was asked for.
    bool isLeft = false; ///< It was not waited for to its end: see EndingReport::isInterrupted.
    std::optional<std::chrono::nanoseconds> drain; ///< Connections were given so long to end, before any signal.
    std::optional<std::uint32_t> connectionsCut; ///< So many had not ended by then.
    std::chrono::nanoseconds begunAt{}; ///< Since 1970, to the millisecond.
    std::optional<std::chrono::nanoseconds> forcedAt; ///< When SIGKILL followed.
    std::optional<std::chrono::nanoseconds> elapsed; ///< Until it ended; unknown unless it has.
    std::vector<AuditTarget> targets;
    std::vector<AuditZombie> zombies;
    std::vector<AuditPort> ports;
    std::vector<AuditAction> actions;

    bool operator==(const AuditEntry &) const = default;
};

/// What was to be done, and was not: of an attempt that was refused.
struct RefusedAttempt
{
    AuditRefusal reason = AuditRefusal::Unknown;
    KillScope scope = KillScope::Process;
    bool isForced = false;
    std::vector<ProcessInfoPtr> processes; ///< Who was meant, as far as they are known.
    std::vector<ListenerPtr> listeners; ///< The ports that were to be free.
};

/// Why there is no plan. Threads: pure function.
[[nodiscard]] AuditRefusal refusalOf(const PlanFailure &failure);
/// Why @p plan has no targets. Threads: pure function.
[[nodiscard]] AuditRefusal refusalOf(const KillPlan &plan);

/// A process of which nothing is known but that it was meant, its secrets masked. Threads: pure function.
[[nodiscard]] AuditTarget auditTargetFrom(const ProcessInfo &process);
/// A target before anything was done to it, its secrets masked. Threads: pure function.
[[nodiscard]] AuditTarget auditTargetFrom(const KillTarget &target);
/// How it stands with a target. Threads: pure function.
[[nodiscard]] AuditTarget auditTargetFrom(const TargetProgress &progress);
/// A zombie of which nothing is known yet. Threads: pure function.
[[nodiscard]] AuditZombie auditZombieFrom(const Zombie &zombie);
/// What has become of a zombie. Threads: pure function.
[[nodiscard]] AuditZombie auditZombieFrom(const ZombieOutcome &outcome);
/// A port of which nothing is known yet. Threads: pure function.
[[nodiscard]] AuditPort auditPortFrom(const Listener &listener);
/// What has become of a port. Threads: pure function.
[[nodiscard]] AuditPort auditPortFrom(const PortOutcome &outcome);

/// That a unit or container is to be stopped. Threads: pure function.
[[nodiscard]] AuditAction actionStopping(const ManagedService &service);

/// Those of @p planned that were tried, with what came of it. Threads: pure function.
[[nodiscard]] std::vector<AuditAction> triedActions(std::vector<AuditAction> planned, const ServiceStops &stops);

/// Whether it has ended and was waited for, all targets and zombies are gone and every port is free. Threads: pure
/// function.
[[nodiscard]] bool isSuccess(const AuditEntry &entry);

} // namespace Quay
