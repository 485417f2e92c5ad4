// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// `2026-07-14T15:04:05.123Z` @p realTime: since 1970. Threads: pure function.
[[nodiscard]] std::string auditTimeText(std::chrono::nanoseconds realTime);
/// The other way. Nothing for other texts.
[[nodiscard]] std::optional<std::chrono::nanoseconds> auditTimeFromText(std::string_view text);

} // namespace Quay
