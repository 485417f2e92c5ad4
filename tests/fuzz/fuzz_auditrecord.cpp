// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/audithistory.h"
#include "core/history/auditrecord.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is the whole log: what can be read is written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto nobodyRuns = [](Quay::ProcessId) { return false; };
    for (const auto &entry : Quay::joinAuditRecords(text, nobodyRuns).entries) {
        require(!entry.id.empty());
    }
    if (const auto record = Quay::recordFromLine(text)) {
        const auto again = Quay::recordFromLine(Quay::lineFrom(*record));
        require(again.has_value());
        const auto third = Quay::recordFromLine(Quay::lineFrom(*again)); // arguments are cut once
        require(third.has_value() && third->entry.targets.size() == record->entry.targets.size());
    }
    return 0;
}
