// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/notifymessage.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a datagram of sd_notify.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto message = Quay::notifyMessageFrom(Quay::Fuzz::asText(data, size));
    require(!message.mainPid || *message.mainPid > 1);
    require(!message.status || !message.status->contains('\n'));
    return 0;
}
