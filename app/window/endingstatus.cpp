// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingstatus.h"

#include "app/shared/againtext.h"
#include "app/shared/audittext.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/listenertext.h"
#include "app/shared/plantext.h"
#include "app/shared/portoutcometext.h"
#include "app/window/endings.h"
#include "app/window/windowending.h"
#include "core/base/clock.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <ranges>
#include <unordered_map>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t MostLines = 20;

bool isUnderWay(const TargetProgress &target)
{
    return !isGone(target.stage) && target.stage != TargetStage::Left && target.stage != TargetStage::Refused;
}

/// A line for each target, whoever has not ended first. Of a thousand the first few: nobody reads more.
QStringList targetLines(const EndingReport &report, const std::function<QString(const TargetProgress &)> &text)
{
    std::vector<const TargetProgress *> targets;
    std::ranges::transform(report.targets, std::back_inserter(targets), [](const auto &target) { return &target; });
    std::ranges::stable_partition(targets, [](const TargetProgress *target) { return !isGone(target->stage); });
    const auto count = std::min(targets.size(), MostLines);
    QStringList lines;
    for (const auto *const target : targets | std::views::take(count)) {
        lines << text(*target);
    }
    if (count < targets.size()) {
        lines << Endings::tr("... and %n more process(es)", nullptr, static_cast<int>(targets.size() - count));
    }
    return lines;
}

/// Who took a port that was to be free, as it was looked up.
std::vector<ListenerPtr> knownHolders(const WindowEnding &ending, const PortOutcome &port)
{
    const auto known = ending.holders.find(port.listener->key());
    return known != ending.holders.end() ? known->second : std::vector<ListenerPtr>();
}

std::vector<PortOutcomeLine> portLines(const WindowEnding &ending)
{
    return portOutcomeLines(ending.report->ports,
                            [&ending](const PortOutcome &port) { return knownHolders(ending, port); });
}

std::optional<std::chrono::nanoseconds> timeLeft(const EndingReport &report, const Clock &clock)
{
    if (!report.forcesAt) {
        return std::nullopt;
    }
    return std::max(*report.forcesAt - clock.monotonic(), std::chrono::nanoseconds(0));
}

/// As stageText(), for a cell: what matters is to be read before the cell ends.
QString shortStageText(const TargetProgress &target, std::optional<std::chrono::nanoseconds> forcesIn)
{
    return target.stage == TargetStage::Asked && forcesIn
        ? Endings::tr("stopping, %1", "the time until it is killed").arg(durationText(*forcesIn))
        : stageText(target, forcesIn);
}

QString progressText(const WindowEnding &ending, const Clock &clock)
{
    QStringList lines;
    if (ending.report && ending.report->stage == EndingStage::Proving) {
        const bool isManaged = !ending.prelude.services.empty();
        lines = targetLines(*ending.report,
                            [isManaged](const TargetProgress &target) { return targetOutcomeText(target, isManaged); });
        for (const auto &line : portLines(ending)) {
            if (line.isGood) { // it may still be watched for somebody who takes it again
                lines << line.text;
            }
        }
    } else if (ending.report) {
        const auto left = timeLeft(*ending.report, clock);
        lines = targetLines(*ending.report, [left](const TargetProgress &target) {
            return Endings::tr("%1: %2", "process: what happens to it")
                .arg(processText(*target.process), stageText(target, left));
        });
        if (const QString text = consequencesText(ending.plan, ending.listener); !text.isEmpty()) {
            lines << text; // maybe nobody was asked beforehand: there is still time to leave it
        }
    }
    if (ending.report && ending.report->connectionsCut) {
        lines.prepend(connectionsCutText(*ending.report->connectionsCut, ending.report->drain));
    }
    for (const auto &reviver : ending.plan.revivers) {
        lines << reviverText(reviver);
    }
    return lines.join(u'\n');
}

/// Who holds it now has been said then.
bool hasComeBack(const EndingReport &report, const TakenPort &taken)
{
    return std::ranges::any_of(report.ports, [&taken](const PortOutcome &port) {
        return port.cameBack && port.listener->socket.localPort == taken.claim.port;
    });
}

QString outcomeText(const WindowEnding &ending)
{
    const bool isManaged = !ending.prelude.services.empty();
    QStringList lines = targetLines(
        *ending.report, [isManaged](const TargetProgress &target) { return targetOutcomeText(target, isManaged); });
    for (const auto &zombie : ending.report->zombies) {
        lines << zombieOutcomeText(zombie);
    }
    for (const auto &line : portLines(ending)) {
        lines << line.text;
    }
    for (const auto &starter : ending.report->starters) {
        lines << starterText(*starter);
    }
    if (ending.report->connectionsCut) {
        lines.prepend(connectionsCutText(*ending.report->connectionsCut, ending.report->drain));
    }
    if (!ending.managerText.isEmpty()) {
        lines.prepend(ending.managerText);
    }
    for (const auto &taken : ending.again.taken) {
        if (ending.canStartAgain() && !hasComeBack(*ending.report, taken)) {
            lines << takenPortText(taken);
        }
    }
    if (!ending.again.text.isEmpty()) {
        lines << ending.again.text;
    }
    if (ending.recordFailure) {
        lines << Endings::tr("This is not in the record of what was ended: %1")
                     .arg(recordFailureText(*ending.recordFailure));
    }
    return lines.join(u'\n');
}

QString notBegunText(const WindowEnding &ending)
{
    if (ending.managerText.isEmpty()) {
        return Endings::tr("Nobody was stopped: %1").arg(errorText(*ending.failure));
    }
    const bool areServicesStopped = !ending.prelude.services.empty(); // and it failed then
    return areServicesStopped
        ? QString(ending.managerText + u'\n' + Endings::tr("Nobody was signalled: %1").arg(errorText(*ending.failure)))
        : ending.managerText;
}

} // namespace

std::map<ListenerKey, QString> rowNotes(const std::list<WindowEnding> &endings, const Clock &clock)
{
    std::map<ListenerKey, QString> notes;
    for (const auto &ending : endings) {
        if (isWithManagers(ending.phase)) {
            const QString note = ending.phase == EndingPhase::DrainingServices
                ? stageText({.stage = TargetStage::Waiting}, std::nullopt)
                : Endings::tr("what it runs in is being stopped");
            for (const auto &listener : ending.plan.listeners) {
                notes.insert_or_assign(listener->key(), note);
            }
        }
        if (ending.phase != EndingPhase::UnderWay || !ending.report) {
            continue;
        }
        std::unordered_map<const ProcessInfo *, QString> texts;
        for (const auto &target : ending.report->targets | std::views::filter(isUnderWay)) {
            texts.emplace(target.process.get(), shortStageText(target, timeLeft(*ending.report, clock)));
        }
        for (const auto &target : ending.plan.targets) {
            const auto text = texts.find(target.process.get());
            for (const auto &listener : target.listeners) {
                if (text != texts.end()) {
                    notes.insert_or_assign(listener->key(), text->second);
                }
            }
        }
    }
    return notes;
}

QString endingText(const WindowEnding &ending, const Clock &clock)
{
    switch (ending.phase) {
    case EndingPhase::Question:
        return ending.planText;
    case EndingPhase::DrainingServices:
        return Endings::tr("Waiting for its connections to end, for %1 at most. Then who runs it is asked to stop it.")
            .arg(elapsedText(*ending.plan.drain));
    case EndingPhase::StoppingServices:
        return Endings::tr("Asked who runs it to stop it. You may be asked for a password.");
    case EndingPhase::UnderWay:
        return progressText(ending, clock);
    case EndingPhase::NotBegun:
        return notBegunText(ending);
    case EndingPhase::Finished:
        return outcomeText(ending);
    }
    return {};
}

std::optional<double> graceShare(const WindowEnding &ending, const Clock &clock)
{
    if (ending.phase != EndingPhase::UnderWay || !ending.report) {
        return std::nullopt;
    }
    const auto left = timeLeft(*ending.report, clock);
    if (!left) {
        return std::nullopt;
    }
    const std::chrono::duration<double> grace = ending.options.grace;
    return std::clamp(1.0 - (std::chrono::duration<double>(*left) / grace), 0.0, 1.0);
}

} // namespace Quay
