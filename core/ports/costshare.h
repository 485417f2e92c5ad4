// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace Quay {

/**
 * Puts off what turns out to be dear, so that it takes no more than one part in fifty of the time. What takes a
 * millisecond at most may be done at every look.
 *
 * Threads: not shared.
 */
class CostShare
{
public:
    /// @p clock outlives this object.
    explicit CostShare(const Clock &clock)
        : m_clock(clock)
    {
    }

    [[nodiscard]] bool isDue() const { return m_clock.monotonic() >= m_due; }

    /// Does it, and decides when it may be done again.
    template<typename Work>
    void spend(const Work &work)
    {
        const auto start = m_clock.monotonic();
        work();
        const auto end = m_clock.monotonic();
        m_due = end - start <= Cheap ? end : end + (Share * (end - start));
    }

private:
    static constexpr auto Cheap = std::chrono::milliseconds(1);
    static constexpr int Share = 50;

    const Clock &m_clock;
    std::chrono::nanoseconds m_due{};
};

} // namespace Quay
