// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procevents.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <span>

using Quay::Fuzz::require;

namespace {

constexpr std::size_t SmallestForkBytes = 16 + 20 + 16 + 16; // headers of netlink and connector, and the event

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto batch = Quay::parseProcEvents(std::as_bytes(std::span(data, size)));

    if (!batch) {
        require(batch.error().code == Quay::ErrorCode::Malformed && !batch.error().subject.empty());
        return 0;
    }
    require(batch->forks.size() <= size / SmallestForkBytes);
    for (const auto &fork : batch->forks) {
        require(fork.parent > 0 && fork.child > 0);
    }
    return 0;
}
