// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/keptproject.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is what an agent finds of the one before. Written again, all of it is kept.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (const auto project = Quay::keptProjectFrom(Quay::Fuzz::asText(data, size))) {
        require(Quay::keptProjectFrom(Quay::toText(*project)) == *project);
    }
    return 0;
}
