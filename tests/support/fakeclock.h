// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace Quay::Test {

/// Time that passes when the test says so.
class FakeClock : public Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return m_sinceBoot; }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return m_sinceBoot; }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return m_bootTime + m_sinceBoot; }

    void advance(std::chrono::nanoseconds time) { m_sinceBoot += time; }

private:
    std::chrono::nanoseconds m_bootTime = std::chrono::seconds(1'700'000'000);
    std::chrono::nanoseconds m_sinceBoot = std::chrono::hours(1);
};

} // namespace Quay::Test
