// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace Quay {

/// Where the time comes from. Injected, so that a test decides how late it is. Threads: any.
class Clock
{
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;

    /// CLOCK_MONOTONIC: for intervals. Does not count time in suspend.
    [[nodiscard]] virtual std::chrono::nanoseconds monotonic() const = 0;
    /// CLOCK_BOOTTIME: the clock in which the kernel gives process start times. Counts time in suspend.
    [[nodiscard]] virtual std::chrono::nanoseconds sinceBoot() const = 0;
    /// CLOCK_REALTIME since 1970: for what a person reads.
    [[nodiscard]] virtual std::chrono::nanoseconds realTime() const = 0;
};

/// The kernel's own clocks.
[[nodiscard]] const Clock &systemClock();

} // namespace Quay
