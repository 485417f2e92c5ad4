// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace Quay {

/// Text of another process, made fit to be shown by safeText().
[[nodiscard]] QString shownText(std::string_view bytes);

/// The beginning of a line that is too long to be read: a command line may have 128 KiB.
[[nodiscard]] QString shortened(const QString &line);

/// Plain text for QToolTip, which takes what looks like HTML for HTML: a process could be called `<img ...>`.
[[nodiscard]] QString toolTipHtml(const QString &plain);

/// `350 ms`, `12 s`, `5 min`, `3 h`, `2 d`: the largest unit that fits, cut off, never negative.
[[nodiscard]] QString durationText(std::chrono::nanoseconds duration);

/// `350 ms`, `1.3 s`, `12 s`, `2 min`, `2 min 5 s`: for what somebody waited for.
[[nodiscard]] QString elapsedText(std::chrono::nanoseconds duration);

/// `512 B`, `1.5 kB`, `38 MB`: SI units, one decimal below ten.
[[nodiscard]] QString bytesText(std::uint64_t bytes);

/// `0.1 %`, `12 %`: @p share is of one whole, 0.001 is `0.1 %`. Below 0.05 % it is `0 %`.
[[nodiscard]] QString percentText(double share);

/// How long ago a process started. Units: @p startTicks as in ProcessId. Zero when the clock says that it is yet to
/// come.
[[nodiscard]] std::chrono::nanoseconds runningTime(std::uint64_t startTicks, const Clock &clock = systemClock());

/// When a process started, since 1970. Units: @p startTicks as in ProcessId.
[[nodiscard]] std::chrono::nanoseconds startTime(std::uint64_t startTicks, const Clock &clock = systemClock());

/// `Mon 14 Jul 2026 15:04:05` in the user's locale and time zone. @p realTime: since 1970.
[[nodiscard]] QString timeText(std::chrono::nanoseconds realTime);

} // namespace Quay
