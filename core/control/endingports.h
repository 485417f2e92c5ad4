// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/ports/listener.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace Quay {

class ProcFs;
class SockDiag;

/**
 * The ports of an ending: waits for their connections to end, proves them free, and sees whether they are taken again.
 *
 * A socket that outlives its owners by milliseconds (held by a child that is about to end as well) is looked at again
 * for a moment before it counts as held. One that the plan already knows to be shared is not waited for.
 *
 * Times are Clock::monotonic(). Threads: not shared.
 */
class EndingPorts
{
public:
    explicit EndingPorts(const KillPlan &plan);

    /// Established connections of all ports together. Nothing: the kernel does not tell.
    [[nodiscard]] std::optional<std::uint32_t> connections(SockDiag &diag) const;

    /// Looks at the ports, the first time or again. @p comebackWatch: as it stands by now, since the proof.
    void look(SockDiag &diag, std::chrono::nanoseconds now, std::chrono::nanoseconds comebackWatch);
    /// How long they have been watched since they were proven free; 0 before that.
    [[nodiscard]] std::chrono::nanoseconds watched(std::chrono::nanoseconds now) const;
    /// Names whose sockets keep a port from being bound. To be called once they are done.
    void nameUsers(const ProcFs &proc);
    /// Whether no further look() is needed.
    [[nodiscard]] bool isDone() const noexcept { return m_isProven && !m_nextLook; }
    /// When the next look() is due; nothing when it is done, or was never begun.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextLook() const noexcept { return m_nextLook; }

    [[nodiscard]] const std::vector<PortOutcome> &outcomes() const noexcept { return m_outcomes; }

private:
    static constexpr std::chrono::milliseconds FirstPause{1}; ///< Each further one is twice as long, up to a limit.

    void prove(SockDiag &diag);
    void lookForComebacks(SockDiag &diag);
    [[nodiscard]] bool isSettling(const PortOutcome &outcome) const;
    [[nodiscard]] bool hasFreePort() const;

    std::vector<ListenerPtr> m_shared;
    std::vector<PortOutcome> m_outcomes;
    bool m_isProven = false; ///< The proofs are final, but for a comeback.
    std::optional<std::chrono::nanoseconds> m_begunAt;
    std::optional<std::chrono::nanoseconds> m_nextLook;
    std::chrono::nanoseconds m_pause = FirstPause;
    std::chrono::nanoseconds m_provenAt{};
};

} // namespace Quay
