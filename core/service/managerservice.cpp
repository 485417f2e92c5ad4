// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/managerservice.h"

#include "core/again/againstore.h"
#include "core/control/ending.h"
#include "core/control/lazymanagers.h"
#include "core/history/auditlog.h"
#include "core/ports/portmonitor.h"

#include <QString>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace Quay {

namespace {

GoesOn untilRequested(const std::stop_token &stop)
{
    return [stop] { return !stop.stop_requested(); };
}

Result<PortSnapshotPtr> freshLook()
{
    return PortMonitor::open().and_then([](const auto &monitor) { return monitor->look({}); });
}

} // namespace

ManagerWorker::ManagerWorker(AuditAsker asker, std::unique_ptr<ServiceManagers> managers)
    : m_asker(asker)
    , m_managers(managers != nullptr ? std::move(managers) : std::make_unique<LazyManagers>())
{
}

ManagerWorker::~ManagerWorker() = default;

AuditLog &ManagerWorker::log()
{
    if (!m_log) {
        const auto author = auditAuthor(m_asker);
        m_log = std::make_unique<AuditLog>(auditLogPath().value_or(std::string()), author.value_or(AuditAuthor()));
    }
    return *m_log;
}

void ManagerWorker::stopServices(ManagerTicket ticket, const KillPlan &plan, std::chrono::milliseconds grace,
                                 const std::stop_token &stop)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const GoesOn goesOn = untilRequested(stop);
    auto services = findServices(*m_managers, plan.revivers, goesOn);
    if (!services) {
        Q_EMIT notStopped(ticket, {}, {.error = services.error()});
        return;
    }
    AttemptPrelude prelude{.attempt = log().newAttempt(), .actions = {}, .services = *std::move(services)};
    std::ranges::transform(prelude.services, std::back_inserter(prelude.actions), actionStopping);
    std::ignore = log().begun(prelude.attempt, plan, prelude.actions); // what follows says when that fails
    const auto begunAt = log().now();
    const ServiceStopObserver observer{
        .goesOn = goesOn, .drained = [this, ticket] { Q_EMIT drained(ticket); }, .asks = [](const ManagedService &) {}};
    const auto stops = Quay::stopServices(*m_managers, prelude.services, plan, grace, observer);
    prelude.actions = triedActions(std::move(prelude.actions), stops);
    prelude.connectionsCut = stops.connectionsCut;
    if (stops.error) {
        const auto report = reportOfNothing(plan, stops, begunAt, log().now());
        std::ignore = log().ended(prelude.attempt, report, prelude.actions);
        if (keepWhatWasStopped(report, prelude.attempt, std::span(prelude.services).first(stops.stopped))) {
            Q_EMIT keptForAgain(ticket, prelude.attempt);
        }
        Q_EMIT notStopped(ticket, prelude.services, stops);
        return;
    }
    Q_EMIT stopped(ticket, prelude);
}

void ManagerWorker::startAgain(ManagerTicket ticket, const std::string &attempt, bool evenIfTaken,
                               const std::stop_token &stop)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const auto things =
        againDirectory().and_then([&](const std::string &directory) { return AgainStore(directory).read(attempt); });
    const auto logs = againLogDirectory();
    if (!things || !logs) {
        Q_EMIT notStarted(ticket, !things ? things.error() : logs.error());
        return;
    }
    if (!stillRunning(*things).empty()) {
        Q_EMIT startedAgain(ticket, leftToAnother(*things));
        return;
    }
    if (const auto taken = evenIfTaken ? std::vector<TakenPort>() : takenNow(things->ports, freshLook);
        !taken.empty()) {
        Q_EMIT portsTaken(ticket, taken);
        return;
    }
    Q_EMIT startedAgain(ticket, Quay::startAgain(*things, *m_managers, log(), *logs, untilRequested(stop)));
}

ManagerService::ManagerService(AuditAsker asker, std::unique_ptr<ServiceManagers> managers, QObject *parent)
    : QObject(parent)
    , m_worker(new ManagerWorker(asker, std::move(managers)))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(this, &ManagerService::stopRequested, m_worker, &ManagerWorker::stopServices);
    connect(this, &ManagerService::startRequested, m_worker, &ManagerWorker::startAgain);
    connect(m_worker, &ManagerWorker::drained, this, &ManagerService::drained);
    connect(m_worker, &ManagerWorker::stopped, this, &ManagerService::stopped);
    connect(m_worker, &ManagerWorker::keptForAgain, this, &ManagerService::keptForAgain);
    connect(m_worker, &ManagerWorker::notStopped, this, &ManagerService::notStopped);
    connect(m_worker, &ManagerWorker::startedAgain, this, &ManagerService::startedAgain);
    connect(m_worker, &ManagerWorker::notStarted, this, &ManagerService::notStarted);
    connect(m_worker, &ManagerWorker::portsTaken, this, &ManagerService::portsTaken);
    const auto forget = [this](ManagerTicket ticket) { m_stops.erase(ticket); };
    connect(this, &ManagerService::stopped, this, forget);
    connect(this, &ManagerService::notStopped, this, forget);
    connect(this, &ManagerService::startedAgain, this, forget);
    connect(this, &ManagerService::notStarted, this, forget);
    connect(this, &ManagerService::portsTaken, this, forget);
    m_thread.setObjectName(QStringLiteral("managers"));
    m_thread.start();
}

ManagerService::~ManagerService()
{
    for (auto &[ticket, stop] : m_stops) {
        stop.request_stop();
    }
    m_thread.quit();
    m_thread.wait();
}

ManagerTicket ManagerService::stopServices(const KillPlan &plan, std::chrono::milliseconds grace)
{
    const ManagerTicket ticket = ++m_lastTicket;
    Q_EMIT stopRequested(ticket, plan, grace, tokenOf(ticket));
    return ticket;
}

ManagerTicket ManagerService::startAgain(const std::string &attempt, bool evenIfTaken)
{
    const ManagerTicket ticket = ++m_lastTicket;
    Q_EMIT startRequested(ticket, attempt, evenIfTaken, tokenOf(ticket));
    return ticket;
}

void ManagerService::giveUp(ManagerTicket ticket)
{
    if (const auto found = m_stops.find(ticket); found != m_stops.end()) {
        found->second.request_stop();
    }
}

} // namespace Quay
