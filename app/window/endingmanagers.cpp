// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Endings does about those who would start again what is ended, and to have it back.
#include "app/shared/againtext.h"
#include "app/shared/endingtext.h"
#include "app/shared/format.h"
#include "app/shared/managertext.h"
#include "app/window/endings.h"
#include "core/control/planoffers.h"
#include "core/control/revivers.h"
#include "core/control/starter.h"
#include "core/processes/ancestry.h"
#include "core/service/managerservice.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Whoever had ended when it was to be asked, between the look and the signal.
std::vector<ProcessId> zombiesMet(const WindowEnding &ending)
{
    std::vector<ProcessId> zombies;
    for (const auto &target : ending.report->targets) {
        if (target.wasZombie) {
            zombies.push_back(target.process->id);
        }
    }
    return zombies;
}

/// Who started whoever took a port again. Null: nobody that can be ended, or that can be seen.
ProcessInfoPtr bringerBack(const WindowEnding &ending)
{
    for (const auto &port : ending.report->ports) {
        const auto holders = ending.holders.find(port.listener->key());
        if (!port.cameBack || holders == ending.holders.end()) {
            continue;
        }
        for (const auto &listener : holders->second) {
            for (const auto &owner : listener->owners) {
                if (const auto *const starter = starterToEnd(owner)) {
                    return starter->process;
                }
            }
        }
    }
    return nullptr;
}

QString serviceStopText(const std::vector<ManagedService> &services, const ServiceStops &stops)
{
    QStringList lines;
    for (const auto &line : serviceStopLines(services, stops)) {
        lines << line.text;
    }
    return lines.join(u'\n');
}

QString parentOfferText(const std::vector<ProcessInfoPtr> &parents)
{
    return parents.size() == 1 ? Endings::tr("&End its parent %1 instead")
                                     .arg(processText(*parents.front()).replace(u'&', QStringLiteral("&&")))
                               : Endings::tr("&End their parents instead");
}

} // namespace

void Endings::setManagers(std::unique_ptr<ServiceManagers> managers)
{
    m_managers = std::make_unique<ManagerService>(AuditAsker::Window, std::move(managers));
    connect(m_managers.get(), &ManagerService::drained, this, [this](ManagerTicket ticket) {
        if (auto *const ending = findManagerTicket(ticket)) {
            ending->phase = EndingPhase::StoppingServices;
            Q_EMIT changed();
        }
    });
    connect(m_managers.get(), &ManagerService::stopped, this,
            [this](ManagerTicket ticket, const AttemptPrelude &prelude) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    ending->managerText = serviceStopText(prelude.services, {.stopped = prelude.services.size()});
                    ending->prelude = prelude;
                    begin(*ending);
                    Q_EMIT changed();
                }
            });
    connect(m_managers.get(), &ManagerService::keptForAgain, this,
            [this](ManagerTicket ticket, const std::string &attempt) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    ending->again.offer(attempt);
                }
            });
    connect(m_managers.get(), &ManagerService::notStopped, this,
            [this](ManagerTicket ticket, const std::vector<ManagedService> &services, const ServiceStops &stops) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    ending->phase = EndingPhase::NotBegun;
                    ending->managerText = serviceStopText(services, stops);
                    ending->failure = stops.error;
                    if (services.empty()) { // who it would have been is not known: nothing of it is written down yet
                        record(*ending, AuditRefusal::ManagerFailed);
                    }
                    Q_EMIT changed();
                }
            });
    connect(m_managers.get(), &ManagerService::startedAgain, this,
            [this](ManagerTicket ticket, const StartingAgain &started) { noteStarted(ticket, started); });
    connect(m_managers.get(), &ManagerService::portsTaken, this,
            [this](ManagerTicket ticket, const std::vector<TakenPort> &taken) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    ending->again.phase = AgainCourse::Phase::Offered;
                    ending->again.text.clear();
                    ending->again.taken = taken; // which the next press knows
                    Q_EMIT changed();
                }
            });
    connect(m_managers.get(), &ManagerService::notStarted, this, [this](ManagerTicket ticket, const Error &error) {
        if (auto *const ending = findManagerTicket(ticket)) {
            ending->again.phase = AgainCourse::Phase::Done;
            ending->again.hasFailed = true;
            ending->again.text = managerErrorText(error);
            Q_EMIT changed();
        }
    });
}

QString Endings::offerText(const WindowEnding &ending)
{
    if (ending.isOver() && ending.report && !zombiesMet(ending).empty()) {
        return tr("&End its parent instead ...");
    }
    const auto bringer = ending.isOver() && ending.report ? bringerBack(ending) : nullptr;
    if (bringer) {
        return tr("&Stop %1, which started it again ...")
            .arg(processText(*bringer).replace(u'&', QStringLiteral("&&")));
    }
    const auto parents = parentsOfZombies(ending.plan);
    std::vector<Reviver> revivers;
    std::ranges::copy_if(ending.plan.revivers, std::back_inserter(revivers), canBeStopped);
    if (!ending.awaitsConsent() || (revivers.empty() && parents.empty())) {
        return {};
    }
    if (revivers.empty()) {
        return parentOfferText(parents);
    }
    return revivers.size() == 1 && parents.empty() ? Quay::offerText(revivers.front())
                                                   : tr("Stop what &would start it again");
}

void Endings::endOthersToo(WindowEnding &ending, const std::vector<ProcessInfoPtr> &others, KillScope scope)
{
    std::ranges::transform(others, std::back_inserter(ending.asked),
                           [](const ProcessInfoPtr &process) { return process->id; });
    const auto planned = planOrRefuse(ending, scope, ending.plan.protectedNames); // as when it was asked about
    if (!planned) {
        m_all.remove_if([id = ending.id](const WindowEnding &known) { return known.id == id; });
    } else {
        setPlan(ending, *planned); // which asks once more: it is about others as well
    }
    Q_EMIT changed();
}

void Endings::takeOffer(std::uint64_t id, const EndingOptions &options)
{
    auto *const ending = find(id);
    if (ending == nullptr || offerText(*ending).isEmpty()) {
        return;
    }
    if (ending->isOver()) {
        WindowEnding asked{.listener = ending->listener, .process = ending->process, .asked = zombiesMet(*ending)};
        if (asked.asked.empty()) {
            const auto bringer = bringerBack(*ending);
            dismiss(id);
            requestProcess(bringer, {.scope = KillScope::Tree, .asksFirst = true});
            return;
        }
        const auto lastId = m_lastId;
        const auto protectedNames = ending->plan.protectedNames;
        dismiss(id);
        show(std::move(asked), {.asksFirst = true}, protectedNames);
        if (m_lastId != lastId && !m_all.back().plan.zombies.empty()) {
            takeOffer(m_lastId); // the question is about the parent, as it is known by now
        }
        return;
    }
    if (const auto managers = managersIn(ending->plan); !managers.empty()) {
        endOthersToo(*ending, managers, std::max(ending->plan.scope, KillScope::Tree));
        return;
    }
    if (const auto parents = parentsOfZombies(ending->plan); !parents.empty()) {
        endOthersToo(*ending, parents, ending->plan.scope);
        return;
    }
    if (!m_managers) {
        setManagers(nullptr);
    }
    addPublishedPorts(ending->plan);
    ending->options = options;
    const bool drains = ending->plan.drain && !ending->plan.isForced;
    ending->phase = drains ? EndingPhase::DrainingServices : EndingPhase::StoppingServices;
    ending->managerTicket = m_managers->stopServices(ending->plan, options.grace);
    Q_EMIT changed();
}

void Endings::startAgain(std::uint64_t id)
{
    auto *const ending = find(id);
    if (ending == nullptr || !ending->canStartAgain()) {
        return;
    }
    if (!m_managers) {
        setManagers(nullptr);
    }
    auto &again = ending->again;
    again.phase = AgainCourse::Phase::Starting;
    again.hasFailed = false;
    again.text = tr("It is being started again ...");
    // Whoever has its port by now stands beside the button.
    ending->managerTicket = m_managers->startAgain(again.attempt, !again.taken.empty());
    Q_EMIT changed();
}

void Endings::noteStarted(ManagerTicket ticket, const StartingAgain &started)
{
    auto *const ending = findManagerTicket(ticket);
    if (ending == nullptr) {
        return; // its card was closed
    }
    auto &again = ending->again;
    again.started.clear();
    for (const auto &thing : started.things) {
        if (!thing.error) {
            again.started << shownText(thing.name);
        }
        if (again.log.isEmpty() && !thing.error) { // also of one that has ended at once
            again.log = QString::fromStdString(thing.logPath);
        }
    }
    again.text = startedAgainText(started);
    const bool isLeftToOthers = std::ranges::all_of(started.things, &StartedThing::isLeftToAnother);
    again.phase = isLeftToOthers ? AgainCourse::Phase::Offered // for when that has ended
                                 : AgainCourse::Phase::Done;
    again.hasFailed = !isLeftToOthers && !std::ranges::all_of(started.things, runs);
    if (!started.recorded) {
        ending->recordFailure = started.recorded.error();
    }
    Q_EMIT changed();
    Q_EMIT lookWanted();
}

void Endings::openLog(std::uint64_t id)
{
    if (const auto *const ending = find(id); ending != nullptr && !ending->again.log.isEmpty()) {
        Q_EMIT logWanted(ending->again.log);
    }
}

WindowEnding *Endings::findManagerTicket(ManagerTicket ticket)
{
    const auto found = std::ranges::find(m_all, ticket, &WindowEnding::managerTicket);
    return found != m_all.end() ? &*found : nullptr;
}

} // namespace Quay
