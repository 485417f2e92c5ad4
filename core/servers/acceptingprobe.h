// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/probes/accepttrial.h"
#include "core/probes/waitprobe.h"
#include "core/servers/listeningprobe.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <poll.h>
#include <sys/types.h>

namespace Quay {

class SockDiag;
struct ProbeMachine;

/**
 * Whether processes of one run listen on its TCP ports, all of them, and accept connections there. Without a port, any
 * listener of the run will do.
 *
 * A port with several listeners of the run is asked at one of them. Where that cannot be told it is enough to listen,
 * and the observation says no more than that. Nothing tells that a connection was accepted: while one waits it is
 * looked at again and again, ever less often.
 *
 * Source:  as ListeningProbe and AcceptTrial.
 * Threads: not shared.
 */
class AcceptingProbe : public WaitProbe
{
public:
    AcceptingProbe(const ProbeMachine &machine, pid_t supervisor, std::vector<std::uint16_t> ports);

    [[nodiscard]] bool isLocal() const override { return true; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds limit) override;
    [[nodiscard]] pollfd awaited() const override;
    [[nodiscard]] std::optional<Attempt> proceed() override;
    [[nodiscard]] Attempt giveUp() override;

private:
    [[nodiscard]] std::set<std::uint16_t> askedPorts() const;
    [[nodiscard]] Acceptance ask(std::uint16_t port);
    [[nodiscard]] std::optional<Attempt> look();
    [[nodiscard]] bool wakeLater();

    SockDiag &m_diag;
    std::vector<std::uint16_t> m_ports;
    ListeningProbe m_listening;
    std::map<std::uint16_t, AcceptTrial> m_trials; ///< By port; kept over attempts, until all of them are over.
    Observation m_waiting; ///< What it waits for, while an attempt is under way.
    UniqueFd m_timer; ///< Made when it is needed first.
    std::chrono::milliseconds m_pause{};
};

} // namespace Quay
