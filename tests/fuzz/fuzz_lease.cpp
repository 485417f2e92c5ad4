// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a lease, or what a supervisor reports of its start: both are read by whoever starts servers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    if (const auto lease = Quay::leaseFromText(text)) {
        require(Quay::isRunId(lease->runId) && lease->supervisor.id.pid > 0);
        require(Quay::leaseFromText(Quay::leaseText(*lease)) == *lease);
    }
    if (const auto outcome = Quay::launchOutcomeFrom(text)) {
        require(Quay::launchOutcomeFrom(Quay::toText(*outcome)) == *outcome);
    }
    return 0;
}
