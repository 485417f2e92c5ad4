// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procstatus.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <sys/types.h>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto status = Quay::parseProcStatus(Quay::Fuzz::asText(data, size));
    if (!status) {
        require(status.error().code == Quay::ErrorCode::Malformed);
        require(!status.error().subject.empty() && !status.error().subject.contains('\n'));
        return 0;
    }
    require(status->swapBytes.value_or(0) % 1024 == 0);
    require(std::ranges::all_of(status->namespacePids, [](pid_t pid) { return pid >= 0; }));
    return 0;
}
