// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/proclist.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto pid = Quay::parseLastPid(text);
    if (!pid) {
        require(pid.error() == Quay::Error{.code = Quay::ErrorCode::Malformed, .subject = std::string(text)});
        return 0;
    }
    require(*pid >= 0 && text.contains(std::to_string(*pid)));
    require(Quay::parseLastPid("0.20 0.18 0.12 1/80 " + std::to_string(*pid) + "\n") == *pid);
    return 0;
}
