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
    const auto load = Quay::parseSchedulerLoad(text);
    if (!load) {
        require(load.error() == Quay::Error{.code = Quay::ErrorCode::Malformed, .subject = std::string(text)});
        return 0;
    }
    const std::string runnable = std::to_string(load->runnable);
    const std::string lastPid = std::to_string(load->lastPid);
    require(load->lastPid >= 0 && text.contains(runnable) && text.contains(lastPid));
    require(Quay::parseSchedulerLoad("0.20 0.18 0.12 " + runnable + "/80 " + lastPid + "\n") == *load);
    return 0;
}
