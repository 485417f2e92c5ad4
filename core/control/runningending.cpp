// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/runningending.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/control/draining.h"
#include "core/control/ending.h"
#include "core/control/endingtarget.h"
#include "core/control/killplan.h"
#include "core/control/newcomers.h"
#include "core/control/targetlist.h"
#include "core/control/treefreeze.h"
#include "core/control/treewatch.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto StuckInterval = 100ms;

using Deadline = std::optional<std::chrono::nanoseconds>;

Deadline earlier(Deadline left, Deadline right)
{
    if (!left || !right) {
        return left ? left : right;
    }
    return std::min(*left, *right);
}

} // namespace

RunningEnding::RunningEnding(std::uint64_t id, std::uint64_t firstToken, KillPlan plan, const EndingOptions &options,
                             const EndingContext &context)
    : m_context(context)
    , m_plan(std::move(plan))
    , m_options(options)
    , m_targets(context.poll, firstToken)
    , m_newcomers(context.proc, context.clock, context.tree, m_targets)
    , m_proof(m_plan, context)
{
    m_report.id = id;
    m_report.scope = m_plan.scope;
    m_report.isForced = m_plan.isForced;
    m_report.drain = m_plan.drain;
    m_report.connectionsCut = options.connectionsCut;
    m_report.begunAt = context.clock.realTime();
}

RunningEnding::~RunningEnding()
{
    for (auto &target : m_targets) {
        target.thaw();
    }
}

void RunningEnding::setStage(EndingStage stage)
{
    if (m_report.stage != stage) {
        m_report.stage = stage;
        m_isChanged = true;
    }
}

void RunningEnding::begin()
{
    m_begunAt = now();
    const auto everybody = isOverTree() ? m_context.tree.begin() : std::vector<ProcessInfoPtr>{};
    for (const KillTarget &planned : m_plan.targets) {
        EndingTarget target(planned, false, m_context.clock);
        target.pin(m_context.proc);
        m_targets.add(std::move(target));
    }
    m_proof.pin(m_plan);
    if (isOverTree()) {
        m_newcomers.begin(m_plan);
        m_newcomers.meet(everybody, false); // forked since the plan was made
    }
    if (m_plan.drain && !m_plan.isForced && !m_options.connectionsCut) {
        setStage(EndingStage::Draining);
        m_drainEnds = m_begunAt + *m_plan.drain;
        m_nextDrainLook = m_begunAt;
    } else if (m_plan.isForced) {
        startForcing();
    } else {
        startAsking();
    }
    advance();
}

void RunningEnding::startAsking()
{
    m_nextDrainLook.reset();
    m_report.connectionsLeft.reset();
    m_due = now() + m_options.grace;
    setStage(EndingStage::Asking);
    actOnNewcomers();
}

void RunningEnding::startForcing()
{
    m_nextDrainLook.reset();
    m_report.connectionsLeft.reset();
    m_isForcing = true;
    m_nextStuckLook = now() + StuckInterval;
    setStage(EndingStage::Forcing);
    if (isOverTree()) {
        startFreezing();
    } else {
        forceEverybody();
    }
}

/// What is to happen to a target that nothing has happened to yet.
void RunningEnding::act(EndingTarget &target)
{
    // Who needs permission waits for it; what follows then is known to signalled().
    const auto stage = target.progress().stage;
    if (stage != TargetStage::Waiting && stage != TargetStage::Asked) {
        return;
    }
    if (m_freeze.isUnderWay()) {
        target.freeze();
        m_freeze.noteStopped();
    } else if (m_isForcing) {
        target.force();
    } else {
        target.ask(m_context.proc, m_due);
    }
}

void RunningEnding::actOnNewcomers()
{
    if (m_report.stage == EndingStage::Draining) {
        return;
    }
    while (m_actedOn < m_targets.size()) {
        act(m_targets[m_actedOn++]);
    }
}

void RunningEnding::forceNow()
{
    m_isForcedByHand = true;
    if (!isEverybodySettled() && !m_freeze.isUnderWay()) {
        startForcing();
    }
    advance();
}

void RunningEnding::leave()
{
    m_report.isInterrupted = m_report.isInterrupted || !isFinished();
    m_freeze.end();
    m_nextDrainLook.reset();
    m_report.connectionsLeft.reset();
    for (auto &target : m_targets) {
        target.leave();
    }
    m_actedOn = m_targets.size();
    m_options.comebackWatch = 0ms;
    m_options.restartWatch = 0ms;
    m_options.hostWatch = 0ms;
    advance();
}

void RunningEnding::signalled(ProcessId process, const Result<> &result)
{
    for (auto &target : m_targets) {
        if (target.progress().process->id == process) {
            target.signalled(result, m_isForcedByHand ? now() : now() + m_options.grace);
        }
    }
    m_nextStuckLook = now() + StuckInterval;
    advance();
}

void RunningEnding::noteReadable(std::size_t target)
{
    if (target >= m_targets.size()) {
        return;
    }
    const bool wasSettled = m_targets[target].isSettled();
    m_targets[target].noteReadable();
    m_wantsWalk = m_wantsWalk || (isOverTree() && !wasSettled); // it may have forked in its last moment
}

bool RunningEnding::hear(const HeardForks &heard)
{
    m_newcomers.hear(heard);
    m_wantsWalk = m_wantsWalk || heard.isIncomplete;
    actOnNewcomers();
    return m_newcomers.isWaiting();
}

void RunningEnding::meet(std::span<const ProcessInfoPtr> arrived)
{
    m_newcomers.meet(arrived, true);
    actOnNewcomers();
}

bool RunningEnding::takeWantsWalk() noexcept
{
    return std::exchange(m_wantsWalk, false);
}

void RunningEnding::advance()
{
    if (m_nextDrainLook) {
        drain();
    }
    if (m_freeze.isUnderWay()) {
        goOnFreezing();
    } else {
        forceWhoIsDue();
    }
    lookWhoIsStuck();
    if (!isFinished() && isEverybodySettled() && !m_wantsWalk) {
        prove();
    }
}

void RunningEnding::drain()
{
    if (now() < *m_nextDrainLook) {
        return;
    }
    const auto left = m_proof.connections();
    m_isChanged = m_isChanged || m_report.connectionsLeft != left;
    m_report.connectionsLeft = left;
    const bool isAnyLeft = left.value_or(0) > 0; // what cannot be counted is not waited for
    const bool isTimeUp = isAnyLeft && now() >= m_drainEnds;
    const bool isSaid = m_report.connectionsCut.has_value();
    m_report.connectionsCut = isTimeUp ? left : std::nullopt;
    if (!isAnyLeft || (isTimeUp && isSaid)) {
        startAsking();
    } else {
        // That connections will be cut is published before the signal goes: then the next look is due at once.
        m_isChanged = m_isChanged || isTimeUp;
        m_nextDrainLook = isTimeUp ? now() : std::min<Nanoseconds>(now() + DrainInterval, m_drainEnds);
    }
}

void RunningEnding::forceWhoIsDue()
{
    bool isAnybodyDue = false;
    for (auto &target : m_targets) {
        const auto due = target.due();
        if (!due || now() < *due) {
            continue;
        }
        if (!isOverTree() || m_isForcing) {
            target.force();
            setStage(EndingStage::Forcing);
            m_nextStuckLook = now() + StuckInterval;
        } else {
            isAnybodyDue = true;
        }
    }
    if (isAnybodyDue) {
        startForcing();
    }
}

void RunningEnding::startFreezing()
{
    m_freeze.begin(now());
    for (auto &target : m_targets) {
        act(target);
    }
    m_actedOn = m_targets.size();
    m_wantsWalk = true;
}

void RunningEnding::goOnFreezing()
{
    if (m_wantsWalk) {
        return;
    }
    switch (m_freeze.goOn(now(), m_targets, m_context.proc)) {
    case TreeFreeze::Step::Wait:
        break;
    case TreeFreeze::Step::Walk:
        m_wantsWalk = true;
        break;
    case TreeFreeze::Step::Complete:
        forceEverybody();
        break;
    }
}

void RunningEnding::forceEverybody()
{
    for (auto &target : m_targets) {
        act(target);
    }
    m_actedOn = m_targets.size();
}

void RunningEnding::lookWhoIsStuck()
{
    if (!m_nextStuckLook || now() < *m_nextStuckLook) {
        return;
    }
    bool isAnybodyForced = false;
    for (auto &target : m_targets) {
        target.lookWhetherStuck(m_context.proc);
        isAnybodyForced = isAnybodyForced || target.progress().stage == TargetStage::Forced;
    }
    m_nextStuckLook = isAnybodyForced ? std::optional<Nanoseconds>(now() + StuckInterval) : std::nullopt;
}

bool RunningEnding::isEverybodySettled() const
{
    return !m_newcomers.isWaiting() && std::ranges::all_of(m_targets, [this](const EndingTarget &target) {
        const bool isRefused = target.progress().stage == TargetStage::NeedsPermission;
        return target.isSettled() || (isRefused && !m_options.awaitsPermission);
    });
}

void RunningEnding::prove()
{
    if (m_report.stage != EndingStage::Proving) {
        setStage(EndingStage::Proving);
        m_nextDrainLook.reset();
        m_report.connectionsLeft.reset();
        if (!m_plan.listeners.empty()) {
            return; // that everybody has ended is told first: ports take far longer to look at
        }
    }
    m_isChanged = m_proof.look(m_options, m_targets) || m_isChanged;
    if (m_proof.isDone()) {
        m_report.starters = m_proof.starters();
        setStage(EndingStage::Finished);
    }
}

std::optional<std::chrono::nanoseconds> RunningEnding::nextDeadline() const
{
    Deadline next = earlier(m_nextDrainLook, earlier(m_freeze.nextLook(), m_nextStuckLook));
    if (!m_freeze.isUnderWay()) {
        for (const auto &target : m_targets) {
            next = earlier(next, target.due());
        }
    }
    if (m_report.stage == EndingStage::Proving) {
        next = earlier(next, m_proof.nextLook());
    }
    return m_wantsWalk ? Deadline(now()) : next;
}

bool RunningEnding::updateReport()
{
    bool isChanged = std::exchange(m_isChanged, false);
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        const bool isNew = i >= m_report.targets.size();
        if (!m_targets[i].takeChanged() && !isNew) {
            continue;
        }
        isChanged = true;
        if (isNew) {
            m_report.targets.push_back(m_targets[i].progress());
        } else {
            m_report.targets[i] = m_targets[i].progress();
        }
    }
    if (!isChanged) {
        return false;
    }
    m_report.forcesAt.reset();
    if (!m_freeze.isUnderWay()) {
        for (const auto &target : m_targets) {
            m_report.forcesAt = earlier(m_report.forcesAt, target.due());
        }
    }
    m_report.ports =
        m_report.stage == EndingStage::Proving || isFinished() ? m_proof.ports() : std::vector<PortOutcome>{};
    m_report.zombies = m_proof.zombies();
    m_report.elapsed = now() - m_begunAt;
    return true;
}

} // namespace Quay
