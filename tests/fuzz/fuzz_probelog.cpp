// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probelog.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// The input is the whole file: what can be read of it is in order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto attempts = Quay::probeAttemptsFrom(Quay::Fuzz::asText(data, size));
    Quay::Fuzz::require(std::ranges::is_sorted(attempts, {}, &Quay::ProbeAttempts::firstAt));
    return 0;
}
