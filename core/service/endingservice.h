// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EndingService lives on the GUI thread; its EndingWorker lives on a thread named "endings".
#pragma once

#include "core/again/againstore.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/attemptrecorder.h"
#include "core/history/auditentry.h"
#include "core/history/auditlog.h"
#include "core/processes/processid.h"

#include <QObject>
#include <QSocketNotifier>
#include <QThread>
#include <QTimer>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace Quay {

class Terminator;

/// Names an ending of one EndingService; ascending from 1.
using EndingTicket = quint64;
using EndingReportPtr = std::shared_ptr<const EndingReport>;

/// Lives on its own thread. Opens the Terminator and the audit log at the first ending.
class EndingWorker : public QObject
{
    Q_OBJECT
public:
    explicit EndingWorker(AuditAsker asker);
    ~EndingWorker() override;

    // Thread of all: worker.
    void begin(Quay::EndingTicket ticket, const Quay::KillPlan &plan, const Quay::EndingOptions &options,
               const Quay::AttemptPrelude &prelude);
    void forceNow(Quay::EndingTicket ticket);
    void leave(Quay::EndingTicket ticket);
    void signalled(Quay::EndingTicket ticket, Quay::ProcessId process, const Quay::Result<> &result);
    /// Leaves whatever is under way, and writes that down.
    void leaveAll();

Q_SIGNALS:
    void reported(Quay::EndingTicket ticket, const Quay::EndingReportPtr &report);
    void failed(Quay::EndingTicket ticket, const Quay::Error &error);
    void notRecorded(Quay::EndingTicket ticket, const Quay::Error &error);
    void keptForAgain(Quay::EndingTicket ticket, const std::string &attempt);

private:
    /// An ending that has not finished.
    struct Running
    {
        std::uint64_t ending = 0; ///< As the Terminator calls it; 0 until it is begun.
        std::unique_ptr<AttemptRecorder> recorder; ///< Null when there is nowhere to write to.
        EndedThings ended; ///< How to have back what it ends.
    };

    [[nodiscard]] Result<> openTerminator();
    void openLog();
    void note(const EndingReport &report);
    void keepForAgain(EndingTicket ticket, const Running &running, const EndingReport &report);
    void advance();
    void waitForMore();

    AuditAsker m_asker;
    std::unique_ptr<AuditLog> m_log;
    Result<> m_logState;
    std::map<EndingTicket, Running> m_running;
    EndingTicket m_beginning = 0; ///< Whose first reports come while begin() has not given its id yet.
    std::unique_ptr<Terminator> m_terminator;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_deadline;
};

/**
 * Ends processes on a thread of its own, so that a thousand of them hold up nobody, and has each attempt written to the
 * audit log.
 *
 * The destructor joins the thread. What has not ended by then is left, and recorded so.
 *
 * Threads: owner's (GUI). Signals come on the owner's thread.
 */
class EndingService : public QObject
{
    Q_OBJECT
public:
    explicit EndingService(AuditAsker asker, QObject *parent = nullptr);
    ~EndingService() override;

    /// Begins an ending. Reports follow, the last with the stage Finished, or failed() instead of all.
    /// @p prelude: what the attempt has done before.
    EndingTicket begin(const KillPlan &plan, const EndingOptions &options = {}, const AttemptPrelude &prelude = {});
    /// As Terminator::forceNow(). Nothing happens when it has finished.
    void forceNow(EndingTicket ticket);
    /// As Terminator::leave(). Nothing happens when it has finished.
    void leave(EndingTicket ticket);
    /// As Terminator::signalled(). Nothing happens when it has finished.
    void signalled(EndingTicket ticket, ProcessId process, const Result<> &result);

Q_SIGNALS:
    void reported(Quay::EndingTicket ticket, const Quay::EndingReportPtr &report);
    /// Nobody was signalled. Errors: as Terminator::open().
    void failed(Quay::EndingTicket ticket, const Quay::Error &error);
    /// It is done all the same, but `quay audit` will not, or not wholly, know of it.
    void notRecorded(Quay::EndingTicket ticket, const Quay::Error &error);

    /// All of it has ended, and can be started again: see AgainStore. Comes before the last report.
    void keptForAgain(Quay::EndingTicket ticket, const std::string &attempt);

    // Internal: they cross to the worker's thread.
    void beginRequested(Quay::EndingTicket ticket, const Quay::KillPlan &plan, const Quay::EndingOptions &options,
                        const Quay::AttemptPrelude &prelude);
    void forceRequested(Quay::EndingTicket ticket);
    void leaveRequested(Quay::EndingTicket ticket);
    void signalledElsewhere(Quay::EndingTicket ticket, Quay::ProcessId process, const Quay::Result<> &result);

private:
    QThread m_thread;
    EndingWorker *m_worker; ///< Owned by m_thread, see deleteLater.
    EndingTicket m_lastTicket = 0;
};

} // namespace Quay
