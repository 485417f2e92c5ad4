// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/tablechange.h"

#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <span>

namespace Quay {

TableChange changeOf(std::span<const SocketRecord> before, std::span<const SocketRecord> after)
{
    const auto front = static_cast<std::size_t>(std::ranges::mismatch(before, after).in1 - before.begin());
    const auto restBefore = before.subspan(front);
    const auto restAfter = after.subspan(front);
    const auto reversed = restBefore | std::views::reverse;
    const auto back = static_cast<std::size_t>(std::ranges::mismatch(reversed, restAfter | std::views::reverse).in1
                                               - reversed.begin());
    return {.before = restBefore.first(restBefore.size() - back), .after = restAfter.first(restAfter.size() - back)};
}

} // namespace Quay
