// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/phaseusage.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

namespace {

using std::chrono::nanoseconds;

/// The CPU time at an instant, between two samples in proportion.
nanoseconds cpuTimeAt(nanoseconds at, std::span<const UsageSample> samples)
{
    const auto after = std::ranges::upper_bound(samples, at, {}, &UsageSample::at);
    if (after == samples.begin()) {
        return samples.front().cpuTime;
    }
    const auto before = after - 1;
    if (after == samples.end()) {
        return before->cpuTime;
    }
    const auto share =
        std::chrono::duration<double>(at - before->at) / std::chrono::duration<double>(after->at - before->at);
    const auto between = std::max(after->cpuTime - before->cpuTime, nanoseconds{}); // a process was not seen any more
    return before->cpuTime + std::chrono::duration_cast<nanoseconds>(between * share);
}

void addRefused(std::vector<RefusedEndpoint> &all, const RefusedEndpoint &more)
{
    const auto known = std::ranges::find_if(all, [&more](const RefusedEndpoint &endpoint) {
        return endpoint.address == more.address && endpoint.port == more.port;
    });
    if (known == all.end()) {
        all.push_back(more);
    } else {
        known->attempts += more.attempts;
    }
}

} // namespace

std::optional<PhaseUsage> usageBetween(nanoseconds begin, nanoseconds end, std::span<const UsageSample> samples)
{
    if (samples.empty() || end <= samples.front().at || begin > samples.back().at || end < begin) {
        return std::nullopt;
    }
    PhaseUsage usage;
    usage.cpuTime = std::max(cpuTimeAt(end, samples) - cpuTimeAt(begin, samples), nanoseconds{});
    const auto known = std::min(end, samples.back().at) - std::max(begin, samples.front().at);
    usage.waitingShare = known > nanoseconds{}
        ? std::clamp(1 - std::chrono::duration<double>(usage.cpuTime) / std::chrono::duration<double>(known), 0.0, 1.0)
        : 0.0;
    const auto before = std::ranges::upper_bound(samples, begin, {}, &UsageSample::at);
    if (before != samples.begin()) { // memory does not change at once: a short phase has that of the look before
        usage.residentBytes = (before - 1)->residentBytes;
    }
    for (const auto &sample : samples) {
        if (sample.at < begin || sample.at > end) {
            continue;
        }
        usage.residentBytes = std::max(usage.residentBytes, sample.residentBytes);
        for (const auto &refused : sample.refused) {
            addRefused(usage.refused, refused);
        }
    }
    return usage;
}

} // namespace Quay
