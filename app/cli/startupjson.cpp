// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startupjson.h"

#include "app/cli/listenerjson.h"
#include "core/base/words.h"
#include "core/history/audittime.h"
#include "core/kernel/ipaddress.h"
#include "core/startup/startupphase.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

namespace {

QJsonValue nanosecondsOf(std::optional<std::chrono::nanoseconds> time)
{
    return time ? QJsonValue(static_cast<qint64>(time->count())) : QJsonValue(QJsonValue::Null);
}

QJsonValue toJson(const std::optional<PhaseUsage> &usage)
{
    if (!usage) {
        return QJsonValue::Null;
    }
    QJsonArray refused;
    for (const auto &endpoint : usage->refused) {
        refused.append(QJsonObject{{QStringLiteral("address"), jsonText(toString(endpoint.address))},
                                   {QStringLiteral("port"), endpoint.port},
                                   {QStringLiteral("attempts"), static_cast<qint64>(endpoint.attempts)}});
    }
    return QJsonObject{{QStringLiteral("cpuNs"), nanosecondsOf(usage->cpuTime)},
                       {QStringLiteral("waitingShare"), usage->waitingShare},
                       {QStringLiteral("residentBytes"), static_cast<qint64>(usage->residentBytes)},
                       {QStringLiteral("refused"), refused}};
}

QJsonObject toJson(const StartupPhase &phase, const StartComparison &comparison)
{
    const auto usual = std::ranges::find(comparison.medians, phase.name, &PhaseMedian::phase);
    const bool isKnown = usual != comparison.medians.end();
    QJsonObject object{
        {QStringLiteral("name"), jsonText(phase.name)},
        {QStringLiteral("beginNs"), nanosecondsOf(phase.begin)},
        {QStringLiteral("endNs"), nanosecondsOf(phase.end)},
        {QStringLiteral("state"), jsonText(wordFor(PhaseStateWords, phase.state))},
        {QStringLiteral("source"), jsonText(wordFor(PhaseSourceWords, phase.source))},
        {QStringLiteral("detail"), jsonText(phase.detail)},
        {QStringLiteral("saidNs"), nanosecondsOf(phase.said)},
        {QStringLiteral("usage"), toJson(phase.usage)},
        {QStringLiteral("medianNs"), isKnown ? nanosecondsOf(usual->median) : QJsonValue::Null},
        {QStringLiteral("earlierRuns"), isKnown ? static_cast<qint64>(usual->runs) : 0},
        {QStringLiteral("isSlower"), std::ranges::contains(comparison.slowPhases, phase.name, &SlowPhase::phase)}};
    if (!phase.usage) {
        object.insert(QStringLiteral("usageUnknown"), QStringLiteral("notSampled"));
    }
    return object;
}

} // namespace

std::string startupJson(const StartupRun &run, const StartComparison &comparison)
{
    QJsonArray phases;
    for (const auto &phase : run.phases) {
        phases.append(toJson(phase, comparison));
    }
    const auto &total = comparison.total;
    const QJsonObject object{
        {QStringLiteral("schema"), 1},
        {QStringLiteral("name"), jsonText(run.server)},
        {QStringLiteral("file"), jsonText(run.file)},
        {QStringLiteral("beganAt"), jsonText(auditTimeText(run.beganAt))},
        {QStringLiteral("outcome"), jsonText(wordFor(StartOutcomeWords, run.outcome))},
        {QStringLiteral("readyNs"), nanosecondsOf(run.readyAfter)},
        {QStringLiteral("phases"), phases},
        {QStringLiteral("medianReadyNs"), total ? nanosecondsOf(total->median) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("earlierRuns"), total ? static_cast<qint64>(total->runs) : 0},
        {QStringLiteral("isSlower"), comparison.isSlower},
    };
    return jsonDocument(object);
}

std::string startupListJson(const std::string &file, const std::string &server, const std::vector<StartupRun> &runs)
{
    QJsonArray list;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto &run = runs[i];
        list.append(QJsonObject{{QStringLiteral("run"), static_cast<qint64>(i + 1)},
                                {QStringLiteral("beganAt"), jsonText(auditTimeText(run.beganAt))},
                                {QStringLiteral("outcome"), jsonText(wordFor(StartOutcomeWords, run.outcome))},
                                {QStringLiteral("readyNs"), nanosecondsOf(run.readyAfter)}});
    }
    const QJsonObject object{{QStringLiteral("schema"), 1},
                             {QStringLiteral("name"), jsonText(server)},
                             {QStringLiteral("file"), jsonText(file)},
                             {QStringLiteral("runs"), list}};
    return jsonDocument(object);
}

} // namespace Quay
