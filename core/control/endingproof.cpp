// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/endingproof.h"

#include "core/base/clock.h"
#include "core/control/endingtarget.h"
#include "core/control/targetlist.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto ExitPatience = 5ms; // a parent asks for the exit code of its child within far less, or does not care
constexpr auto ZombieInterval = 5ms;
constexpr auto ZombiePatience = 1s; // init asks at once how those ended that it takes over, unless it is no real one

} // namespace

EndingProof::EndingProof(const KillPlan &plan, const EndingContext &context)
    : m_context(context)
    , m_hasRevivers(!plan.revivers.empty())
    , m_ports(plan)
{
}

void EndingProof::pin(const KillPlan &plan)
{
    const auto pinAll = [this](const std::vector<ProcessInfoPtr> &processes, std::vector<PinnedProcess> &pinnedOnes) {
        for (const auto &process : processes) {
            if (auto pinned = PinnedProcess::open(m_context.proc, process->id, process->serial)) {
                pinnedOnes.push_back(*std::move(pinned));
            }
        }
    };
    pinAll(plan.parents, m_parents);
    pinAll(plan.shells, m_shells);
    for (const auto &zombie : plan.zombies) {
        auto pinned = PinnedProcess::open(m_context.proc, zombie.process->id, zombie.process->serial);
        const bool isGone = !pinned && pinned.error().problem != PinProblem::Failed;
        m_zombies.push_back({.process = zombie.process, .isGone = isGone});
        m_pinnedZombies.push_back(pinned && zombie.isParentTarget ? std::optional(*std::move(pinned)) : std::nullopt);
    }
}

void EndingProof::restart(const KillPlan &plan)
{
    m_ports = EndingPorts(plan);
    m_isDone = false;
    m_exitPatienceEnds.reset();
}

bool EndingProof::look(const EndingOptions &options, const TargetList &targets)
{
    const bool isZombieGone = lookAtZombies();
    const bool isPortLearnt = lookAtPorts(options);
    if (m_ports.isDone() && !m_nextZombieLook) {
        if (!m_exitPatienceEnds) {
            m_exitPatienceEnds = m_context.clock.monotonic() + ExitPatience;
        }
        m_isDone = !awaitsExitStatus(targets);
    }
    return isZombieGone || isPortLearnt;
}

bool EndingProof::lookAtPorts(const EndingOptions &options)
{
    const auto now = m_context.clock.monotonic();
    const auto nextLook = m_ports.nextLook();
    if (m_ports.isDone() || (nextLook && now < *nextLook)) {
        return false;
    }
    const auto before = m_ports.outcomes();
    m_ports.look(m_context.diag, now, watchTime(options));
    if (m_ports.isDone()) {
        m_ports.nameUsers(m_context.proc);
    }
    return m_ports.outcomes() != before;
}

bool EndingProof::lookAtZombies()
{
    const auto now = m_context.clock.monotonic();
    if (m_nextZombieLook && now < *m_nextZombieLook) {
        return false;
    }
    bool isAnyNew = false;
    for (std::size_t i = 0; i < m_zombies.size(); ++i) {
        if (m_pinnedZombies[i] && m_pinnedZombies[i]->isReaped()) {
            m_zombies[i].isGone = true;
            m_pinnedZombies[i].reset();
            isAnyNew = true;
        }
    }
    m_zombiePatienceEnds = m_zombiePatienceEnds.value_or(now + ZombiePatience);
    const bool isAnyLeft = std::ranges::any_of(m_pinnedZombies, [](const auto &pinned) { return pinned.has_value(); });
    m_nextZombieLook = isAnyLeft && now < *m_zombiePatienceEnds ? std::optional(now + ZombieInterval) : std::nullopt;
    return isAnyNew;
}

/// By who lives that would take the ports again: nobody, then they are not watched.
std::chrono::nanoseconds EndingProof::watchTime(const EndingOptions &options) const
{
    const auto isAlive = [](const PinnedProcess &process) { return !process.handle().hasEnded().value_or(true); };
    if (m_hasRevivers || std::ranges::any_of(m_parents, isAlive)) {
        return options.comebackWatch;
    }
    return std::ranges::any_of(m_shells, isAlive) ? options.shellWatch : 0ms;
}

bool EndingProof::awaitsExitStatus(const TargetList &targets) const
{
    return m_context.clock.monotonic() < *m_exitPatienceEnds
        && std::ranges::any_of(
               targets,
               [](const EndingTarget &target) { return target.awaitsExitStatus() && !target.progress().wasZombie; });
}

std::optional<std::chrono::nanoseconds> EndingProof::nextLook() const
{
    if (m_isDone) {
        return std::nullopt;
    }
    auto next = m_ports.isDone() ? m_exitPatienceEnds : m_ports.nextLook();
    if (m_nextZombieLook) {
        next = next ? std::min(*next, *m_nextZombieLook) : m_nextZombieLook;
    }
    return next.value_or(m_context.clock.monotonic());
}

} // namespace Quay
