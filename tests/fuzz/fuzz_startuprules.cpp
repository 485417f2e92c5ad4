// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startuprules.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a rules file. Whatever was read without a mistake is whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto rules = Quay::StartupRules::fromJson(Quay::Fuzz::asText(data, size));
    if (!rules) {
        require(rules.error().code == Quay::ErrorCode::Malformed && !rules.error().subject.empty());
        return 0;
    }
    require(!rules->rules().empty());
    for (const auto &rule : rules->rules()) {
        require(!rule.id.empty());
    }
    rules->forEachCandidate("listening on port 8000",
                            [&rules](std::uint16_t index) { require(index < rules->rules().size()); });
    return 0;
}
