// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace Quay {

/// A clock that stands still until it is set by another one. Threads: not shared.
class StillClock : public Clock
{
public:
    void setBy(const Clock &clock)
    {
        m_monotonic = clock.monotonic();
        m_sinceBoot = clock.sinceBoot();
        m_realTime = clock.realTime();
    }

    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return m_monotonic; }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return m_sinceBoot; }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return m_realTime; }

private:
    std::chrono::nanoseconds m_monotonic{};
    std::chrono::nanoseconds m_sinceBoot{};
    std::chrono::nanoseconds m_realTime{};
};

} // namespace Quay
