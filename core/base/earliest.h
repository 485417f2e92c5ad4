// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <initializer_list>
#include <optional>

namespace Quay {

/// The first of some times of one clock; nothing when there is none. Threads: pure function.
[[nodiscard]] constexpr std::optional<std::chrono::nanoseconds>
earliestOf(std::initializer_list<std::optional<std::chrono::nanoseconds>> times)
{
    std::optional<std::chrono::nanoseconds> earliest;
    for (const auto &time : times) {
        if (time && (!earliest || *time < *earliest)) { // an empty optional would be less than any time
            earliest = time;
        }
    }
    return earliest;
}

} // namespace Quay
