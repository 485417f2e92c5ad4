// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/threadcputime.h"
#include "core/ports/portsnapshot.h"

#include <chrono>

namespace Quay {

/// Adds the time until it is destroyed to a LookCost. Belongs to one thread, whose CPU time it takes.
class CostMeter
{
public:
    /// Both outlive this object.
    CostMeter(LookCost &cost, const Clock &clock)
        : m_cost(cost)
        , m_clock(clock)
    {
    }
    CostMeter(const CostMeter &) = delete;
    CostMeter &operator=(const CostMeter &) = delete;
    ~CostMeter()
    {
        m_cost.wallTime += m_clock.monotonic() - m_wallStart;
        m_cost.cpuTime += threadCpuTime() - m_cpuStart;
    }

private:
    LookCost &m_cost;
    const Clock &m_clock;
    std::chrono::nanoseconds m_wallStart = m_clock.monotonic();
    std::chrono::nanoseconds m_cpuStart = threadCpuTime();
};

} // namespace Quay
