// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/runrecord.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

// The input is the whole file: what can be read of it is written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto record = Quay::runRecordFromText(Quay::Fuzz::asText(data, size));
    std::string text;
    for (const auto &event : record.events) {
        text += Quay::toLine(event).line() + '\n';
    }
    const auto again = Quay::runRecordFromText(text);
    require(again.events == record.events && again.unreadableLines == 0);
    return 0;
}
