// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/endingcontext.h"
#include "core/control/endingports.h"
#include "core/control/killplan.h"
#include "core/control/pinnedprocess.h"
#include "core/control/restartwatch.h"

#include <chrono>
#include <optional>
#include <vector>

namespace Quay {

class TargetList;

/**
 * What follows once all targets of an ending are settled: that their ports are free and stay so, that zombies are gone
 * with their parents, and the exit codes that come late.
 *
 * Times are Clock::monotonic(). Threads: not shared.
 */
class EndingProof
{
public:
    EndingProof(const KillPlan &plan, const EndingContext &context);

    /// Pins whom it will have to look at: before the first signal.
    void pin(const KillPlan &plan);
    /// Established connections of all ports together. Nothing: the kernel does not tell.
    [[nodiscard]] std::optional<std::uint32_t> connections() const { return m_ports.connections(m_context.diag); }

    /// Looks at whatever is due. Whether anything is known now that was not. @p options: how long freed ports are
    /// watched.
    [[nodiscard]] bool look(const EndingOptions &options, const TargetList &targets);
    /// Whether nothing is left to be looked at.
    [[nodiscard]] bool isDone() const noexcept { return m_isDone; }
    /// When the next look() is due; nothing when it is done.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextLook() const;

    [[nodiscard]] const std::vector<PortOutcome> &ports() const noexcept { return m_ports.outcomes(); }
    /// Who may start again what has ended, though nobody has. Once it is done.
    [[nodiscard]] std::vector<ProcessInfoPtr> starters() const;
    [[nodiscard]] const std::vector<ZombieOutcome> &zombies() const noexcept { return m_zombies; }

private:
    [[nodiscard]] bool lookAtPorts(const EndingOptions &options);
    [[nodiscard]] bool lookAtZombies();
    [[nodiscard]] bool awaitsExitStatus(const TargetList &targets) const;

    EndingContext m_context;
    EndingPorts m_ports;
    RestartWatch m_restarts;
    std::vector<ZombieOutcome> m_zombies;
    std::vector<std::optional<PinnedProcess>> m_pinnedZombies; ///< As m_zombies; nothing once there is no more to see.
    bool m_isDone = false;
    std::optional<std::chrono::nanoseconds> m_exitPatienceEnds; ///< All is proven; exit codes may follow until then.
    std::optional<std::chrono::nanoseconds> m_zombiePatienceEnds;
    std::optional<std::chrono::nanoseconds> m_nextZombieLook;
};

} // namespace Quay
