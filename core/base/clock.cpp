// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <chrono>
#include <ctime>

namespace Quay {

namespace {

class SystemClock : public Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return now(CLOCK_MONOTONIC); }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return now(CLOCK_BOOTTIME); }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return now(CLOCK_REALTIME); }

private:
    [[nodiscard]] static std::chrono::nanoseconds now(clockid_t id)
    {
        timespec time{};
        ::clock_gettime(id, &time); // cannot fail for these three
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
};

} // namespace

const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

} // namespace Quay
