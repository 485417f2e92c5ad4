// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/endingtarget.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/pinnedprocess.h"
#include "core/kernel/descriptorlimit.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::string_view StillStates = "TtZX"; // as in ProcStat

bool isTooManyDescriptors(const PinFailure &failure)
{
    return failure.error.sysErrno == EMFILE;
}

} // namespace

EndingTarget::EndingTarget(const KillTarget &target, bool isLate, const Clock &clock)
    : m_progress{.process = target.process, .role = target.role, .isLate = isLate}
    , m_signal(target.signal)
    , m_clock(&clock)
{
}

void EndingTarget::pin(const ProcFs &proc)
{
    const auto &process = *m_progress.process;
    // No plan contains these; should one do all the same, the machine is worth a second look.
    if (process.id.pid <= 1 || process.id.pid == ::getpid() || process.isKernelThread) {
        refuse({.code = ErrorCode::Invalid, .subject = "pid " + std::to_string(process.id.pid), .sysErrno = 0});
        return;
    }
    auto pinned = PinnedProcess::open(proc, process.id, process.serial);
    while (!pinned && isTooManyDescriptors(pinned.error()) && raiseDescriptorLimit()) {
        pinned = PinnedProcess::open(proc, process.id, process.serial);
    }
    if (!pinned) {
        switch (pinned.error().problem) {
        case PinProblem::Failed:
            refuse(std::move(pinned).error().error);
            return;
        case PinProblem::Gone:
            setStage(TargetStage::Ended);
            return;
        case PinProblem::Recycled:
            setStage(TargetStage::Recycled);
            return;
        }
    }
    m_pinned.emplace(*std::move(pinned));
    if (m_pinned->handle().hasEnded().value_or(false)) {
        m_progress.wasZombie = true;
        setStage(TargetStage::Ended);
        noteReadable();
    }
}

bool EndingTarget::takeChanged() noexcept
{
    return std::exchange(m_isChanged, false);
}

bool EndingTarget::isSettled() const noexcept
{
    switch (m_progress.stage) {
    case TargetStage::Waiting:
    case TargetStage::NeedsPermission:
    case TargetStage::Asked:
    case TargetStage::Forced:
        return false;
    case TargetStage::Ended:
    case TargetStage::Recycled:
    case TargetStage::Left:
    case TargetStage::Refused:
        return true;
    }
    return true;
}

bool EndingTarget::awaitsExitStatus() const noexcept
{
    return m_progress.stage == TargetStage::Ended && m_pinned && !m_progress.exit && !m_hasNoExitStatus;
}

std::optional<std::chrono::nanoseconds> EndingTarget::due() const noexcept
{
    return m_progress.stage == TargetStage::Asked ? std::optional(m_due) : std::nullopt;
}

void EndingTarget::setStage(TargetStage stage)
{
    m_progress.stage = stage;
    m_isChanged = true;
}

void EndingTarget::refuse(Error error)
{
    m_progress.error = std::move(error);
    setStage(TargetStage::Refused);
}

void EndingTarget::record(int signal, const Result<> &result)
{
    m_progress.signals.push_back(
        {.signal = signal, .at = m_clock->realTime(), .error = result ? std::nullopt : std::optional(result.error())});
    if (result && !m_firstSignalAt) {
        m_firstSignalAt = m_clock->monotonic();
    }
    m_isChanged = true;
}

void EndingTarget::send(int signal)
{
    const auto result = m_pinned->handle().signal(signal);
    record(signal, result);
    if (result) {
        setStage(signal == SIGKILL ? TargetStage::Forced : TargetStage::Asked);
    } else if (result.error().code == ErrorCode::Denied) {
        setStage(TargetStage::NeedsPermission);
    } else if (result.error().code == ErrorCode::Gone) {
        m_progress.signals.pop_back(); // nobody was there to refuse it
        noteReadable();
    } else {
        refuse(result.error());
    }
}

void EndingTarget::ask(const ProcFs &proc, std::chrono::nanoseconds due)
{
    m_due = due;
    send(m_signal);
    if (m_progress.stage != TargetStage::Asked) {
        return;
    }
    const auto stat = m_pinned->stat(proc);
    if (stat && stat->state == 'T') {
        record(SIGCONT, m_pinned->handle().signal(SIGCONT));
    }
}

void EndingTarget::force()
{
    send(SIGKILL);
}

void EndingTarget::freeze()
{
    const auto result = m_pinned->handle().signal(SIGSTOP);
    if (result) {
        m_isFrozen = true;
        record(SIGSTOP, result);
    }
}

bool EndingTarget::isStill(const ProcFs &proc) const
{
    const auto stat = m_pinned->stat(proc);
    return !stat || StillStates.contains(stat->state);
}

void EndingTarget::thaw()
{
    if (m_isFrozen && m_pinned && !isSettled()) {
        record(SIGCONT, m_pinned->handle().signal(SIGCONT));
    }
    m_isFrozen = false;
}

void EndingTarget::leave()
{
    if (!isSettled()) {
        thaw();
        setStage(TargetStage::Left);
    }
}

void EndingTarget::signalled(const Result<> &result, std::chrono::nanoseconds due)
{
    if (m_progress.stage != TargetStage::NeedsPermission) {
        return;
    }
    const int signal = m_progress.signals.back().signal;
    record(signal, result);
    if (result) {
        m_due = due;
        setStage(signal == SIGKILL ? TargetStage::Forced : TargetStage::Asked);
    } else {
        refuse(result.error());
    }
    noteReadable();
}

void EndingTarget::noteReadable()
{
    if (!m_pinned || m_progress.stage == TargetStage::Left || !m_pinned->handle().hasEnded().value_or(false)) {
        return;
    }
    if (m_progress.stage != TargetStage::Ended) {
        m_progress.error.reset();
        m_progress.isUninterruptible = false;
        if (m_firstSignalAt) {
            m_progress.endedAfter = m_clock->monotonic() - *m_firstSignalAt;
        }
        setStage(TargetStage::Ended);
    }
    const auto exit = m_pinned->handle().exitStatus();
    m_hasNoExitStatus = !exit;
    if (exit && *exit && m_progress.exit != *exit) {
        m_progress.exit = *exit;
        m_isChanged = true;
    }
}

void EndingTarget::lookWhetherStuck(const ProcFs &proc)
{
    if (m_progress.stage != TargetStage::Forced || !m_pinned) {
        return;
    }
    const auto stat = m_pinned->stat(proc);
    const bool isStuck = stat && stat->state == 'D';
    if (isStuck != m_progress.isUninterruptible) {
        m_progress.isUninterruptible = isStuck;
        m_isChanged = true;
    }
}

} // namespace Quay
