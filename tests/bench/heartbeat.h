// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/threadcputime.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <functional>

namespace Quay::Test {

/// Beats in every turn of the event loop and remembers the longest time between two beats.
class Heartbeat
{
public:
    Heartbeat()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
    }

    /// Has @p work done by the event loop and runs it until all is painted.
    void during(const std::function<void()> &work)
    {
        begin();
        QTimer::singleShot(std::chrono::milliseconds(0), &m_timer, work);
        for (int turn = 0; turn < TurnsToSettle; ++turn) {
            QCoreApplication::processEvents();
        }
        m_timer.stop();
    }

    /// Runs the event loop until @p isOver, or for @p most. Whether it was over by then.
    template<std::predicate Condition>
    bool until(Condition isOver, std::chrono::seconds most)
    {
        begin();
        const auto end = m_last + most;
        while (!isOver() && m_last < end) {
            QCoreApplication::processEvents();
        }
        m_timer.stop();
        return isOver();
    }

    [[nodiscard]] std::chrono::nanoseconds longest() const { return m_longest; }
    /// CPU time of this thread between two beats, at most: without the time in which the machine did something else.
    [[nodiscard]] std::chrono::nanoseconds busiest() const { return m_busiest; }

private:
    static constexpr int TurnsToSettle = 200;

    void begin()
    {
        m_longest = {};
        m_busiest = {};
        m_last = std::chrono::steady_clock::now();
        m_lastCpu = threadCpuTime();
        m_timer.start(std::chrono::milliseconds(0));
    }

    void beat()
    {
        const auto now = std::chrono::steady_clock::now();
        m_longest = std::max<std::chrono::nanoseconds>(m_longest, now - m_last);
        m_last = now;
        const auto cpu = threadCpuTime();
        m_busiest = std::max(m_busiest, cpu - m_lastCpu);
        m_lastCpu = cpu;
    }

    QTimer m_timer;
    std::chrono::steady_clock::time_point m_last;
    std::chrono::nanoseconds m_lastCpu{};
    std::chrono::nanoseconds m_longest{};
    std::chrono::nanoseconds m_busiest{};
};

} // namespace Quay::Test
