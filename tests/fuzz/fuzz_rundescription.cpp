// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/rundescription.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// What is read is written again as the same bytes: nothing in it was overlooked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    if (const auto description = Quay::descriptionFromText(text)) {
        require(Quay::descriptionText(*description) == text);
        require(!description->arguments.empty() && description->directory.starts_with('/'));
    }
    return 0;
}
