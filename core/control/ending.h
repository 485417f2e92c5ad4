// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/control/killplan.h"
#include "core/control/portproof.h"
#include "core/kernel/pidfd.h"
#include "core/processes/processid.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// How an ending is to go.
struct EndingOptions
{
    std::chrono::milliseconds grace{5000}; ///< From the asking until SIGKILL.
    /// Established connections that are left where their time has passed already: see awaitDrained(). No more is given.
    std::optional<std::uint32_t> connectionsCut;
    bool awaitsPermission = false; ///< Somebody with more rights answers NeedsPermission: see Terminator::signalled().
    /// How long to see whether a freed port is taken again, while somebody lives who would: a reviver or a parent. Most
    /// do so at once, or after a second.
    std::chrono::milliseconds comebackWatch{2000};
    /// The same while a child of such a parent lives that it has forked meanwhile: many servers take seconds until they
    /// listen.
    std::chrono::milliseconds restartWatch{5000};
    /// The same while nobody of those lives, and no shell is busy, but a terminal or an IDE lives that has started it.
    /// Nothing by itself: who waits for the answer would wait for what hardly ever comes.
    std::chrono::milliseconds hostWatch{0};
};

/// Where a target is.
enum class TargetStage : std::uint8_t
{
    Waiting, ///< Not signalled yet: its connections drain.
    NeedsPermission, ///< The signal was refused by the kernel: another user's. See Terminator::signalled().
    Asked, ///< The polite signal was sent.
    Forced, ///< SIGKILL was sent.
    Ended, ///< The kernel says that it is gone.
    Recycled, ///< It had ended before, and its pid means another process by now, which was not touched.
    Left, ///< Told to leave it.
    Refused, ///< It could not be signalled: see error.
};

/// Whether there is no such process any more.
[[nodiscard]] constexpr bool isGone(TargetStage stage)
{
    return stage == TargetStage::Ended || stage == TargetStage::Recycled;
}

/// A signal that was sent, or was refused.
struct SentSignal
{
    int signal = 0;
    std::chrono::nanoseconds at{}; ///< Clock::realTime()
    std::optional<Error> error;

    bool operator==(const SentSignal &) const = default;
};

/// Whether it was to end the process, and reached it: SIGSTOP and SIGCONT only go with one that is to.
[[nodiscard]] bool hasAskedToEnd(const SentSignal &sent);

/// One target of an ending.
struct TargetProgress
{
    ProcessInfoPtr process; ///< never null
    TargetRole role = TargetRole::Asked;
    TargetStage stage = TargetStage::Waiting;
    bool isLate = false; ///< Came after the plan: forked while its parents were ending.
    bool wasZombie = false; ///< It had ended before, and its parent never asked how.
    bool isUninterruptible = false; ///< SIGKILL was sent, and it sits in state D: the kernel waits for a device.
    std::vector<SentSignal> signals;
    std::optional<std::chrono::nanoseconds> endedAfter; ///< Since the first signal.
    std::optional<ExitStatus> exit; ///< Known on kernel >= 6.15, or when it is our child.
    std::optional<Error> error; ///< Of Refused.

    bool operator==(const TargetProgress &) const = default;
};

/// Where an ending as a whole is.
enum class EndingStage : std::uint8_t
{
    Draining,
    Asking, ///< Signals were sent, the grace period runs.
    Forcing, ///< SIGKILL was sent to at least one.
    Proving, ///< All have ended; ports are being looked at, or watched for somebody who takes them again.
    Finished,
};

/// What has become of a port that the plan's targets held.
struct PortOutcome
{
    ListenerPtr listener; ///< As it was planned; never null
    PortProof proof;
    bool wasHeld = true; ///< Somebody listened there when it began.
    bool cameBack = false; ///< It was free, and then somebody took it: see proof.holders.

    bool operator==(const PortOutcome &) const = default;
};

/// Whether it is free, and stayed so.
[[nodiscard]] bool isFree(const PortOutcome &port);

/// What has become of a process that had ended before: see Zombie.
struct ZombieOutcome
{
    ProcessInfoPtr process; ///< never null
    bool isGone = false; ///< Somebody has asked how it ended.

    bool operator==(const ZombieOutcome &) const = default;
};

/// How an ending stands. A value: it is published anew with each change.
struct EndingReport
{
    std::uint64_t id = 0; ///< Of this ending, ascending.
    EndingStage stage = EndingStage::Asking;
    KillScope scope = KillScope::Process;
    bool isForced = false; ///< As planned: SIGKILL at once.
    std::vector<TargetProgress> targets;
    std::vector<PortOutcome> ports; ///< Complete once Finished.
    std::vector<ZombieOutcome> zombies; ///< Those of the plan. Final once Finished.
    /// Who lives, and may start again what has ended. Known once Finished; nobody when a port came back.
    std::vector<ProcessInfoPtr> starters;
    bool isInterrupted = false; ///< It was left before it was finished.
    std::optional<std::uint32_t> connectionsLeft; ///< While draining.
    std::optional<std::chrono::milliseconds> drain; ///< As planned.
    std::optional<std::uint32_t> connectionsCut; ///< Still there when the limit had passed; published before a signal.
    std::chrono::nanoseconds begunAt{}; ///< Clock::realTime()
    std::optional<std::chrono::nanoseconds> forcesAt; ///< Clock::monotonic() at which SIGKILL follows.
    std::chrono::nanoseconds elapsed{}; ///< Since the beginning, as of this report.

    bool operator==(const EndingReport &) const = default;
};

/// Whether everything ended that was to end, no zombie is left, and every port is free.
[[nodiscard]] bool isSuccess(const EndingReport &report);

/// Of a plan that was given up before anybody was signalled. @p begunAt: Clock::realTime().
[[nodiscard]] EndingReport reportOfNothing(const KillPlan &plan, std::chrono::nanoseconds begunAt);

} // namespace Quay
