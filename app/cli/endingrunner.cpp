// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endingrunner.h"

#include "app/cli/endingjson.h"
#include "app/cli/endingloop.h"
#include "app/cli/listenerjson.h"
#include "app/cli/machine.h"
#include "app/cli/prompter.h"
#include "app/cli/refusal.h"
#include "app/cli/watchticker.h"
#include "app/cli/wayout.h"
#include "app/shared/endingtext.h"
#include "app/shared/listenertext.h"
#include "app/shared/plantext.h"
#include "core/again/againstore.h"
#include "core/control/planoffers.h"
#include "core/control/protectednames.h"
#include "core/control/revivers.h"
#include "core/history/attemptrecorder.h"
#include "core/history/auditlog.h"

#include <QCoreApplication>
#include <QStringList>

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

QString namesOf(const std::vector<ProcessInfoPtr> &processes)
{
    QStringList names;
    std::ranges::transform(processes, std::back_inserter(names),
                           [](const ProcessInfoPtr &process) { return processText(*process); });
    return names.join(QStringLiteral(", "));
}

/// `quay stop 4711 4712`, as it can be typed or written into a script.
QString stopCommandFor(const std::vector<ProcessInfoPtr> &processes, bool canBeAsked)
{
    QString command = QStringLiteral("quay stop");
    for (const auto &process : processes) {
        command += u' ' + QString::number(process->id.pid);
    }
    if (processes.size() > 1 && !canBeAsked) {
        command += QStringLiteral(" --yes");
    }
    return command;
}

/// Whether somebody is only thought to hold one of the ports.
bool isGuess(const EndingSubject &subject)
{
    return std::ranges::any_of(subject.asked, [](const ListenerPtr &listener) {
        return listener->knowledge == OwnerKnowledge::InferredFromUnit;
    });
}

/// Why a plan is not carried out where nobody can be asked.
QString unaskedText(const KillPlan &plan)
{
    return plan.targets.size() > 1
        ? RunnerTexts::tr("More than one process would be ended, and there is nobody to ask. Add --yes.")
        : RunnerTexts::tr("It is not certain that this process holds the port, and there is nobody to ask. Add --yes.");
}

} // namespace

EndingRunner::EndingRunner(CommandContext &context, const EndingWish &wish)
    : m_context(context)
    , m_wish(wish)
    , m_planner(context.machine, wish)
    , m_managers(context)
    , m_teller(context, wish.json)
{
}

ExitCode EndingRunner::run(EndingSubject subject, const std::vector<PortOutcome> &unheld)
{
    const bool isAboutNobody = subject.processes.empty() && subject.holders.empty() && subject.services.empty();
    m_planner.setSubject(std::move(subject));
    if (isAboutNobody) {
        return conclude({.scope = m_wish.scope, .isForced = m_wish.isForced, .connections = 0},
                        {.stage = EndingStage::Finished, .ports = unheld});
    }
    auto protectedNames = ownProtectedNames();
    if (!protectedNames) {
        return complainAbout(m_context, protectedNames.error());
    }
    m_planner.setProtectedNames(*std::move(protectedNames));
    auto planned = m_wish.stopsManager ? m_planner.planWithManagers() : m_planner.plan();
    if (!planned) {
        return refuse(planned.error());
    }
    sayWhoIsStoppedToo(*planned);
    if (const auto found = m_wish.stopsManager ? m_managers.find(planned->revivers) : Result<>(); !found) {
        refuse(*planned, AuditRefusal::ManagerFailed);
        return found.error().code == ErrorCode::Denied ? ExitCode::NotPermitted : ExitCode::NotAchieved;
    }
    if (m_wish.isDryRun) {
        auto others = unheld;
        std::ranges::move(m_planner.outcomesOfStaying(*planned), std::back_inserter(others));
        return showOnly(*planned, others);
    }
    if (const auto settled = settle(*planned)) {
        return *settled;
    }
    if (!m_managers.isEmpty()) {
        addPublishedPorts(*planned);
    }
    auto report = carryOut(*planned);
    if (!report) {
        return complainAbout(m_context, report.error());
    }
    std::ranges::copy(unheld, std::back_inserter(report->ports));
    std::ranges::move(m_planner.outcomesOfStaying(*planned), std::back_inserter(report->ports));
    return conclude(*planned, *report);
}

/// Whether it is carried out only once somebody agreed to it.
bool EndingRunner::needsConsent(const KillPlan &plan) const
{
    return plan.targets.size() > 1 || !m_managers.isEmpty() || isGuess(m_planner.subject());
}

/// With what it takes, and how to have more of it.
QString EndingRunner::fullPlanText(const KillPlan &plan) const
{
    QString text = planText(plan, m_context.users);
    if (m_wish.asksPassword && m_managers.isEmpty()) { // which ask for themselves
        const QString permission = permissionText(plan, m_context.users);
        text += permission.isEmpty() ? QString() : QString(permission + u'\n');
    }
    if (!plan.remaining.empty()) {
        text += RunnerTexts::tr("Use --scope tree to end the children too.") + u'\n';
    }
    return text;
}

ExitCode EndingRunner::showOnly(const KillPlan &plan, const std::vector<PortOutcome> &others)
{
    const QString text = m_managers.planText() + fullPlanText(plan);
    std::ignore = m_wish.json ? m_context.out.write(jsonDocument(planJson(plan, m_managers.actions(), others)))
                              : m_context.out.write(text.toStdString());
    if (plan.targets.empty() && m_managers.isEmpty()) {
        sayNobodyIsToEnd(plan, false);
    } else if (needsConsent(plan) && !m_wish.isAgreed) {
        complain(m_context, RunnerTexts::tr("Where nobody can be asked, this takes --yes."));
    }
    m_teller.tellPorts(others);
    return ExitCode::Done;
}

/// Asks whether to end those who would start it again, and the parents of zombies, and then, whether to stop what it
/// runs in. The plan as it is then. What cannot be found out has been said.
PlanResult EndingRunner::offerOthers(const KillPlan &plan)
{
    PlanResult planned = plan;
    if (const auto managers = managersIn(plan); !managers.empty()) {
        const auto question = RunnerTexts::tr("End %1 as well, with all below?").arg(namesOf(managers));
        if (m_context.prompter.agrees(question)) {
            planned = m_planner.planWithManagers();
            show(planned);
        }
    }
    if (const auto parents = planned ? parentsOfZombies(*planned) : std::vector<ProcessInfoPtr>(); !parents.empty()) {
        const auto question = RunnerTexts::tr("End its parent %1 instead?", nullptr, static_cast<int>(parents.size()))
                                  .arg(namesOf(parents));
        if (m_context.prompter.agrees(question) && m_planner.add(parents)) {
            planned = m_planner.plan();
            show(planned);
        }
    }
    if (planned && m_managers.find(planned->revivers) && !m_managers.isEmpty()) {
        std::ignore = m_context.err.write(m_managers.planText().toStdString());
        m_wish.isAgreed = m_context.prompter.agrees(
            planned->targets.empty() ? RunnerTexts::tr("Stop %1?", "the unit x.service").arg(m_managers.namesText())
                                     : RunnerTexts::tr("Stop %1, and end who still runs then?", "the unit x.service")
                                           .arg(m_managers.namesText()));
        if (!m_wish.isAgreed) {
            m_managers.forget();
        }
    }
    return planned;
}

/// Shows the plan and asks, which may change it. Nothing: go ahead.
std::optional<ExitCode> EndingRunner::settle(KillPlan &plan)
{
    const QString text = m_managers.planText() + fullPlanText(plan);
    std::ignore = m_context.err.write(text.toStdString());
    const bool isAsked = !m_wish.isAgreed && m_context.prompter.isInteractive();
    if (isAsked && !m_wish.stopsManager) {
        auto offered = offerOthers(plan);
        if (!offered) {
            return refuse(offered.error());
        }
        plan = *std::move(offered);
    }
    if (plan.targets.empty() && m_managers.isEmpty()) {
        sayNobodyIsToEnd(plan, isAsked);
        m_teller.tellPorts(m_planner.outcomesOfStaying(plan));
        refuse(plan, refusalOf(plan));
        return ExitCode::NotAchieved;
    }
    if (!isAsked && !m_wish.stopsManager) { // on a terminal that has been offered
        sayWaysOut(m_context, waysOutOf(plan));
    }
    if (m_wish.isAgreed) {
        return std::nullopt;
    }
    if (isAsked) {
        const auto count = static_cast<int>(plan.targets.size());
        if (m_context.prompter.agrees(
                m_managers.isEmpty() ? RunnerTexts::tr("End %n process(es)?", nullptr, count)
                                     : RunnerTexts::tr("Stop %1?", "the unit x.service").arg(m_managers.namesText()))) {
            return std::nullopt;
        }
        complain(m_context, RunnerTexts::tr("Nothing was done."));
        showNotAgreed(plan);
        return ExitCode::NotAchieved;
    }
    if (needsConsent(plan)) {
        complain(m_context,
                 m_managers.isEmpty()
                     ? unaskedText(plan)
                     : RunnerTexts::tr("That would stop %1 with all that runs in it, and there is nobody to ask. "
                                       "Add --yes.",
                                       "the unit x.service")
                           .arg(m_managers.namesText()));
        showNotAgreed(plan);
        return ExitCode::Usage;
    }
    return std::nullopt;
}

/// Where that is not to be expected.
void EndingRunner::sayWhoIsStoppedToo(const KillPlan &plan)
{
    const auto &starters = m_planner.unknownStarters();
    if (!starters.empty()) {
        complain(m_context,
                 RunnerTexts::tr("Nobody is known who would start it again. What has started it is ended as well, with "
                                 "all below: %1.",
                                 "processes")
                     .arg(namesOf(starters)));
    } else if (m_wish.stopsManager && plan.revivers.empty() && !plan.targets.empty() && !m_planner.hasAnybodyJoined()) {
        complain(m_context, RunnerTexts::tr("Nobody is known who would start it again, so nobody else is stopped."));
    }
    for (const auto &reviver : plan.revivers) {
        if (m_wish.stopsManager && reviver.neverEnded) { // and is left out of what the option stops
            complain(m_context, planFailureText({.pid = reviver.process->id.pid, .neverEnded = reviver.neverEnded}));
        }
    }
}

void EndingRunner::showNotAgreed(const KillPlan &plan)
{
    if (m_wish.json) {
        std::ignore = m_context.out.write(jsonDocument(notAgreedJson(plan)));
    }
}

/// And what would help.
void EndingRunner::sayNobodyIsToEnd(const KillPlan &plan, bool isAsked)
{
    const auto parents = parentsOfZombies(plan);
    const bool isManaged = std::ranges::any_of(plan.revivers, canBeStopped);
    const bool isOffered = isManaged || !parents.empty();
    const bool canBeAsked = m_context.prompter.isInteractive();
    complain(m_context,
             isAsked && isOffered ? RunnerTexts::tr("Nothing was done.") : RunnerTexts::tr("There is nobody to end."));
    if (isAsked) {
        return;
    }
    if (isManaged) {
        sayManagerCanBeStopped(m_context);
    }
    if (const auto staying = m_planner.holdersThatMayBeNamed(plan); !staying.empty()) {
        complain(m_context,
                 RunnerTexts::tr("To end it all the same: %1", nullptr, static_cast<int>(staying.size()))
                     .arg(stopCommandFor(staying, canBeAsked)));
    }
    if (!parents.empty()) {
        complain(m_context,
                 RunnerTexts::tr("To end its parent: %1", nullptr, static_cast<int>(parents.size()))
                     .arg(stopCommandFor(parents, canBeAsked)));
    }
}

void EndingRunner::show(const PlanResult &plan)
{
    if (plan) {
        std::ignore = m_context.err.write(fullPlanText(*plan).toStdString());
    }
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
    AttemptRecorder recorder(log, plan, m_managers.actions());
    auto specs = m_managers.isEmpty() ? startSpecsInTime(plan) : std::vector<StartSpec>();
    auto report = end(plan, recorder);
    m_isKept = report && !m_managers.error()
        ? keepWhatEnded(
              *report,
              {.attempt = recorder.attempt(), .processes = std::move(specs), .services = m_managers.services()})
        : keepWhatWasStopped(reportOfNothing(plan, {}), recorder.attempt(),
                             std::span(m_managers.services()).first(m_managers.stops().stopped));
    const Result<> recorded = path ? recorder.state() : std::unexpected(path.error());
    sayUnlessRecorded(m_context, recorded);
    return report;
}

/// Stops what is to be stopped first; when that cannot be, nobody is signalled.
Result<EndingReport> EndingRunner::end(const KillPlan &plan, AttemptRecorder &recorder)
{
    const auto begunAt = m_context.clock.realTime();
    const auto endOfNothing = [&] {
        const auto report = reportOfNothing(plan, m_managers.stops(), begunAt, m_context.clock.realTime());
        recorder.note(report);
        return report;
    };
    const bool areStopped = m_managers.stop(plan, m_wish.options.grace);
    recorder.setActions(m_managers.actions());
    if (!areStopped) {
        return endOfNothing();
    }
    EndingOptions options = m_wish.options;
    options.connectionsCut = m_managers.stops().connectionsCut;
    auto ended = runEnding(m_context, plan, options, m_wish.asksPassword, recorder);
    if (!ended) {
        std::ignore = endOfNothing();
        m_teller.tellManagers(m_managers);
    }
    return ended;
}

void EndingRunner::refuse(const KillPlan &plan, AuditRefusal reason)
{
    refuseEnding(m_context, m_wish, m_planner.subject(), plan, reason);
}

/// There is no plan.
ExitCode EndingRunner::refuse(const PlanFailure &failure)
{
    complain(m_context, planFailureText(failure));
    refuse({.scope = m_wish.scope, .isForced = m_wish.isForced}, refusalOf(failure));
    return failure.neverEnded ? ExitCode::NotPermitted : ExitCode::NothingThere;
}

ExitCode EndingRunner::conclude(const KillPlan &plan, const EndingReport &report)
{
    const bool isTakenAgain = std::ranges::any_of(report.ports, &PortOutcome::cameBack);
    EndingAftermath aftermath{.takers = {}, .waysOut = isTakenAgain ? waysOutOf(plan) : std::vector<std::string>()};
    std::vector<ProcessInfoPtr> loops;
    for (const auto &port : report.ports) {
        const auto &holders = isFree(port) ? std::vector<ListenerPtr>() : m_teller.holdersNow(port);
        std::ranges::copy_if(holders, std::back_inserter(aftermath.takers), [&aftermath](const ListenerPtr &holder) {
            return !std::ranges::contains(aftermath.takers, holder->key(), &Listener::key);
        });
        if (port.cameBack) {
            addWaysOut(aftermath.waysOut, holders);
            addLoops(loops, holders);
        }
    }
    if (m_wish.json) {
        std::ignore = m_context.out.write(
            jsonDocument(reportJson(plan, report, m_managers.actions(), aftermath, m_wish.isDryRun)));
    }
    m_teller.tell(report, m_managers);
    sayWaysOut(m_context, aftermath.waysOut);
    sayLoops(m_context, loops);
    if (m_isKept && !isTakenAgain && m_context.err.traits().isTerminal) {
        std::ignore = m_context.err.writeLine(RunnerTexts::tr("'quay again' starts it again."));
    }
    return exitCodeOf(report, m_managers);
}

} // namespace Quay
