// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endings.h"

#include "app/shared/endingtext.h"
#include "app/shared/listenertext.h"
#include "app/shared/plantext.h"
#include "core/control/protectednames.h"
#include "core/control/revivers.h"
#include "core/processes/kindrules.h"

#include <QStringList>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <iterator>
#include <ranges>
#include <unordered_map>
#include <utility>
#include <vector>

#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t MostLines = 20;

std::vector<ProcessId> ownersOf(const Listener &listener)
{
    std::vector<ProcessId> processes;
    for (const auto &owner : listener.owners) {
        if (!std::ranges::contains(processes, owner.process->id)) {
            processes.push_back(owner.process->id);
        }
    }
    return processes;
}

/// A window that was hidden until now has ports before it has processes: then the owners are all that is known.
std::vector<ProcessInfoPtr> processesOf(const PortSnapshot &snapshot, const Listener &listener)
{
    if (!snapshot.processes.empty()) {
        return snapshot.processes;
    }
    std::vector<ProcessInfoPtr> processes;
    for (const auto &owner : listener.owners) {
        if (!std::ranges::contains(processes, owner.process)) {
            processes.push_back(owner.process);
        }
    }
    std::ranges::sort(processes, {}, [](const ProcessInfoPtr &process) { return process->id.pid; });
    return processes;
}

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

} // namespace

Endings::Endings(std::shared_ptr<UserNames> users, QObject *parent, const Clock &clock)
    : QObject(parent)
    , m_users(std::move(users))
    , m_clock(clock)
{
}

Endings::~Endings() = default;

void Endings::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    bool isAnyLearnt = false;
    for (auto &ending : m_all) {
        isAnyLearnt = learnHolders(ending) || isAnyLearnt;
    }
    if (isAnyLearnt) {
        Q_EMIT changed();
    }
}

void Endings::request(const ListenerPtr &listener, KillScope scope, bool isForced)
{
    WindowEnding asked{.listener = listener, .asked = ownersOf(*listener)};
    asked.plan.isForced = isForced;
    const auto planned = plan(asked, scope);
    if (!planned) {
        refuse(planned.error());
        return;
    }
    setPlan(asked, *planned);
    if (planned->targets.empty() && planned->revivers.empty()) {
        Q_EMIT refused(asked.planText);
        return;
    }
    if (isAskedAgain(asked)) {
        return;
    }
    asked.id = ++m_lastId;
    auto &ending = m_all.emplace_back(std::move(asked));
    if (planned->targets.size() == 1 && planned->revivers.empty()) {
        begin(ending);
    }
    Q_EMIT changed();
}

/// Errors: as makeKillPlan(), and of the list of protected programs.
Result<KillPlan> Endings::plan(const WindowEnding &ending, KillScope scope) const
{
    const auto protectedNames = protectedNamesPath().and_then(readProtectedNames);
    if (!protectedNames) {
        return std::unexpected(protectedNames.error());
    }
    auto planned = makeKillPlan({.processes = ending.asked, .scope = scope, .isForced = ending.plan.isForced},
                                {.processes = processesOf(*m_snapshot, *ending.listener),
                                 .ports = m_snapshot,
                                 .rules = &KindRules::builtIn(),
                                 .self = ::getpid(),
                                 .protectedNames = *protectedNames});
    if (planned && ending.asked.empty()) { // whoever holds it is hidden
        if (auto service = serviceOf(ending.listener)) {
            planned->revivers.push_back(*std::move(service));
        }
    }
    return planned;
}

void Endings::setPlan(WindowEnding &ending, const KillPlan &plan)
{
    ending.plan = plan;
    ending.planText = planText(plan, *m_users).trimmed();
}

void Endings::refuse(const Error &error)
{
    const bool isAboutTheList = error.code != ErrorCode::Gone && error.code != ErrorCode::Invalid;
    Q_EMIT refused(isAboutTheList ? tr("Nothing was stopped, for whom to spare is not known: %1").arg(errorText(error))
                                  : planFailureText(error));
}

bool Endings::isAskedAgain(const WindowEnding &asked)
{
    const auto isSame = [&asked](const WindowEnding &known) {
        const bool isOfNobody = asked.plan.targets.empty();
        return !known.isOver() && (!isOfNobody || known.listener->key() == asked.listener->key())
            && std::ranges::equal(
                known.plan.targets, asked.plan.targets,
                [](const KillTarget &left, const KillTarget &right) { return left.process->id == right.process->id; });
    };
    const auto known = std::ranges::find_if(m_all, isSame);
    if (known == m_all.end() || known->plan.isForced == asked.plan.isForced) {
        return known != m_all.end();
    }
    if (known->awaitsConsent()) {
        m_all.erase(known); // the other question instead
        return false;
    }
    if (asked.plan.isForced) {
        forceNow(known->id);
    }
    return true;
}

bool Endings::learnHolders(WindowEnding &ending)
{
    if (!m_snapshot || !ending.isOver() || !ending.report) {
        return false;
    }
    bool isLearnt = false;
    for (const auto &port : ending.report->ports) {
        auto &known = ending.holders[port.listener->key()];
        if (!isFree(port) && known.empty()) {
            known = holdersOf(port, *m_snapshot);
            isLearnt = isLearnt || !known.empty();
        }
    }
    return isLearnt;
}

void Endings::begin(WindowEnding &ending)
{
    if (!m_service) {
        m_service = std::make_unique<EndingService>(AuditAsker::Window);
        connect(m_service.get(), &EndingService::reported, this,
                [this](EndingTicket ticket, const EndingReportPtr &report) {
                    if (auto *const reported = findTicket(ticket)) {
                        reported->report = report;
                        learnHolders(*reported);
                        Q_EMIT changed();
                        Q_EMIT lookWanted();
                    }
                });
        connect(m_service.get(), &EndingService::failed, this, [this](EndingTicket ticket, const Error &error) {
            if (auto *const failed = findTicket(ticket)) {
                failed->failure = error;
                Q_EMIT changed();
            }
        });
        connect(m_service.get(), &EndingService::notRecorded, this, [this](EndingTicket ticket, const Error &error) {
            if (auto *const unrecorded = findTicket(ticket)) {
                unrecorded->recordFailure = error;
                Q_EMIT changed();
            }
        });
        connect(m_service.get(), &EndingService::keptForAgain, this,
                [this](EndingTicket ticket, const std::string &attempt) {
                    if (auto *const kept = findTicket(ticket)) {
                        kept->again = attempt;
                    }
                });
    }
    ending.ticket = m_service->begin(ending.plan, {}, ending.prelude);
}

void Endings::agree(std::uint64_t id)
{
    auto *const ending = find(id);
    if (ending != nullptr && ending->awaitsConsent() && !ending->plan.targets.empty()) {
        begin(*ending);
        Q_EMIT changed();
    }
}

void Endings::forceNow(std::uint64_t id)
{
    const auto *const ending = find(id);
    if (ending != nullptr && ending->ticket != 0) {
        m_service->forceNow(ending->ticket);
    }
}

void Endings::leave(std::uint64_t id)
{
    const auto *const ending = find(id);
    if (ending != nullptr && ending->isStoppingManager()) {
        m_managers->giveUp(ending->managerTicket);
    } else if (ending != nullptr && ending->ticket != 0) {
        m_service->leave(ending->ticket);
    }
}

void Endings::dismiss(std::uint64_t id)
{
    const auto isIt = [id](const WindowEnding &ending) {
        return ending.id == id && (ending.awaitsConsent() || ending.isOver());
    };
    if (std::erase_if(m_all, isIt) > 0) {
        Q_EMIT changed();
    }
}

WindowEnding *Endings::find(std::uint64_t id)
{
    const auto found = std::ranges::find(m_all, id, &WindowEnding::id);
    return found != m_all.end() ? &*found : nullptr;
}

WindowEnding *Endings::findTicket(EndingTicket ticket)
{
    const auto found = std::ranges::find(m_all, ticket, &WindowEnding::ticket);
    return found != m_all.end() ? &*found : nullptr;
}

std::map<ListenerKey, QString> Endings::rowNotes() const
{
    std::map<ListenerKey, QString> notes;
    for (const auto &ending : m_all) {
        if (ending.isStoppingManager()) {
            for (const auto &listener : ending.plan.listeners) {
                notes.insert_or_assign(listener->key(), tr("what it runs in is being stopped"));
            }
        }
        if (ending.awaitsConsent() || ending.isOver() || !ending.report) {
            continue;
        }
        std::unordered_map<const ProcessInfo *, QString> texts;
        for (const auto &target : ending.report->targets | std::views::filter(isUnderWay)) {
            texts.emplace(target.process.get(), stageText(target, timeLeft(*ending.report)));
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

QString Endings::text(const WindowEnding &ending) const
{
    if (ending.failure) {
        return ending.managerText.isEmpty() ? tr("Nobody was stopped: %1").arg(errorText(*ending.failure))
                                            : ending.managerText;
    }
    if (ending.isStoppingManager()) {
        return tr("Asked who runs it to stop it. You may be asked for a password.");
    }
    if (ending.awaitsConsent()) {
        return ending.planText;
    }
    return ending.isOver() ? outcomeText(ending) : progressText(ending);
}

QString Endings::progressText(const WindowEnding &ending) const
{
    QStringList lines;
    if (ending.report && ending.report->stage == EndingStage::Proving) {
        const bool isManaged = !ending.prelude.services.empty();
        lines = targetLines(*ending.report,
                            [isManaged](const TargetProgress &target) { return targetOutcomeText(target, isManaged); });
    } else if (ending.report) {
        const auto left = timeLeft(*ending.report);
        lines = targetLines(*ending.report, [left](const TargetProgress &target) {
            return tr("%1: %2", "process: what happens to it")
                .arg(processText(*target.process), stageText(target, left));
        });
    }
    for (const auto &reviver : ending.plan.revivers) {
        lines << reviverText(reviver);
    }
    return lines.join(u'\n');
}

QString Endings::outcomeText(const WindowEnding &ending) const
{
    const bool isManaged = !ending.prelude.services.empty();
    QStringList lines = targetLines(
        *ending.report, [isManaged](const TargetProgress &target) { return targetOutcomeText(target, isManaged); });
    for (const auto &port : ending.report->ports) {
        const auto holders = ending.holders.find(port.listener->key());
        lines << portOutcomeText(port, holders != ending.holders.end() ? holders->second : std::vector<ListenerPtr>());
    }
    if (!ending.managerText.isEmpty()) {
        lines.prepend(ending.managerText);
    }
    if (!ending.againText.isEmpty()) {
        lines << ending.againText;
    }
    if (ending.recordFailure) {
        lines << tr("This is not in the record of what was ended: %1").arg(errorText(*ending.recordFailure));
    }
    return lines.join(u'\n');
}

std::optional<std::chrono::nanoseconds> Endings::timeLeft(const EndingReport &report) const
{
    if (!report.forcesAt) {
        return std::nullopt;
    }
    return std::max(*report.forcesAt - m_clock.monotonic(), std::chrono::nanoseconds(0));
}

std::optional<double> Endings::graceShare(const WindowEnding &ending) const
{
    if (ending.isOver() || !ending.report) {
        return std::nullopt;
    }
    const auto left = timeLeft(*ending.report);
    if (!left) {
        return std::nullopt;
    }
    const std::chrono::duration<double> grace = EndingOptions().grace;
    return std::clamp(1.0 - (std::chrono::duration<double>(*left) / grace), 0.0, 1.0);
}

} // namespace Quay
