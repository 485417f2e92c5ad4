// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingloop.h"

#include "app/cli/command.h"
#include "app/cli/machine.h"
#include "app/cli/permissiondesk.h"
#include "app/cli/progressline.h"
#include "app/cli/watchticker.h"
#include "app/shared/endingtext.h"
#include "core/control/endingtarget.h"
#include "core/control/portproof.h"
#include "core/control/terminator.h"
#include "core/history/attemptrecorder.h"
#include "core/kernel/procfs.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct LoopTexts
{
    Q_DECLARE_TR_FUNCTIONS(EndingLoop)
};

/// How often an interruption is looked for, and the seconds that are left are counted anew.
constexpr auto Tick = 100ms;
/// The same while an answer is awaited that does not wake us.
constexpr auto AnswerTick = 10ms;

QString progressText(const EndingReport &report, const Clock &clock)
{
    const auto isUnderWay = [](const TargetProgress &target) {
        return target.stage == TargetStage::Waiting || target.stage == TargetStage::Asked
            || target.stage == TargetStage::Forced;
    };
    const auto first = std::ranges::find_if(report.targets, isUnderWay);
    if (first == report.targets.end()) {
        const bool isProven = std::ranges::none_of(
            report.ports, [](const PortOutcome &port) { return port.proof.state == PortState::Unknown; });
        const bool isAnyFree = std::ranges::any_of(report.ports, [](const PortOutcome &port) { return isFree(port); });
        return isProven && isAnyFree ? LoopTexts::tr("Watching whether the ports stay free")
                                     : LoopTexts::tr("Waiting for the ports to be free");
    }
    std::optional<std::chrono::nanoseconds> left;
    if (report.forcesAt) {
        left = std::max(*report.forcesAt - clock.monotonic(), 0ns);
    }
    const auto others = static_cast<int>(std::ranges::count_if(report.targets, isUnderWay)) - 1;
    const QString text = LoopTexts::tr("%1: %2", "process: what happens to it")
                             .arg(processText(*first->process), stageText(*first, left));
    return others > 0 ? LoopTexts::tr("%1, and %n more", "process: what happens to it, and others", others).arg(text)
                      : text;
}

/// @p report: as it was when the interruption came.
QString interruptionText(const EndingReport &report)
{
    return report.stage == EndingStage::Proving
        ? LoopTexts::tr("Interrupted: nobody waited to see whether a port is taken again.")
        : LoopTexts::tr("Interrupted: whoever was asked to end may still do so, and is not killed.");
}

bool isInterrupted(CommandContext &context)
{
    return context.ticker.wait(0ms) == WatchTicker::Wake::Interrupted;
}

/// How everything stands where nobody was signalled. Some may have ended with the unit that was stopped before.
Result<EndingReport> reportOfNobodyAsked(CommandContext &context, const KillPlan &plan, const EndingOptions &options)
{
    const auto proc = ProcFs::open();
    if (!proc) {
        return std::unexpected(proc.error());
    }
    EndingReport report = reportOfNothing(plan, context.clock.realTime());
    report.isInterrupted = true;
    report.connectionsCut = options.connectionsCut;
    report.targets.clear();
    for (const auto &planned : plan.targets) {
        EndingTarget target(planned, false, context.clock);
        target.pin(*proc);
        target.leave();
        report.targets.push_back(target.progress());
    }
    for (auto &port : report.ports) {
        port.proof = context.machine.prove(claimOf(port.listener->socket));
    }
    return report;
}

} // namespace

Result<EndingReport> runEnding(CommandContext &context, const KillPlan &plan, EndingOptions options, bool asksPassword,
                               AttemptRecorder &recorder)
{
    if (isInterrupted(context)) {
        complain(context, LoopTexts::tr("Interrupted: nobody was asked to end."));
        auto stands = reportOfNobodyAsked(context, plan, options);
        if (stands) {
            recorder.note(*stands);
        }
        return stands;
    }
    EndingReport report{.connectionsCut = options.connectionsCut}; // that has been said
    ProgressLine line(context.err);
    std::unique_ptr<Terminator> terminator;
    PermissionDesk permissions(context, [&terminator](std::uint64_t ending, ProcessId process, const Result<> &result) {
        terminator->signalled(ending, process, result);
    });
    auto opened = Terminator::open([&](const EndingReport &changed) {
        if (changed.connectionsCut && !report.connectionsCut) {
            line.clear();
            complain(context, connectionsCutText(*changed.connectionsCut, changed.drain));
        }
        report = changed;
        recorder.note(report);
        if (options.awaitsPermission) {
            permissions.note(report);
        }
    });
    if (!opened) {
        return std::unexpected(opened.error());
    }
    terminator = *std::move(opened);
    options.awaitsPermission = asksPassword && context.uid != 0;
    const auto ending = terminator->begin(plan, options);
    bool isSaid = false; // an interruption stays to be seen until all is over
    while (!terminator->isIdle()) {
        const bool isAsking = permissions.isWaiting();
        terminator->runFor(isAsking ? AnswerTick : Tick);
        permissions.process();
        // What is typed at a password prompt stands on the same line.
        if (context.err.traits().isTerminal && !terminator->isIdle() && !isAsking) {
            line.show(progressText(report, context.clock));
        }
        if (isInterrupted(context) && !terminator->isIdle()) {
            line.clear();
            if (!std::exchange(isSaid, true)) {
                complain(context, interruptionText(report));
            }
            terminator->leave(ending);
        }
    }
    return report;
}

} // namespace Quay
