// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Endings does about those who would start again what is ended, and to have it back.
#include "app/shared/againtext.h"
#include "app/shared/managertext.h"
#include "app/window/endings.h"
#include "core/control/revivers.h"
#include "core/service/managerservice.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Those who would start the targets again, and nobody has asked to end.
std::vector<ProcessId> managersOf(const KillPlan &plan)
{
    std::vector<ProcessId> managers;
    for (const auto &reviver : plan.revivers) {
        if (reviver.kind == ReviverKind::ProcessManager && reviver.process != nullptr) {
            managers.push_back(reviver.process->id);
        }
    }
    return managers;
}

} // namespace

void Endings::setManagers(std::unique_ptr<ServiceManagers> managers)
{
    m_managers = std::make_unique<ManagerService>(AuditAsker::Window, std::move(managers));
    connect(m_managers.get(), &ManagerService::stopped, this,
            [this](ManagerTicket ticket, const AttemptPrelude &prelude) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    QStringList lines;
                    for (const auto &service : prelude.services) {
                        lines << serviceStoppedText(service);
                    }
                    ending->managerText = lines.join(u'\n');
                    ending->prelude = prelude;
                    begin(*ending);
                    Q_EMIT changed();
                }
            });
    connect(m_managers.get(), &ManagerService::notStopped, this,
            [this](ManagerTicket ticket, const std::optional<ManagedService> &service, const Error &error) {
                if (auto *const ending = findManagerTicket(ticket)) {
                    ending->managerText = service ? serviceFailureText(*service, error) : managerErrorText(error);
                    ending->failure = error;
                    Q_EMIT changed();
                }
            });
    connect(m_managers.get(), &ManagerService::startedAgain, this,
            [this](ManagerTicket ticket, const StartingAgain &started) { noteStarted(ticket, started); });
    connect(m_managers.get(), &ManagerService::notStarted, this, [this](ManagerTicket ticket, const Error &error) {
        if (auto *const ending = findManagerTicket(ticket)) {
            ending->againText = managerErrorText(error);
            Q_EMIT changed();
        }
    });
}

QString Endings::offerText(const WindowEnding &ending)
{
    const auto &revivers = ending.plan.revivers;
    if (!ending.awaitsConsent() || revivers.empty()) {
        return {};
    }
    return revivers.size() == 1 ? Quay::offerText(revivers.front()) : tr("Stop what &would start it again");
}

void Endings::takeOffer(std::uint64_t id)
{
    auto *const ending = find(id);
    if (ending == nullptr || !ending->awaitsConsent() || ending->plan.revivers.empty()) {
        return;
    }
    if (const auto managers = managersOf(ending->plan); !managers.empty()) {
        std::ranges::copy(managers, std::back_inserter(ending->asked));
        const auto planned = plan(*ending, std::max(ending->plan.scope, KillScope::Tree));
        if (!planned) {
            m_all.remove_if([id](const WindowEnding &known) { return known.id == id; });
            refuse(planned.error());
        } else {
            setPlan(*ending, *planned); // which asks once more: it is about others as well
        }
        Q_EMIT changed();
        return;
    }
    if (!m_managers) {
        setManagers(nullptr);
    }
    addPublishedPorts(ending->plan);
    ending->managerTicket = m_managers->stopServices(ending->plan);
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
    ending->managerTicket = m_managers->startAgain(std::exchange(ending->again, {}));
    Q_EMIT changed();
}

void Endings::noteStarted(ManagerTicket ticket, const StartingAgain &started)
{
    auto *const ending = findManagerTicket(ticket);
    if (ending == nullptr) {
        return; // its card was closed
    }
    QStringList lines;
    for (const auto &thing : started.things) {
        lines << startedText(thing);
        if (ending->againLog.isEmpty() && thing.pid) {
            ending->againLog = QString::fromStdString(thing.logPath);
        }
    }
    ending->againText = lines.join(u'\n');
    if (!started.recorded) {
        ending->recordFailure = started.recorded.error();
    }
    Q_EMIT changed();
    Q_EMIT lookWanted();
}

void Endings::openLog(std::uint64_t id)
{
    if (const auto *const ending = find(id); ending != nullptr && !ending->againLog.isEmpty()) {
        Q_EMIT logWanted(ending->againLog);
    }
}

WindowEnding *Endings::findManagerTicket(ManagerTicket ticket)
{
    const auto found = std::ranges::find(m_all, ticket, &WindowEnding::managerTicket);
    return found != m_all.end() ? &*found : nullptr;
}

} // namespace Quay
