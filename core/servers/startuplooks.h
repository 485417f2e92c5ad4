// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/servers/contradictionwatch.h"
#include "core/servers/listeningprobe.h"
#include "core/servers/runusage.h"
#include "core/startup/contradiction.h"
#include "core/startup/phaseusage.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProbeGroup;
class SockDiag;
struct ProbeMachine;
struct RefusedEndpoint;
struct ServerSpec;

/// What is looked for while a server starts.
struct LookWishes
{
    bool forListening = false; ///< Nobody else looks whether it listens.
    bool forUsage = false;
    std::optional<ReachabilityClaim> forReachability;
};

/// Whether a connection there would reach anybody. Threads: as @p diag.
[[nodiscard]] bool isListenedAt(SockDiag &diag, const RefusedEndpoint &endpoint);

/**
 * What looks at the kernel while the processes of one start are there, and when.
 *
 * Threads: not shared. Never blocks for longer than a look into /proc.
 */
class StartupLooks
{
public:
    /// @p spec and what @p machine points to outlive this object.
    StartupLooks(const ServerSpec &spec, const ProbeMachine &machine, pid_t supervisor);

    /// When one of these looks is due; CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due(const LookWishes &wishes) const;

    [[nodiscard]] bool isListeningDue() const;
    /// Where it listens, once it does on all its ports.
    [[nodiscard]] std::optional<std::string> lookForListening();
    /// Whether nobody waits at its sockets to be accepted, as last seen.
    [[nodiscard]] bool areQueuesEmpty() const;

    /// Its processes have just been started. Not for those of which that is not known.
    void begin() { m_usage.begin(); }
    void lookAtUsage();
    void lookAtUsageIfDue();
    /// Its output says that a connection of it was refused. The kernel is asked as well: nobody is to be sent looking
    /// for a database that is there.
    void refusalSaid(const std::string &host, std::uint16_t port);
    [[nodiscard]] const std::vector<UsageSample> &samples() const { return m_usage.samples(); }

    /// Looks if that is due. Whether the contradiction is another one now, or gone.
    [[nodiscard]] bool judgeReachability(const ReachabilityClaim &claim, const ProbeGroup &probes);
    /// It can be reached. Whether that is new.
    [[nodiscard]] bool clearContradiction() { return m_contradiction.clear(); }
    [[nodiscard]] const std::optional<Contradiction> &contradiction() const { return m_contradiction.contradiction(); }

private:
    [[nodiscard]] std::chrono::nanoseconds age() const;

    const ServerSpec &m_spec;
    SockDiag &m_diag;
    const Clock &m_clock;
    std::chrono::nanoseconds m_beganAt;
    ListeningProbe m_listening;
    RunUsage m_usage;
    ContradictionWatch m_contradiction;
    std::chrono::nanoseconds m_listeningDue{};
    std::chrono::nanoseconds m_usageDue{};
};

} // namespace Quay
