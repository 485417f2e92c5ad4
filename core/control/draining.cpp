// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/draining.h"

#include "core/base/clock.h"
#include "core/control/endingports.h"
#include "core/control/killplan.h"
#include "core/kernel/sockdiag.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <thread>

namespace Quay {

std::optional<std::uint32_t> awaitDrained(const KillPlan &plan, const GoesOn &goesOn)
{
    if (!plan.drain || plan.isForced) {
        return std::nullopt;
    }
    SockDiag diag(diagTransportOrRefusal());
    const EndingPorts ports(plan);
    const auto end = systemClock().monotonic() + *plan.drain;
    for (auto count = ports.connections(diag); count.value_or(0) > 0 && goesOn(); count = ports.connections(diag)) {
        const auto left = end - systemClock().monotonic();
        if (left <= std::chrono::nanoseconds(0)) {
            return count;
        }
        std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(left, DrainInterval));
    }
    return std::nullopt;
}

} // namespace Quay
