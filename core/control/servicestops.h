// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/control/servicemanagers.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace Quay {

struct EndingReport;
struct KillPlan;

/// What came of stopping services, one after the other.
struct ServiceStops
{
    std::size_t stopped = 0; ///< The first so many of them.
    /// Established connections that had not ended when their time had passed. Nothing when nobody was stopped.
    std::optional<std::uint32_t> connectionsCut;
    std::optional<Error> error; ///< Why it was not all of them.
    bool wasAsked = false; ///< The error is the answer of the next one's manager; else it was given up before.

    bool operator==(const ServiceStops &) const = default;
};

/// Follows a stopServices(). None of them may be empty.
struct ServiceStopObserver
{
    GoesOn goesOn; ///< Asked again and again. No: it is given up.
    std::function<void()> drained; ///< Connections have ended, or their time has. Nobody was asked yet.
    std::function<void(const ManagedService &service)> asks;
};

/**
 * Stops @p services one after the other, until one cannot be, once the connections of @p plan have drained: see
 * awaitDrained(). @p grace: of a container; none where the plan forces.
 *
 * Threads: any; blocks as ServiceManagers.
 */
[[nodiscard]] ServiceStops stopServices(ServiceManagers &managers, std::span<const ManagedService> services,
                                        const KillPlan &plan, std::chrono::milliseconds grace,
                                        const ServiceStopObserver &observer);

/// What there is to report when @p plan ended with @p stops, so that nobody was signalled. @p begunAt, @p now:
/// Clock::realTime().
[[nodiscard]] EndingReport reportOfNothing(const KillPlan &plan, const ServiceStops &stops,
                                           std::chrono::nanoseconds begunAt, std::chrono::nanoseconds now);

} // namespace Quay
