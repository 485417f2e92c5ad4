// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/restartwatch.h"

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/procchildren.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/processes/processinfo.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// Between two commands a shell may sleep for a moment too, until its terminal has taken what it says.
constexpr auto QuietTime = 10ms;

} // namespace

RestartWatch::RestartWatch(const ProcFs &proc, const Clock &clock)
    : m_proc(proc)
    , m_clock(clock)
{
}

bool RestartWatch::isAlive(const Pinned &process)
{
    return !process.pin.handle().hasEnded().value_or(true);
}

void RestartWatch::pinAll(const std::vector<ProcessInfoPtr> &processes, std::vector<Pinned> &pinnedOnes) const
{
    for (const auto &process : processes) {
        if (auto pinned = PinnedProcess::open(m_proc, process->id, process->serial)) {
            pinnedOnes.push_back({.process = process, .pin = *std::move(pinned)});
        }
    }
}

void RestartWatch::pin(const KillPlan &plan)
{
    m_hasRevivers = !plan.revivers.empty();
    m_pinnedAt = m_clock.sinceBoot();
    auto starters = plan.parents;
    for (const auto &reviver : plan.revivers) {
        if (reviver.kind == ReviverKind::ProcessManager && reviver.process) {
            starters.push_back(reviver.process);
        }
    }
    pinAll(starters, m_parents);
    pinAll(plan.shells, m_shells);
    pinAll(plan.hosts, m_hosts);
}

std::chrono::nanoseconds RestartWatch::watchTime(const EndingOptions &options, std::chrono::nanoseconds watched)
{
    if (m_hasRevivers || std::ranges::any_of(m_parents, isAlive)) {
        const bool asksForChildren = watched >= options.comebackWatch && watched < options.restartWatch;
        const bool isStarting = asksForChildren
            && std::ranges::any_of(m_parents, [this](const Pinned &parent) { return hasNewChild(parent); });
        return isStarting ? options.restartWatch : options.comebackWatch;
    }
    if (mayRunALoop(watched)) {
        return options.comebackWatch;
    }
    return std::ranges::any_of(m_hosts, isAlive) ? options.hostWatch : 0ms;
}

std::vector<ProcessInfoPtr> RestartWatch::starters() const
{
    std::vector<ProcessInfoPtr> starters;
    for (const auto &parent : m_parents) {
        if (isAlive(parent) && !std::ranges::contains(starters, parent.process)) {
            starters.push_back(parent.process);
        }
    }
    for (const auto &shell : m_shells) {
        if (isBusy(shell)) {
            starters.push_back(shell.process);
        }
    }
    return starters;
}

bool RestartWatch::mayRunALoop(std::chrono::nanoseconds watched)
{
    if (std::ranges::none_of(m_shells, isAlive)) {
        return false;
    }
    const bool isAnyBusy = std::ranges::any_of(m_shells, [this](const Pinned &shell) { return isBusy(shell); });
    if (isAnyBusy || !m_quietSince) {
        m_quietSince = isAnyBusy ? std::nullopt : std::optional(watched);
    }
    return !m_quietSince || watched - *m_quietSince < QuietTime;
}

/// Whether it is about to start something, or has.
bool RestartWatch::isBusy(const Pinned &shell) const
{
    if (!isAlive(shell)) {
        return false;
    }
    const auto isSign = [this](const ProcStat &child) { return isNew(child) || child.state == 'Z'; };
    const auto mayStart = [&] {
        const auto stat = shell.pin.stat(m_proc);
        return stat && (stat->state == 'R' || stat->state == 'D');
    };
    // Before and after: it may take note of the end of a child, and fork the next, between any two looks.
    return hasChild(shell, isSign) || mayStart() || hasChild(shell, isSign);
}

bool RestartWatch::hasNewChild(const Pinned &parent) const
{
    return isAlive(parent)
        && hasChild(parent, [this](const ProcStat &child) { return isNew(child) && child.state != 'Z'; });
}

bool RestartWatch::hasChild(const Pinned &parent, const std::function<bool(const ProcStat &)> &isMeant) const
{
    const auto children = readChildren(m_proc, parent.process->id.pid);
    return children && std::ranges::any_of(*children, [&](pid_t pid) {
               const auto child = readProcStat(m_proc, pid);
               return child && isMeant(*child);
           });
}

/// Whether it was forked since pin(), or just before: start times have a resolution of 10 ms.
bool RestartWatch::isNew(const ProcStat &process) const
{
    return timeFromTicks(process.startTicks + 1) >= m_pinnedAt;
}

} // namespace Quay
