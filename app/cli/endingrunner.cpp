// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingrunner.h"

#include "app/cli/authority.h"
#include "app/cli/endingjson.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/progressline.h"
#include "app/cli/prompter.h"
#include "app/cli/watchticker.h"
#include "app/shared/endingtext.h"
#include "app/shared/listenertext.h"
#include "app/shared/plantext.h"
#include "app/shared/privilegedtext.h"
#include "core/control/permissionrequests.h"
#include "core/control/protectednames.h"
#include "core/control/terminator.h"
#include "core/history/attemptrecorder.h"
#include "core/history/auditlog.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

struct RunnerTexts
{
    Q_DECLARE_TR_FUNCTIONS(EndingRunner)
};

/// How often an interruption is looked for, and the seconds that are left are counted anew.
constexpr auto Tick = 100ms;
/// The same while an answer is awaited that does not wake us.
constexpr auto AnswerTick = 10ms;

bool isDeniedToUs(const TargetProgress &target)
{
    return target.stage == TargetStage::NeedsPermission
        || (target.stage == TargetStage::Refused && target.error && target.error->code == ErrorCode::Denied);
}

QString progressText(const EndingReport &report, const Clock &clock)
{
    const auto isUnderWay = [](const TargetProgress &target) {
        return target.stage == TargetStage::Waiting || target.stage == TargetStage::Asked
            || target.stage == TargetStage::Forced;
    };
    const auto first = std::ranges::find_if(report.targets, isUnderWay);
    if (first == report.targets.end()) {
        return RunnerTexts::tr("Waiting for the ports to be free");
    }
    std::optional<std::chrono::nanoseconds> left;
    if (report.forcesAt) {
        left = std::max(*report.forcesAt - clock.monotonic(), 0ns);
    }
    const auto others = static_cast<int>(std::ranges::count_if(report.targets, isUnderWay)) - 1;
    const QString text = RunnerTexts::tr("%1: %2", "process: what happens to it")
                             .arg(processText(*first->process), stageText(*first, left));
    return others > 0 ? RunnerTexts::tr("%1, and %n more", "process: what happens to it, and others", others).arg(text)
                      : text;
}

} // namespace

EndingRunner::EndingRunner(CommandContext &context, EndingWish wish)
    : m_context(context)
    , m_wish(std::move(wish))
{
}

ExitCode EndingRunner::run(const std::vector<ProcessId> &processes, const PortSnapshotPtr &seen,
                           const std::vector<PortOutcome> &others)
{
    if (processes.empty()) {
        return conclude({.scope = m_wish.scope, .connections = 0}, {.stage = EndingStage::Finished, .ports = others});
    }
    const auto protectedNames = protectedNamesPath().and_then(readProtectedNames);
    if (!protectedNames) {
        return complainAbout(m_context, protectedNames.error());
    }
    const auto planned = plan(processes, seen, *protectedNames);
    if (!planned) {
        complain(m_context, planFailureText(planned.error()));
        return planned.error().code == ErrorCode::Invalid ? ExitCode::NotPermitted : ExitCode::NothingThere;
    }
    if (const auto settled = settle(*planned)) {
        return *settled;
    }
    auto report = carryOut(*planned);
    if (!report) {
        return complainAbout(m_context, report.error());
    }
    std::ranges::copy(others, std::back_inserter(report->ports));
    return conclude(*planned, *report);
}

Result<KillPlan> EndingRunner::plan(const std::vector<ProcessId> &processes, const PortSnapshotPtr &seen,
                                    const std::set<std::string> &protectedNames) const
{
    return makeKillPlan(
        {.processes = processes, .scope = m_wish.scope, .signal = m_wish.signal, .isForced = m_wish.isForced},
        {.processes = seen->processes,
         .ports = seen,
         .rules = &KindRules::builtIn(),
         .self = ::getpid(),
         .protectedNames = protectedNames});
}

/// Shows the plan and asks. Nothing: go ahead.
std::optional<ExitCode> EndingRunner::settle(const KillPlan &plan)
{
    const QString text = planText(plan, m_context.users);
    if (m_wish.isDryRun) {
        std::ignore =
            m_wish.json ? m_context.out.write(jsonDocument(planJson(plan))) : m_context.out.write(text.toStdString());
        return ExitCode::Done;
    }
    std::ignore = m_context.err.write(text.toStdString());
    if (plan.targets.empty()) {
        complain(m_context, RunnerTexts::tr("There is nobody to end."));
        return ExitCode::NotAchieved;
    }
    if (m_wish.isAgreed) {
        return std::nullopt;
    }
    if (m_context.prompter.isInteractive()) {
        const auto count = static_cast<int>(plan.targets.size());
        if (m_context.prompter.agrees(RunnerTexts::tr("End %n process(es)?", nullptr, count))) {
            return std::nullopt;
        }
        complain(m_context, RunnerTexts::tr("Nothing was done."));
        return ExitCode::NotAchieved;
    }
    if (plan.targets.size() > 1) {
        complain(m_context,
                 RunnerTexts::tr("More than one process would be ended, and there is nobody to ask. Add --yes."));
        return ExitCode::Usage;
    }
    return std::nullopt;
}

/// Ends them, and has it written down.
Result<EndingReport> EndingRunner::carryOut(const KillPlan &plan)
{
    if (const auto armed = m_context.ticker.arm(); !armed) {
        return std::unexpected(armed.error());
    }
    const auto path = auditLogPath();
    const auto author = auditAuthor(AuditAsker::CommandLine);
    AuditLog log(path ? *path : std::string(), author ? *author : AuditAuthor(), m_context.clock);
    AttemptRecorder recorder(log, plan);
    auto report = end(plan, recorder);
    const Result<> recorded = path ? recorder.state() : std::unexpected(path.error());
    if (!recorded) {
        complain(m_context,
                 RunnerTexts::tr("This was not recorded for quay audit. %1").arg(errorText(recorded.error())));
    }
    return report;
}

Result<EndingReport> EndingRunner::end(const KillPlan &plan, AttemptRecorder &recorder)
{
    EndingReport report;
    std::optional<PermissionRequests> permissions;
    auto terminator = Terminator::open([&](const EndingReport &changed) {
        report = changed;
        recorder.note(report);
        if (permissions) {
            permissions->note(report.id, report);
        }
    });
    if (!terminator) {
        return std::unexpected(terminator.error());
    }
    auto options = m_wish.options;
    if (auto *const client = clientFor(plan)) {
        options.awaitsPermission = true;
        permissions.emplace(*client, [&](std::uint64_t ending, ProcessId process, const Result<> &result) {
            (*terminator)->signalled(ending, process, result);
        });
    }
    ProgressLine line(m_context.err);
    const auto ending = (*terminator)->begin(plan, options);
    while (!(*terminator)->isIdle()) {
        const bool isAsking = permissions && permissions->isWaiting();
        (*terminator)->runFor(isAsking ? AnswerTick : Tick);
        if (permissions) {
            m_context.authority.process();
        }
        // What is typed at a password prompt stands on the same line.
        if (m_context.err.traits().isTerminal && !(*terminator)->isIdle() && !isAsking) {
            line.show(progressText(report, m_context.clock));
        }
        if (m_context.ticker.wait(0ms) == WatchTicker::Wake::Interrupted) {
            (*terminator)->leave(ending);
        }
    }
    return report;
}

/// Whom to ask for the signals that the user may not send. Null: nobody needs to be, or can be.
PrivilegedClient *EndingRunner::clientFor(const KillPlan &plan)
{
    const bool isForeign = std::ranges::any_of(
        plan.targets, [this](const KillTarget &target) { return target.process->uid != m_context.uid; });
    if (!isForeign || m_context.uid == 0 || !m_wish.asksPassword) {
        return nullptr;
    }
    const auto client = m_context.authority.client();
    if (!client) {
        complain(m_context, privilegedErrorText(client.error()));
        return nullptr;
    }
    return *client;
}

ExitCode EndingRunner::conclude(const KillPlan &plan, const EndingReport &report)
{
    if (m_wish.json) {
        std::ignore = m_context.out.write(jsonDocument(reportJson(plan, report)));
    }
    for (const auto &target : report.targets) {
        say(targetOutcomeText(target), isGone(target.stage));
    }
    for (const auto &port : report.ports) {
        const bool isGood = isFree(port);
        say(portOutcomeText(port, isGood ? std::vector<ListenerPtr>() : holdersNow(port)), isGood);
    }
    if (isSuccess(report)) {
        return ExitCode::Done;
    }
    const bool isDenied = std::ranges::any_of(report.targets, isDeniedToUs);
    return isDenied ? ExitCode::NotPermitted : ExitCode::NotAchieved;
}

/// What went as it was to go is a result, all else a complaint.
void EndingRunner::say(const QString &text, bool isGood)
{
    if (!isGood) {
        complain(m_context, text);
    } else if (!m_wish.json) {
        std::ignore = m_context.out.writeLine(text);
    }
}

std::vector<ListenerPtr> EndingRunner::holdersNow(const PortOutcome &port)
{
    const auto now = m_context.machine.look({.onlyPort = port.listener->socket.localPort});
    return now ? holdersOf(port, **now) : std::vector<ListenerPtr>();
}

} // namespace Quay
