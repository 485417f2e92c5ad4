// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/waitprobe.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;
class RunMembers;
class SockDiag;
struct ProbeMachine;

/**
 * Whether processes of one run listen on its TCP ports, all of them.
 *
 * Somebody else who listens there never counts: the observation names the port, and foreign() has the sockets. Without
 * a port, any listener of the run will do.
 *
 * Source:  sock_diag(7), 15 us a port; only when a socket shows up that is not known yet, the run's processes and
 *          their descriptors.
 * Threads: not shared.
 */
class ListeningProbe : public WaitProbe
{
public:
    ListeningProbe(const ProbeMachine &machine, pid_t supervisor, std::vector<std::uint16_t> ports);

    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

    /// The run's own listeners, as last seen.
    [[nodiscard]] const std::vector<SocketRecord> &own() const noexcept { return m_own; }
    /// Those of others on its ports.
    [[nodiscard]] const std::vector<SocketRecord> &foreign() const noexcept { return m_foreign; }

private:
    [[nodiscard]] Result<std::vector<SocketRecord>> listeners();
    void attribute(const std::vector<SocketRecord> &listeners);

    const ProcFs &m_proc;
    SockDiag &m_diag;
    RunMembers &m_members;
    pid_t m_supervisor;
    std::vector<std::uint16_t> m_ports;
    const Clock &m_clock;
    std::set<std::uint64_t> m_ownInodes; ///< Of sockets, by inode: as long as they are there.
    std::set<std::uint64_t> m_foreignInodes;
    std::chrono::nanoseconds m_foreignDue{}; ///< When they are looked at again: a socket can be handed over.
    std::vector<SocketRecord> m_own;
    std::vector<SocketRecord> m_foreign;
};

} // namespace Quay
