// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/again/startingagain.h"
#include "core/again/takenports.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/killplan.h"
#include "core/control/servicemanagers.h"
#include "core/control/servicestops.h"
#include "core/history/attemptrecorder.h"
#include "core/history/auditentry.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace Quay {

class AuditLog;

/// Names a wish of one ManagerService; ascending from 1.
using ManagerTicket = quint64;

/// Lives on its own thread, and blocks it for as long as a manager takes.
class ManagerWorker : public QObject
{
    Q_OBJECT
public:
    ManagerWorker(AuditAsker asker, std::unique_ptr<ServiceManagers> managers);
    ~ManagerWorker() override;

    // Thread of both: worker.
    void stopServices(Quay::ManagerTicket ticket, const Quay::KillPlan &plan, std::chrono::milliseconds grace,
                      const std::stop_token &stop);
    void startAgain(Quay::ManagerTicket ticket, const std::string &attempt, bool evenIfTaken,
                    const std::stop_token &stop);

Q_SIGNALS:
    void drained(Quay::ManagerTicket ticket);
    void stopped(Quay::ManagerTicket ticket, const Quay::AttemptPrelude &prelude);
    void keptForAgain(Quay::ManagerTicket ticket, const std::string &attempt);
    void notStopped(Quay::ManagerTicket ticket, const std::vector<Quay::ManagedService> &services,
                    const Quay::ServiceStops &stops);
    void startedAgain(Quay::ManagerTicket ticket, const Quay::StartingAgain &started);
    void notStarted(Quay::ManagerTicket ticket, const Quay::Error &error);
    void portsTaken(Quay::ManagerTicket ticket, const std::vector<Quay::TakenPort> &taken);

private:
    [[nodiscard]] AuditLog &log();

    AuditAsker m_asker;
    std::unique_ptr<ServiceManagers> m_managers;
    std::unique_ptr<AuditLog> m_log;
};

/**
 * Stops the services of a plan, and starts again what an attempt has ended, one wish after the other on a thread of its
 * own: managers take seconds, and may ask for a password.
 *
 * The destructor gives up what is under way and joins the thread.
 *
 * Threads: owner's (GUI). Signals come on the owner's thread.
 */
class ManagerService : public QObject
{
    Q_OBJECT
public:
    /// @p managers: null for those of this machine.
    explicit ManagerService(AuditAsker asker, std::unique_ptr<ServiceManagers> managers = nullptr,
                            QObject *parent = nullptr);
    ~ManagerService() override;

    /// Stops every unit and container that would start the targets of @p plan again, once its connections have drained.
    /// @p grace: of containers. That it is to be done has been written to the audit log by then. stopped() or
    /// notStopped() follows.
    ManagerTicket stopServices(const KillPlan &plan, std::chrono::milliseconds grace);
    /// As startAgain(), for what is kept of @p attempt. startedAgain() or notStarted() follows; or, unless it is wanted
    /// all the same, portsTaken() when somebody else has a port by now that it held.
    ManagerTicket startAgain(const std::string &attempt, bool evenIfTaken = false);
    /// Waits no longer for what comes of it; an answer follows all the same.
    void giveUp(ManagerTicket ticket);

Q_SIGNALS:
    /// Connections have ended, or their time has: now services are asked to stop.
    void drained(Quay::ManagerTicket ticket);
    /// @p prelude: the attempt goes on with it, see EndingService::begin().
    void stopped(Quay::ManagerTicket ticket, const Quay::AttemptPrelude &prelude);
    /// Some were stopped, and can be started again. notStopped() follows.
    void keptForAgain(Quay::ManagerTicket ticket, const std::string &attempt);
    /// Nobody was signalled. @p services: that were to be stopped; none when they could not be found out, which is not
    /// written down. @p stops: always with an error.
    void notStopped(Quay::ManagerTicket ticket, const std::vector<Quay::ManagedService> &services,
                    const Quay::ServiceStops &stops);
    void startedAgain(Quay::ManagerTicket ticket, const Quay::StartingAgain &started);
    /// Nothing was started. Errors: as AgainStore.
    void notStarted(Quay::ManagerTicket ticket, const Quay::Error &error);
    /// Nothing was started. @p taken: never empty.
    void portsTaken(Quay::ManagerTicket ticket, const std::vector<Quay::TakenPort> &taken);

    // Internal: they cross to the worker's thread.
    void stopRequested(Quay::ManagerTicket ticket, const Quay::KillPlan &plan, std::chrono::milliseconds grace,
                       const std::stop_token &stop);
    void startRequested(Quay::ManagerTicket ticket, const std::string &attempt, bool evenIfTaken,
                        const std::stop_token &stop);

private:
    [[nodiscard]] std::stop_token tokenOf(ManagerTicket ticket) { return m_stops[ticket].get_token(); }

    QThread m_thread;
    ManagerWorker *m_worker; ///< Owned by m_thread, see deleteLater.
    ManagerTicket m_lastTicket = 0;
    std::map<ManagerTicket, std::stop_source> m_stops; ///< Of what is under way.
};

} // namespace Quay
