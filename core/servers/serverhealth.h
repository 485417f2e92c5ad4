// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/servers/probefactory.h"
#include "core/servers/probegroup.h"
#include "core/servers/serverspec.h"
#include "core/servers/serverstate.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// What the probes of a run have found out.
enum class HealthVerdict : std::uint8_t
{
    Open,
    Ready, ///< All readiness probes are met.
    NotReady, ///< One of them will not be; see ServerHealth::trouble().
    Well, ///< All liveness probes are met again.
    Unwell, ///< One of them is not any more; see ServerHealth::trouble().
};

/**
 * Whether a run becomes ready, and stays well: its readiness probes until they are met, and from then on those of
 * liveness. One that has none, and opens no port, is ready when it has run for SettlingTime: most of those that cannot
 * work end before.
 *
 * Threads: not shared. Never blocks.
 */
class ServerHealth
{
public:
    static constexpr std::chrono::seconds SettlingTime{1};

    /// @p server and @p machine outlive this object.
    ServerHealth(const ServerSpec &server, const ProbeMachine &machine);

    /// Begins what is to be found out in @p state, unless that is under way. @p launchedAt and @p now: CLOCK_MONOTONIC,
    /// as all times here.
    void begin(ServerState state, const ProbedRun &run, std::chrono::nanoseconds launchedAt,
               std::chrono::nanoseconds now);
    void clear() noexcept;
    /// Whether no probe is asked.
    [[nodiscard]] bool isEmpty() const noexcept { return m_readiness.isEmpty() && m_liveness.isEmpty(); }

    /// The server has written that; whole lines. Raw bytes.
    void lineCame(const std::string &line);
    /// It has said that it is ready, by sd_notify.
    void readyCame();
    /// It has said that it is alive, or not for longer than it may.
    void aliveCame(bool isAlive);

    void collect(PollSet &set) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    /// Whether the standing of a readiness probe has changed, or it has run for long enough without any.
    [[nodiscard]] bool proceedToReady(std::chrono::nanoseconds now, const PollSet &set);
    /// The same of a liveness probe.
    [[nodiscard]] bool proceedToStayWell(std::chrono::nanoseconds now, const PollSet &set);

    /// As ProbeGroup::takeAttempts(), of all probes.
    [[nodiscard]] std::vector<ProbedAttempt> takeAttempts();

    /// What follows for a server in @p state; readiness probes that are met are over then.
    [[nodiscard]] HealthVerdict judgeReadiness(ServerState state);
    [[nodiscard]] HealthVerdict judgeLiveness(ServerState state) const;
    /// The probe for which the verdict is NotReady or Unwell; null otherwise.
    [[nodiscard]] const ProbeCourse *trouble() const;

    [[nodiscard]] const ProbeGroup &readiness() const noexcept { return m_readiness; }
    [[nodiscard]] const ProbeGroup &liveness() const noexcept { return m_liveness; }

private:
    const ServerSpec &m_server;
    ProbeGroup m_readiness;
    ProbeGroup m_liveness;
    std::optional<std::chrono::nanoseconds> m_settlesAt; ///< Until then one without readiness probes is not believed.
    /// Until then one that is to say that it is alive may begin to; its supervisor counts from its first word on.
    std::optional<std::chrono::nanoseconds> m_speaksUntil;
    bool m_hasSpoken = false; ///< By sd_notify.
    bool m_hasSaidReady = false;
    bool m_isSilent = false; ///< For longer than it may be.
};

} // namespace Quay
