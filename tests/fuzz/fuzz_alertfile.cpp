// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/alertfile.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// Whatever is read is written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto record = Quay::alertsFromText(Quay::Fuzz::asText(data, size));

    if (!record) {
        require(record.error().code == Quay::ErrorCode::Malformed);
        return 0;
    }
    const auto again = Quay::alertsFromText(Quay::alertText(*record));
    require(again.has_value() && *again == *record);
    return 0;
}
