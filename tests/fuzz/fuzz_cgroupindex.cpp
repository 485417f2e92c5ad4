// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/cgroupindex.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <sys/types.h>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto mount = Quay::findCgroup2Mount(text);
    require(!mount || (!mount->empty() && text.contains("cgroup2")));
    const auto pids = Quay::parseCgroupProcs(text);
    if (pids) {
        require(std::ranges::all_of(*pids, [](pid_t pid) { return pid > 0; }));
    } else {
        require(pids.error().code == Quay::ErrorCode::Malformed && text.contains(pids.error().subject));
    }
    return 0;
}
