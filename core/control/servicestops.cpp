// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/servicestops.h"

#include "core/control/draining.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace Quay {

namespace {

Error givenUpBefore(const ManagedService &service)
{
    return {.code = ErrorCode::Io, .subject = service.name, .sysErrno = ECANCELED};
}

} // namespace

ServiceStops stopServices(ServiceManagers &managers, std::span<const ManagedService> services, const KillPlan &plan,
                          std::chrono::milliseconds grace, const ServiceStopObserver &observer)
{
    ServiceStops stops;
    const auto cut = services.empty() ? std::nullopt : awaitDrained(plan, observer.goesOn);
    if (!services.empty() && observer.goesOn()) {
        observer.drained();
    }
    for (const auto &service : services) {
        if (!observer.goesOn()) { // a manager hears the question before it is asked whether it goes on
            stops.error = givenUpBefore(service);
            return stops;
        }
        observer.asks(service);
        const auto done = managers.stop(service, plan.isForced ? std::chrono::milliseconds(0) : grace, observer.goesOn);
        if (!done) {
            stops.error = done.error();
            stops.wasAsked = true;
            return stops;
        }
        ++stops.stopped;
        stops.connectionsCut = cut;
    }
    return stops;
}

EndingReport reportOfNothing(const KillPlan &plan, const ServiceStops &stops, std::chrono::nanoseconds begunAt,
                             std::chrono::nanoseconds now)
{
    EndingReport report = reportOfNothing(plan, begunAt);
    report.isInterrupted = stops.error && stops.error->sysErrno == ECANCELED;
    report.connectionsCut = stops.connectionsCut;
    report.elapsed = std::max(now - begunAt, std::chrono::nanoseconds(0));
    return report;
}

} // namespace Quay
