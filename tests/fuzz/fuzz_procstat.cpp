// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procstat.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <format>

using Quay::Fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto status = Quay::zombieStatusFrom(text);
    require(!status || !*status || text.contains('Z'));
    const auto stat = Quay::parseProcStat(text);
    if (!stat) {
        require(stat.error() == Quay::Error{.code = Quay::ErrorCode::Malformed, .subject = std::string(text)});
        return 0;
    }
    require(stat->pid > 0 && stat->parentPid >= 0);
    require(text.contains('(' + stat->comm + ')'));
    // Written the way the kernel does, it reads the same.
    const auto again =
        std::format("{} ({}) {} {} {} {} {} -1 {} 0 0 0 0 {} {} 0 0 20 0 {} 0 {} 0 {} 0\n", stat->pid, stat->comm,
                    stat->state, stat->parentPid, stat->processGroup, stat->session,
                    static_cast<std::int32_t>(stat->terminal.value_or(0)), stat->isKernelThread ? 0x00200000 : 0,
                    stat->userTicks, stat->systemTicks, stat->threadCount, stat->startTicks, stat->residentPages);
    require(Quay::parseProcStat(again) == *stat);
    return 0;
}
