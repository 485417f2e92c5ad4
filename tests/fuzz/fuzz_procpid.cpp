// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procchildren.h"
#include "core/kernel/proclink.h"
#include "core/kernel/procschedstat.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using Quay::Fuzz::require;

namespace {

/// Nothing of the target is lost, and it is cut only where the file is no more.
void requireLink(std::string_view target, bool stillExists)
{
    constexpr std::string_view Suffix = " (deleted)";
    const auto link = Quay::parseProcLink(std::string(target), stillExists);
    require(link.isDeleted == (!stillExists && target.ends_with(Suffix)));
    require(link.isDeleted ? link.path + std::string(Suffix) == target : link.path == target);
}

void requireSchedStat(std::string_view text)
{
    const auto stat = Quay::parseProcSchedStat(text);
    if (!stat) {
        require(stat.error() == Quay::Error{.code = Quay::ErrorCode::Malformed, .subject = std::string(text)});
        return;
    }
    require(stat->ran.count() >= 0 && stat->waited.count() >= 0);
    const std::string again = std::to_string(stat->ran.count()) + ' ' + std::to_string(stat->waited.count()) + " 2\n";
    require(Quay::parseProcSchedStat(again) == *stat);
}

void requireChildren(std::string_view text)
{
    const auto pids = Quay::parseProcChildren(text);
    std::string again;
    for (const auto pid : pids) {
        require(pid > 0);
        again += std::to_string(pid) + ' ';
    }
    require(Quay::parseProcChildren(again) == pids);
}

} // namespace

// The input is a small file of /proc/PID, or where a link leads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    requireLink(text, true);
    requireLink(text, false);
    requireSchedStat(text);
    requireChildren(text);
    return 0;
}
