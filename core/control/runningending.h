// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/endingcontext.h"
#include "core/control/endingproof.h"
#include "core/control/killplan.h"
#include "core/control/newcomers.h"
#include "core/control/targetlist.h"
#include "core/control/treefreeze.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace Quay {

class EndingTarget;
struct HeardForks;

/**
 * One ending under way, from the first signal to the proof.
 *
 * In the scopes Tree and Session it has to be told of new processes: see hear() and meet(). Those that belong to it are
 * asked as well. Before SIGKILL all are stopped, and looked for again, until nobody new is found and nobody moves.
 *
 * Threads: not shared.
 */
class RunningEnding
{
public:
    /// @p firstToken: of its targets, for the EventPoll; the next 2^32 are its own.
    RunningEnding(std::uint64_t id, std::uint64_t firstToken, KillPlan plan, const EndingOptions &options,
                  const EndingContext &context);
    RunningEnding(const RunningEnding &) = delete;
    RunningEnding &operator=(const RunningEnding &) = delete;
    /// Whoever was stopped goes on.
    ~RunningEnding();

    void begin();
    void forceNow();
    void leave();
    void signalled(ProcessId process, const Result<> &result);

    /// The pidfd of target number @p target became readable.
    void noteReadable(std::size_t target);
    /// As Newcomers::hear(). Whether it waits to hear more.
    [[nodiscard]] bool hear(const HeardForks &heard);
    /// Takes note of processes that came since it had begun.
    void meet(std::span<const ProcessInfoPtr> arrived);
    /// Goes on with whatever is due.
    void advance();

    [[nodiscard]] bool isOverTree() const noexcept { return m_plan.scope != KillScope::Process; }
    /// Whether new processes matter to it, as long as its targets live.
    [[nodiscard]] bool watchesTree() const noexcept
    {
        return isOverTree() && m_report.stage != EndingStage::Proving && !isFinished();
    }
    /// Whether it needs to meet() whoever is new before it can go on. Asking clears it.
    [[nodiscard]] bool takeWantsWalk() noexcept;
    /// Clock::monotonic() at which advance() is due. Nothing: once a target ends, or never.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextDeadline() const;
    [[nodiscard]] bool isFinished() const noexcept { return m_report.stage == EndingStage::Finished; }

    /// Brings report() up to date. Whether it changed.
    [[nodiscard]] bool updateReport();
    [[nodiscard]] const EndingReport &report() const noexcept { return m_report; }

private:
    using Nanoseconds = std::chrono::nanoseconds;

    [[nodiscard]] Nanoseconds now() const { return m_context.clock.monotonic(); }
    void setStage(EndingStage stage);
    void act(EndingTarget &target);
    void actOnNewcomers();
    void startAsking();
    void startForcing();
    void drain();
    void forceWhoIsDue();
    void startFreezing();
    void goOnFreezing();
    void forceEverybody();
    void lookWhoIsStuck();
    [[nodiscard]] bool isEverybodySettled() const;
    void prove();

    EndingContext m_context;
    KillPlan m_plan;
    EndingOptions m_options;
    EndingReport m_report;
    TargetList m_targets;
    Newcomers m_newcomers;
    EndingProof m_proof;
    TreeFreeze m_freeze; ///< SIGSTOP was sent, SIGKILL follows.
    std::size_t m_actedOn = 0; ///< How many targets have been asked, stopped or forced.
    bool m_isChanged = true;
    bool m_isForcing = false; ///< Whoever comes late is not asked any more.
    bool m_isForcedByHand = false; ///< Nobody is given time any more.
    bool m_wantsWalk = false;
    Nanoseconds m_begunAt{};
    Nanoseconds m_due{}; ///< Until then whoever was asked at the beginning has time.
    Nanoseconds m_drainEnds{};
    std::optional<Nanoseconds> m_nextDrainLook;
    std::optional<Nanoseconds> m_nextStuckLook;
};

} // namespace Quay
