// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// An address to which a server tried to connect, and where nobody listened.
struct RefusedEndpoint
{
    IpAddress address;
    std::uint16_t port = 0;
    std::uint32_t attempts = 1;

    bool operator==(const RefusedEndpoint &) const = default;
};

/// What all processes of a server had used up at one look.
struct UsageSample
{
    std::chrono::nanoseconds at{}; ///< Clock::monotonic()
    std::chrono::nanoseconds cpuTime{}; ///< Since they started; of those that have ended too.
    std::uint64_t residentBytes = 0;
    std::vector<RefusedEndpoint> refused; ///< Seen since the sample before.
};

/// What a server did during a phase.
struct PhaseUsage
{
    std::chrono::nanoseconds cpuTime{};
    double waitingShare = 0; ///< Of the phase, in which it did not run: 0 to 1. Several cores at work count as one.
    std::uint64_t residentBytes = 0; ///< The most that a sample showed.
    std::vector<RefusedEndpoint> refused; ///< Each endpoint once, in the order in which they came.

    bool operator==(const PhaseUsage &) const = default;
};

/**
 * What was used from @p begin to @p end, by samples of a longer time.
 *
 * CPU time between two samples is taken to be spent evenly, so that phases shorter than the pace of the samples get
 * their share. Before the first and after the last sample nothing is known of it. Refused attempts belong to the time
 * of the sample that saw them.
 *
 * Units:   Clock::monotonic(); @p samples ascending by time.
 * Errors:  nothing when no sample falls into the phase or on both sides of it, or only one at its very end.
 * Threads: pure function.
 */
[[nodiscard]] std::optional<PhaseUsage> usageBetween(std::chrono::nanoseconds begin, std::chrono::nanoseconds end,
                                                     std::span<const UsageSample> samples);

} // namespace Quay
