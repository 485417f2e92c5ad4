// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingjson.h"

#include "app/cli/listenerjson.h"
#include "app/shared/endingtext.h"

#include <QJsonArray>

#include <chrono>

namespace Quay {

namespace {

const QJsonValue Null(QJsonValue::Null);

QString jsonWord(KillScope scope)
{
    switch (scope) {
    case KillScope::Process:
        return QStringLiteral("process");
    case KillScope::Tree:
        return QStringLiteral("tree");
    case KillScope::Session:
        return QStringLiteral("session");
    }
    return {};
}

QString jsonWord(TargetRole role)
{
    switch (role) {
    case TargetRole::Asked:
        return QStringLiteral("asked");
    case TargetRole::Below:
        return QStringLiteral("below");
    case TargetRole::Starter:
        return QStringLiteral("starter");
    }
    return {};
}

QString jsonWord(TargetStage stage)
{
    switch (stage) {
    case TargetStage::Waiting:
        return QStringLiteral("waiting");
    case TargetStage::NeedsPermission:
        return QStringLiteral("needsPermission");
    case TargetStage::Asked:
        return QStringLiteral("asked");
    case TargetStage::Forced:
        return QStringLiteral("forced");
    case TargetStage::Ended:
        return QStringLiteral("ended");
    case TargetStage::Recycled:
        return QStringLiteral("recycled");
    case TargetStage::Left:
        return QStringLiteral("left");
    case TargetStage::Refused:
        return QStringLiteral("refused");
    }
    return {};
}

QString jsonWord(LeaveOutReason reason)
{
    switch (reason) {
    case LeaveOutReason::Init:
        return QStringLiteral("init");
    case LeaveOutReason::KernelThread:
        return QStringLiteral("kernelThread");
    case LeaveOutReason::Ourselves:
        return QStringLiteral("ourselves");
    case LeaveOutReason::Shell:
        return QStringLiteral("shell");
    case LeaveOutReason::Terminal:
        return QStringLiteral("terminal");
    case LeaveOutReason::Ide:
        return QStringLiteral("ide");
    case LeaveOutReason::DesktopSession:
        return QStringLiteral("desktopSession");
    case LeaveOutReason::ServiceManager:
        return QStringLiteral("serviceManager");
    case LeaveOutReason::Protected:
        return QStringLiteral("protected");
    }
    return {};
}

QString jsonWord(ReviverKind kind)
{
    switch (kind) {
    case ReviverKind::Unit:
        return QStringLiteral("unit");
    case ReviverKind::Container:
        return QStringLiteral("container");
    case ReviverKind::ProcessManager:
        return QStringLiteral("processManager");
    }
    return {};
}

QString jsonWord(PortState state)
{
    switch (state) {
    case PortState::Unknown:
        return QStringLiteral("unknown");
    case PortState::Free:
        return QStringLiteral("free");
    case PortState::FreeUntested:
        return QStringLiteral("freeUntested");
    case PortState::Held:
        return QStringLiteral("held");
    case PortState::Lingering:
        return QStringLiteral("lingering");
    }
    return {};
}

QString jsonWord(SocketState state)
{
    switch (state) {
    case SocketState::Established:
        return QStringLiteral("established");
    case SocketState::SynSent:
        return QStringLiteral("synSent");
    case SocketState::TimeWait:
        return QStringLiteral("timeWait");
    case SocketState::CloseWait:
        return QStringLiteral("closeWait");
    case SocketState::FinWait:
        return QStringLiteral("finWait");
    case SocketState::Closed:
        return QStringLiteral("closed");
    case SocketState::Listening:
        return QStringLiteral("listening");
    case SocketState::Other:
        break;
    }
    return QStringLiteral("other");
}

qint64 milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

QJsonObject identity(const ProcessInfo &process)
{
    return {
        {QStringLiteral("pid"), process.id.pid},
        {QStringLiteral("startTicks"), static_cast<qint64>(process.id.startTicks)},
        {QStringLiteral("name"), jsonText(process.name)},
    };
}

QJsonObject toJson(const KillTarget &target)
{
    QJsonObject object = identity(*target.process);
    object.insert(QStringLiteral("role"), jsonWord(target.role));
    object.insert(QStringLiteral("signal"), signalText(target.signal));
    return object;
}

QJsonObject toJson(const TargetProgress &target)
{
    QJsonObject object = identity(*target.process);
    object.insert(QStringLiteral("role"), jsonWord(target.role));
    object.insert(QStringLiteral("outcome"), jsonWord(target.stage));
    object.insert(QStringLiteral("cameLate"), target.isLate);
    object.insert(QStringLiteral("wasZombie"), target.wasZombie);
    object.insert(QStringLiteral("isUninterruptible"), target.isUninterruptible);
    QJsonArray sent;
    for (const auto &signal : target.signals) {
        sent.append(QJsonObject{{QStringLiteral("signal"), signalText(signal.signal)},
                                {QStringLiteral("at"), jsonTime(signal.at)},
                                {QStringLiteral("delivered"), !signal.error.has_value()}});
    }
    object.insert(QStringLiteral("signals"), sent);
    object.insert(QStringLiteral("endedAfterMs"),
                  target.endedAfter ? QJsonValue(milliseconds(*target.endedAfter)) : Null);
    const bool exited = target.exit && target.exit->code;
    object.insert(QStringLiteral("exitCode"), exited ? QJsonValue(*target.exit->code) : Null);
    const bool wasSignalled = target.exit && target.exit->signal != 0;
    object.insert(QStringLiteral("exitSignal"), wasSignalled ? QJsonValue(signalText(target.exit->signal)) : Null);
    return object;
}

QJsonObject toJson(const PortOutcome &port)
{
    const auto &socket = port.listener->socket;
    QJsonArray remains;
    for (const auto &some : port.proof.remains) {
        remains.append(QJsonObject{{QStringLiteral("state"), jsonWord(some.state)},
                                   {QStringLiteral("count"), static_cast<qint64>(some.count)}});
    }
    return {
        {QStringLiteral("port"), socket.localPort},
        {QStringLiteral("protocol"), jsonWord(socket.protocol)},
        {QStringLiteral("address"), QString::fromStdString(toString(socket.localAddress))},
        {QStringLiteral("state"), jsonWord(port.proof.state)},
        {QStringLiteral("cameBack"), port.cameBack},
        {QStringLiteral("remains"), remains},
    };
}

template<typename Items>
QJsonArray jsonArray(const Items &items)
{
    QJsonArray array;
    for (const auto &item : items) {
        array.append(toJson(item));
    }
    return array;
}

QJsonArray leftOutJson(const KillPlan &plan)
{
    QJsonArray array;
    for (const auto &left : plan.leftOut) {
        QJsonObject object = identity(*left.process);
        object.insert(QStringLiteral("reason"), jsonWord(left.reason));
        array.append(object);
    }
    return array;
}

QJsonArray reviversJson(const KillPlan &plan)
{
    QJsonArray array;
    for (const auto &reviver : plan.revivers) {
        array.append(QJsonObject{
            {QStringLiteral("kind"), jsonWord(reviver.kind)},
            {QStringLiteral("name"), jsonText(reviver.name)},
            {QStringLiteral("pid"), reviver.process != nullptr ? QJsonValue(reviver.process->id.pid) : Null},
        });
    }
    return array;
}

QJsonArray plannedPorts(const KillPlan &plan)
{
    QJsonArray array;
    for (const auto &listener : plan.listeners) {
        const auto &socket = listener->socket;
        array.append(
            QJsonObject{{QStringLiteral("port"), socket.localPort},
                        {QStringLiteral("protocol"), jsonWord(socket.protocol)},
                        {QStringLiteral("address"), QString::fromStdString(toString(socket.localAddress))}});
    }
    return array;
}

QJsonObject commonJson(const KillPlan &plan, bool isDone, bool isDryRun)
{
    return {
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("done"), isDone},
        {QStringLiteral("dryRun"), isDryRun},
        {QStringLiteral("scope"), jsonWord(plan.scope)},
        {QStringLiteral("forced"), plan.isForced},
        {QStringLiteral("leftOut"), leftOutJson(plan)},
        {QStringLiteral("revivers"), reviversJson(plan)},
        {QStringLiteral("connections"),
         plan.connections ? QJsonValue(static_cast<qint64>(*plan.connections)) : Null},
    };
}

} // namespace

QJsonObject planJson(const KillPlan &plan)
{
    QJsonObject object = commonJson(plan, false, true);
    object.insert(QStringLiteral("targets"), jsonArray(plan.targets));
    object.insert(QStringLiteral("ports"), plannedPorts(plan));
    return object;
}

QJsonObject reportJson(const KillPlan &plan, const EndingReport &report)
{
    QJsonObject object = commonJson(plan, isSuccess(report), false);
    object.insert(QStringLiteral("targets"), jsonArray(report.targets));
    object.insert(QStringLiteral("ports"), jsonArray(report.ports));
    object.insert(QStringLiteral("elapsedMs"), milliseconds(report.elapsed));
    return object;
}

QJsonObject nothingToEndJson(KillScope scope)
{
    QJsonObject object = commonJson({.scope = scope}, true, false);
    object.insert(QStringLiteral("targets"), QJsonArray());
    object.insert(QStringLiteral("ports"), QJsonArray());
    object.insert(QStringLiteral("elapsedMs"), 0);
    return object;
}

} // namespace Quay
