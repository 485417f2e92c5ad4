// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/controlmessage.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a datagram of either direction. What is understood means the same when it is written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    if (const auto request = Quay::controlRequestFrom(text)) {
        require(Quay::controlRequestFrom(Quay::toText(*request)) == *request);
    }
    if (const auto message = Quay::controlMessageFrom(text)) {
        require(Quay::controlMessageFrom(Quay::toText(*message)) == *message);
    }
    return 0;
}
