// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/serverstatus.h"

#include "core/base/clock.h"
#include "core/servers/fleet.h"
#include "core/servers/serverrunner.h"
#include "core/servers/serverspec.h"
#include "core/supervise/lease.h"

namespace Quay {

ServerStatus statusOf(const ServerRunner &server, const Fleet &fleet, const ServerFile &file, const Clock &clock)
{
    const ServerLife &life = server.life();
    ServerStatus status{.file = file.path,
                        .project = file.project,
                        .name = server.spec().name,
                        .state = life.state(),
                        .reason = life.reason(),
                        .since = clock.realTime() - (clock.monotonic() - life.since()),
                        .ports = server.spec().ports,
                        .account = server.account(),
                        .elsewhere = server.runElsewhere().transform([](const Lease &lease) {
                            return ForeignRun{.supervisor = lease.supervisor, .since = lease.startedAt.realTime};
                        }),
                        .unwatchedFor = server.unwatchedFor(),
                        .isStartOpen = server.startup().isUnderWay(),
                        .isWanted = life.isWanted() && !fleet.isToStop(server),
                        .isOutdated = server.isOutdated(),
                        .isRemoved = fleet.isRemoved(server)};
    if (const auto &run = server.run()) {
        status.runId = run->id;
        status.startedAt = run->startedAt;
        status.process = run->server;
        status.supervisor = run->supervisor;
        status.readyAfter = server.startedIn();
    }
    if (life.reason().cause == StateCause::Launch || life.reason().cause == StateCause::Supervisor) {
        status.launchFailure = server.launchFailure();
    }
    const StateReason &reason = life.reason();
    const bool lacksNeed = reason.cause == StateCause::Need && life.state() == ServerState::Failed;
    if (lacksNeed || reason.cause == StateCause::Probe
        || (reason.cause == StateCause::Pause && !reason.subject.empty())) {
        status.seen = server.troubleSeen();
    }
    if (isUp(life.state())) {
        status.overdue = server.startup().overdue();
        status.contradiction = server.startup().contradiction();
    }
    if (const auto *const other = fleet.heldUpBy(server); other != nullptr) {
        status.heldUpBy = other->spec().name;
    }
    return status;
}

} // namespace Quay
