// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingjson.h"

#include "app/cli/listenerjson.h"
#include "app/cli/wayout.h"
#include "core/base/words.h"
#include "core/control/endingwords.h"
#include "core/control/planoffers.h"
#include "core/history/auditentry.h"
#include "core/history/auditrecord.h"
#include "core/history/auditwords.h"
#include "core/kernel/protocolwords.h"

#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>
#include <chrono>
#include <string_view>

namespace Quay {

namespace {

const QJsonValue Null(QJsonValue::Null);

template<typename Items, typename Convert>
QJsonArray arrayOf(const Items &items, Convert convert)
{
    QJsonArray array;
    for (const auto &item : items) {
        array.append(convert(item));
    }
    return array;
}

QJsonValue waysOutText(const std::string &way)
{
    return jsonText(way);
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
    QJsonObject object = toJson(auditTargetFrom(target));
    object.insert(QStringLiteral("plannedSignal"), target.signal);
    return object;
}

QJsonObject toJson(const LeftOut &left)
{
    QJsonObject object = identity(*left.process);
    object.insert(QStringLiteral("reason"), jsonText(wordFor(LeaveOutReasonWords, left.reason)));
    return object;
}

/// @p report: null while nothing was done.
QJsonObject toJson(const Zombie &zombie, const EndingReport *report)
{
    QJsonObject object = identity(*zombie.process);
    object.insert(QStringLiteral("parent"), zombie.parent != nullptr ? QJsonValue(identity(*zombie.parent)) : Null);
    object.insert(QStringLiteral("parentStays"),
                  zombie.parentStays ? jsonText(wordFor(LeaveOutReasonWords, *zombie.parentStays)) : Null);
    const auto outcomes = report != nullptr ? report->zombies : std::vector<ZombieOutcome>();
    const auto outcome = std::ranges::find(outcomes, zombie.process, &ZombieOutcome::process);
    object.insert(QStringLiteral("isGone"), outcome != outcomes.end() ? QJsonValue(outcome->isGone) : Null);
    return object;
}

QJsonObject toJson(const Reviver &reviver)
{
    const std::string wayOut = wayOutOf(reviver);
    return {
        {QStringLiteral("kind"), jsonText(wordFor(ReviverKindWords, reviver.kind))},
        {QStringLiteral("name"), jsonText(reviver.name)},
        {QStringLiteral("pid"), reviver.process != nullptr ? QJsonValue(reviver.process->id.pid) : Null},
        {QStringLiteral("wayOut"), wayOut.empty() ? Null : jsonText(wayOut)},
    };
}

QJsonObject holdingJson(const ProcessInfo &process, const Listener &listener)
{
    QJsonObject object = identity(process);
    object.insert(QStringLiteral("protocol"), jsonText(wordFor(ProtocolWords, listener.socket.protocol)));
    object.insert(QStringLiteral("address"), jsonText(toString(listener.socket.localAddress)));
    object.insert(QStringLiteral("port"), listener.socket.localPort);
    return object;
}

QJsonArray heldJson(const KillPlan &plan)
{
    QJsonArray array;
    for (const auto &target : plan.targets) {
        for (const auto &listener : target.listeners) {
            array.append(holdingJson(*target.process, *listener));
        }
    }
    return array;
}

QJsonArray takenByJson(const std::vector<ListenerPtr> &takers)
{
    QJsonArray array;
    for (const auto &listener : takers) {
        for (const auto &owner : listener->owners) {
            array.append(holdingJson(*owner.process, *listener));
        }
    }
    return array;
}

/// What a plan and its report have in common.
QJsonObject commonJson(const KillPlan &plan, const std::vector<AuditAction> &actions, bool isDone,
                       const EndingReport *report, bool isDryRun)
{
    return {
        {QStringLiteral("schema"), JsonSchemaVersion},
        {QStringLiteral("isSuccess"), isDone},
        {QStringLiteral("isDryRun"), isDryRun},
        {QStringLiteral("scope"), jsonText(wordFor(KillScopeWords, plan.scope))},
        {QStringLiteral("isForced"), plan.isForced},
        {QStringLiteral("leftOut"), arrayOf(plan.leftOut, [](const LeftOut &left) { return toJson(left); })},
        {QStringLiteral("zombies"),
         arrayOf(plan.zombies, [report](const Zombie &zombie) { return toJson(zombie, report); })},
        {QStringLiteral("remaining"),
         arrayOf(plan.remaining, [](const ProcessInfoPtr &process) { return identity(*process); })},
        {QStringLiteral("held"), heldJson(plan)},
        {QStringLiteral("revivers"), arrayOf(plan.revivers, [](const Reviver &reviver) { return toJson(reviver); })},
        {QStringLiteral("actions"), arrayOf(actions, [](const AuditAction &action) { return toJson(action); })},
        {QStringLiteral("drainNs"),
         plan.drain ? QJsonValue(static_cast<qint64>(std::chrono::nanoseconds(*plan.drain).count())) : Null},
        {QStringLiteral("connectionsCut"),
         report != nullptr && report->connectionsCut ? QJsonValue(static_cast<qint64>(*report->connectionsCut)) : Null},
        {QStringLiteral("connections"), plan.connections ? QJsonValue(static_cast<qint64>(*plan.connections)) : Null},
        {QStringLiteral("isInterrupted"), report != nullptr && report->isInterrupted},
        {QStringLiteral("starters"),
         arrayOf(report != nullptr ? report->starters : std::vector<ProcessInfoPtr>(),
                 [](const ProcessInfoPtr &process) { return identity(*process); })},
    };
}

QJsonObject refused(const KillPlan &plan, std::string_view word, bool isDryRun)
{
    QJsonObject object = planJson(plan, {});
    object.insert(QStringLiteral("isDryRun"), isDryRun);
    object.insert(QStringLiteral("refusal"), jsonText(word));
    return object;
}

} // namespace

QJsonObject planJson(const KillPlan &plan, const std::vector<AuditAction> &actions,
                     const std::vector<PortOutcome> &others)
{
    QJsonObject object = commonJson(plan, actions, false, nullptr, true);
    QJsonArray ports =
        arrayOf(plan.listeners, [](const ListenerPtr &listener) { return toJson(auditPortFrom(*listener)); });
    for (const auto &other : others) {
        ports.append(toJson(auditPortFrom(other)));
    }
    object.insert(QStringLiteral("targets"),
                  arrayOf(plan.targets, [](const KillTarget &target) { return toJson(target); }));
    object.insert(QStringLiteral("ports"), ports);
    object.insert(QStringLiteral("takenBy"), QJsonArray());
    object.insert(QStringLiteral("elapsedNs"), Null);
    object.insert(QStringLiteral("refusal"), Null);
    object.insert(QStringLiteral("waysOut"), arrayOf(waysOutOf(plan), waysOutText));
    return object;
}

QJsonObject refusalJson(const KillPlan &plan, AuditRefusal reason, bool isDryRun)
{
    return refused(plan, wordFor(AuditRefusalWords, reason), isDryRun);
}

QJsonObject notAgreedJson(const KillPlan &plan)
{
    return refused(plan, "notAgreed", false);
}

QJsonObject reportJson(const KillPlan &plan, const EndingReport &report, const std::vector<AuditAction> &actions,
                       const EndingAftermath &aftermath, bool isDryRun)
{
    const bool isDone = isSuccess(report) && !report.isInterrupted
        && std::ranges::none_of(actions, [](const AuditAction &action) { return action.error.has_value(); });
    QJsonObject object = commonJson(plan, actions, isDone, &report, isDryRun);
    object.insert(QStringLiteral("targets"), arrayOf(report.targets, [](const TargetProgress &target) {
                      return toJson(auditTargetFrom(target));
                  }));
    object.insert(QStringLiteral("ports"),
                  arrayOf(report.ports, [](const PortOutcome &port) { return toJson(auditPortFrom(port)); }));
    object.insert(QStringLiteral("takenBy"), takenByJson(aftermath.takers));
    object.insert(QStringLiteral("elapsedNs"), static_cast<qint64>(report.elapsed.count()));
    object.insert(QStringLiteral("refusal"), Null);
    object.insert(QStringLiteral("waysOut"), arrayOf(aftermath.waysOut, waysOutText));
    return object;
}

} // namespace Quay
