// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/serverspec.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>

namespace Quay {

class ProcFs;

/**
 * Ends what is left of a server whose supervisor is gone: asks each process, and kills whoever is still there after the
 * grace period, those that were forked meanwhile too.
 *
 * Threads: not shared. Blocks for a look into /proc.
 */
class LeftOverEnding
{
public:
    /// Sends the first signal. @p proc outlives this object.
    LeftOverEnding(const ProcFs &proc, ServerPlaces places, const ServerIdentity &server, const StopRule &rule,
                   std::chrono::nanoseconds now);

    /// When to look again; CLOCK_MONOTONIC.
    [[nodiscard]] std::chrono::nanoseconds due() const noexcept { return m_due; }
    /// Whether nobody is left. Before due() nothing is looked at.
    [[nodiscard]] bool proceed(std::chrono::nanoseconds now);

private:
    [[nodiscard]] RunPresence presence() const;
    void signalAll(const RunPresence &presence, int signal) const;

    const ProcFs &m_proc;
    ServerPlaces m_places;
    std::string m_key;
    std::chrono::nanoseconds m_due;
    std::chrono::nanoseconds m_killAt;
};

} // namespace Quay
