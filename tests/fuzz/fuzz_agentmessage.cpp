// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/agentmessage.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a line of either direction. What was understood and written again, with foreign texts made safe and what
// is no UTF-8 left out, means the same for ever.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    if (const auto first = Quay::agentRequestFrom(text)) {
        const auto request = Quay::agentRequestFrom(Quay::toText(*first));
        require(request.has_value());
        require(Quay::agentRequestFrom(Quay::toText(*request)) == *request);
    }
    if (const auto first = Quay::agentMessageFrom(text)) {
        const auto message = Quay::agentMessageFrom(Quay::toText(*first));
        require(message.has_value());
        require(Quay::agentMessageFrom(Quay::toText(*message)) == *message);
    }
    return 0;
}
