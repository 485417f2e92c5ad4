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
    , m_ports(plan)
    , m_restarts(context.proc, context.clock)
{
}

void EndingProof::pin(const KillPlan &plan)
{
    m_restarts.pin(plan);
    for (const auto &zombie : plan.zombies) {
        auto pinned = PinnedProcess::open(m_context.proc, zombie.process->id, zombie.process->serial);
        const bool isGone = !pinned && pinned.error().problem != PinProblem::Failed;
        m_zombies.push_back({.process = zombie.process, .isGone = isGone});
        m_pinnedZombies.push_back(pinned && zombie.isParentTarget ? std::optional(*std::move(pinned)) : std::nullopt);
    }
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
    m_ports.look(m_context.diag, now, m_restarts.watchTime(options, m_ports.watched(now)));
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

std::vector<ProcessInfoPtr> EndingProof::starters() const
{
    const auto &ports = m_ports.outcomes();
    const bool isAnyFree = std::ranges::any_of(ports, [](const PortOutcome &port) { return isFree(port); });
    const bool isTakenAgain = std::ranges::any_of(ports, &PortOutcome::cameBack);
    return isAnyFree && !isTakenAgain ? m_restarts.starters() : std::vector<ProcessInfoPtr>();
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
