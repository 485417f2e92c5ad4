// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace Quay {

/**
 * A duration as programs print it: `356` with the unit `ms`, `1.25` with `s`, `1,234.5` with `ms`.
 *
 * Without @p unit the number may have one behind it (`1.2s`, `1m 3s`); a bare number is in seconds.
 *
 * Errors:  nothing for what is no number, has an unknown unit, is negative or longer than a week.
 * Threads: pure function.
 */
[[nodiscard]] std::optional<std::chrono::nanoseconds> spokenDuration(std::string_view number, std::string_view unit);

} // namespace Quay
