// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditentry.h"

#include "core/control/servicestops.h"
#include "core/processes/secretmask.h"

#include <algorithm>

namespace Quay {

namespace {

AuditTarget targetFrom(const ProcessInfo &process, TargetRole role)
{
    AuditTarget target;
    target.id = process.id;
    target.name = process.name;
    target.arguments = maskedArguments(process.arguments);
    target.uid = process.uid;
    target.role = role;
    return target;
}

} // namespace

AuditRefusal refusalOf(const PlanFailure &failure)
{
    return failure.neverEnded ? AuditRefusal::NeverEnded : AuditRefusal::Gone;
}

AuditRefusal refusalOf(const KillPlan &plan)
{
    return plan.zombies.empty() ? AuditRefusal::Stays : AuditRefusal::Zombie;
}

AuditTarget auditTargetFrom(const ProcessInfo &process)
{
    return targetFrom(process, TargetRole::Asked);
}

AuditTarget auditTargetFrom(const KillTarget &target)
{
    AuditTarget planned = targetFrom(*target.process, target.role);
    planned.plannedSignal = target.signal;
    return planned;
}

AuditTarget auditTargetFrom(const TargetProgress &progress)
{
    AuditTarget target = targetFrom(*progress.process, progress.role);
    target.outcome = progress.stage;
    target.isLate = progress.isLate;
    target.wasZombie = progress.wasZombie;
    target.isUninterruptible = progress.isUninterruptible;
    target.signals = progress.signals;
    target.endedAfter = progress.endedAfter;
    target.exit = progress.exit;
    target.error = progress.error;
    return target;
}

AuditZombie auditZombieFrom(const Zombie &zombie)
{
    return {.id = zombie.process->id, .name = zombie.process->name};
}

AuditZombie auditZombieFrom(const ZombieOutcome &outcome)
{
    return {.id = outcome.process->id, .name = outcome.process->name, .isGone = outcome.isGone};
}

AuditPort auditPortFrom(const Listener &listener)
{
    AuditPort port;
    port.protocol = listener.socket.protocol;
    port.address = listener.socket.localAddress;
    port.port = listener.socket.localPort;
    return port;
}

AuditPort auditPortFrom(const PortOutcome &outcome)
{
    AuditPort port = auditPortFrom(*outcome.listener);
    port.state = outcome.proof.state;
    port.cameBack = outcome.cameBack;
    for (const auto &remains : outcome.proof.remains) {
        port.remains.push_back({.state = remains.state, .count = remains.count, .users = {}}); // who is not recorded
    }
    port.error = outcome.proof.error;
    for (const auto &holder : outcome.proof.holders) {
        port.holders.push_back(
            {.address = holder.localAddress, .port = holder.localPort, .uid = holder.uid, .inode = holder.inode});
    }
    return port;
}

AuditAction actionStopping(const ManagedService &service)
{
    return {.key = service.kind == ReviverKind::Unit ? "stopUnit" : "stopContainer", .subject = service.name};
}

std::vector<AuditAction> triedActions(std::vector<AuditAction> planned, const ServiceStops &stops)
{
    if (stops.error) {
        planned.resize(stops.stopped + (stops.wasAsked ? 1 : 0));
    }
    if (stops.error && stops.wasAsked) {
        planned.back().error = stops.error;
    }
    return planned;
}

bool isSuccess(const AuditEntry &entry)
{
    const auto isTargetGone = [](const AuditTarget &target) { return isGone(target.outcome); };
    const auto isPortFree = [](const AuditPort &port) { return isFree(port.state) && !port.cameBack; };
    const auto isDone = [](const AuditAction &action) { return !action.error; };
    return entry.state == AuditState::Ended && !entry.isLeft && std::ranges::all_of(entry.targets, isTargetGone)
        && std::ranges::all_of(entry.zombies, &AuditZombie::isGone) && std::ranges::all_of(entry.ports, isPortFree)
        && std::ranges::all_of(entry.actions, isDone);
}

} // namespace Quay
