// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/starttext.h"

#include "app/shared/format.h"
#include "core/base/words.h"
#include "core/kernel/ipaddress.h"
#include "core/startup/startupphase.h"

#include <QCoreApplication>
#include <QStringList>

namespace Quay {

namespace {

struct StartTexts
{
    Q_DECLARE_TR_FUNCTIONS(StartText)
};

QString builtInName(BuiltInPhase phase)
{
    switch (phase) {
    case BuiltInPhase::WaitingForNeeds:
        return StartTexts::tr("waiting for others", "phase of a start");
    case BuiltInPhase::Preflight:
        return StartTexts::tr("checks", "phase of a start");
    case BuiltInPhase::Spawned:
        return StartTexts::tr("started", "phase of a start");
    case BuiltInPhase::FirstOutput:
        return StartTexts::tr("first output", "phase of a start");
    case BuiltInPhase::Listening:
        return StartTexts::tr("listening", "phase of a start");
    case BuiltInPhase::Accepting:
        return StartTexts::tr("accepting", "phase of a start");
    case BuiltInPhase::Healthy:
        return StartTexts::tr("healthy", "phase of a start");
    case BuiltInPhase::Ready:
        return StartTexts::tr("ready", "phase of a start");
    }
    return {};
}

QString endpointOf(const IpAddress &address, std::uint16_t port)
{
    return QString::fromStdString(endpointText(address, port));
}

QString refusedText(const RefusedEndpoint &refused)
{
    const QString endpoint = endpointOf(refused.address, refused.port);
    return isLoopback(refused.address) ? StartTexts::tr("waits for %1, nothing listens there").arg(endpoint)
                                       : StartTexts::tr("waits for %1, which does not answer").arg(endpoint);
}

QString endpointsOf(const std::vector<SocketRecord> &listeners)
{
    QStringList endpoints;
    for (const auto &listener : listeners) {
        endpoints << endpointOf(listener.localAddress, listener.localPort);
    }
    return endpoints.join(QStringLiteral(", "));
}

QString holderText(const ForeignListener &holder)
{
    return holder.holder
        ? StartTexts::tr("%1 (process %2)").arg(shownText(holder.holderName), QString::number(holder.holder->pid))
        : StartTexts::tr("somebody of whom no more can be seen");
}

QString kindText(const Contradiction &contradiction)
{
    const QString port = QString::number(contradiction.expectedPort.value_or(0));
    const QString own = endpointsOf(contradiction.listeners);
    switch (contradiction.kind) {
    case ContradictionKind::NotListening:
        return contradiction.expectedPort
            ? StartTexts::tr("says that it is up, but has not opened port %1 nor any other").arg(port)
            : StartTexts::tr("says that it is up, but has opened no port");
    case ContradictionKind::OtherPort:
        return contradiction.holder
            ? StartTexts::tr("says that it is up, but listens at %1: port %2 is held by %3")
                  .arg(own, port, holderText(*contradiction.holder))
            : StartTexts::tr("says that it is up, but listens at %1 and not on port %2").arg(own, port);
    case ContradictionKind::HeldByOther:
        return StartTexts::tr("says that it is up, but port %1 is held by %2")
            .arg(port, contradiction.holder ? holderText(*contradiction.holder) : QString());
    case ContradictionKind::OtherFamily:
    case ContradictionKind::OtherAddress:
        return StartTexts::tr("listens at %1 only, and is asked at %2")
            .arg(own,
                 contradiction.probedAddress
                     ? endpointOf(*contradiction.probedAddress, contradiction.expectedPort.value_or(0))
                     : port);
    case ContradictionKind::NobodyAccepts:
        return contradiction.isQueueFull
            ? StartTexts::tr("listens at %1, but takes no connections, and no more can wait there").arg(own)
            : StartTexts::tr("listens at %1, but takes no connections: one has been waiting for %2")
                  .arg(own, durationText(contradiction.waits.value_or(std::chrono::nanoseconds())));
    case ContradictionKind::DoesNotAnswer:
        return StartTexts::tr("listens at %1, but does not answer as it should").arg(own);
    }
    return {};
}

/// Of which it is not known for how long it goes on.
QString conditionText(ProcessCondition condition, const QString &process)
{
    switch (condition) {
    case ProcessCondition::Stopped:
        return StartTexts::tr("%1 is stopped by a signal or debugger", "a process").arg(process);
    case ProcessCondition::Uninterruptible:
        return StartTexts::tr("%1 waits for a disk or a network file system", "a process").arg(process);
    case ProcessCondition::Computing:
        return StartTexts::tr("%1 computes without a pause", "a process").arg(process);
    case ProcessCondition::Ordinary:
        break;
    }
    return {};
}

/// What a process does that may be the reason; empty when it does nothing unusual.
QString conditionText(const Contradiction &contradiction)
{
    if (!contradiction.process) {
        return {};
    }
    const QString process =
        StartTexts::tr("%1 (process %2)")
            .arg(shownText(contradiction.process->name), QString::number(contradiction.process->id.pid));
    if (!contradiction.process->sameFor) { // an agent tells the condition alone
        return conditionText(contradiction.condition, process);
    }
    const QString time = durationText(*contradiction.process->sameFor);
    switch (contradiction.condition) {
    case ProcessCondition::Stopped:
        return StartTexts::tr("%1 has been stopped for %2 by a signal or debugger", "a process, a time")
            .arg(process, time);
    case ProcessCondition::Uninterruptible:
        return StartTexts::tr("%1 has been waiting for a disk or a network file system for %2", "a process, a time")
            .arg(process, time);
    case ProcessCondition::Computing:
        return StartTexts::tr("%1 has been computing without a pause for %2", "a process, a time").arg(process, time);
    case ProcessCondition::Ordinary:
        break;
    }
    return {};
}

} // namespace

QString phaseText(std::string_view phase)
{
    const auto builtIn = valueFor(BuiltInPhaseWords, phase);
    return builtIn ? builtInName(*builtIn) : shownText(phase);
}

QString overdueText(const OverduePhase &overdue)
{
    QStringList parts;
    for (const auto &refused : overdue.refused) {
        parts << refusedText(refused);
    }
    QStringList running;
    for (const auto &phase : overdue.running) {
        running << phaseText(phase);
    }
    if (!running.isEmpty()) {
        parts << StartTexts::tr("not over either: %1", "phases of a start").arg(running.join(QStringLiteral(", ")));
    }
    const QString text = StartTexts::tr("has not got through its phase '%1' within %2")
                             .arg(phaseText(overdue.phase), elapsedText(overdue.limit));
    return parts.isEmpty()
        ? text
        : StartTexts::tr("%1: %2", "what is wrong: details").arg(text, parts.join(QStringLiteral("; ")));
}

QString contradictionText(const Contradiction &contradiction)
{
    const QString condition = conditionText(contradiction);
    const QString text = kindText(contradiction);
    return condition.isEmpty() ? text : StartTexts::tr("%1; %2", "what is wrong; why").arg(text, condition);
}

} // namespace Quay
