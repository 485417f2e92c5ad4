// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/usernames.h"
#include "app/window/endingreader.h"
#include "app/window/endingway.h"
#include "app/window/ownerwait.h"
#include "app/window/windowending.h"
#include "core/base/clock.h"
#include "core/control/killplan.h"
#include "core/control/permissionrequests.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/processinfo.h"
#include "core/service/endingservice.h"
#include "core/service/managerservice.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

class PrivilegedClient;

/**
 * What has been asked to end in this window, from the plan to the outcome. Any number at a time.
 *
 * Whoever was drawn is who is meant: identities are those of the listener as it stood in its row. One process is asked
 * at once; a plan of more, or of what would be started again, waits for consent, and does not change while it waits.
 * Asked to stop once more nothing happens; asked to kill, what is under way is forced.
 *
 * Threads: GUI. What a request has to read, of the processes and of the list of those to be spared, is read on another
 * one, of one request after the other: a plan comes later, in the order in which they were made.
 */
class Endings : public QObject
{
    Q_OBJECT
public:
    /// @p client is asked for what we may not do ourselves, and outlives it. Null: that is reported as not permitted.
    explicit Endings(std::shared_ptr<UserNames> users, PrivilegedClient *client = nullptr, QObject *parent = nullptr,
                     const Clock &clock = systemClock());
    ~Endings() override;

    void setSnapshot(const PortSnapshotPtr &snapshot);
    /// Plans to end all who hold @p listener. Where it is not sure that these are all who do, they are waited for
    /// first. Who does not hold it any more is not meant.
    void request(const ListenerPtr &listener, const EndingWay &way);
    /// Plans to end @p process, whether or not it holds a port. What it runs in is looked up first.
    void requestProcess(const ProcessInfoPtr &process, const EndingWay &way) { m_reader->begin(process, way); }

    void agree(std::uint64_t id, const EndingOptions &options = {});
    /// Asks all of them with it; nothing: each with what its kind wants. Of one that waits for consent.
    void setSignal(std::uint64_t id, std::optional<int> signal);
    /// Lets the connections end first, for so long at most; nothing: not. Of one that waits for consent.
    void setDrain(std::uint64_t id, std::optional<std::chrono::milliseconds> drain);
    /// Instead: stops what would start it again, or the parent of a zombie. Of processes the plan is made anew, and
    /// asked about.
    void takeOffer(std::uint64_t id, const EndingOptions &options = {});
    /// Starts again what has ended.
    void startAgain(std::uint64_t id);
    void openLog(std::uint64_t id);
    void forceNow(std::uint64_t id);
    void leave(std::uint64_t id);
    /// Forgets one that waits for consent or is over.
    void dismiss(std::uint64_t id);
    /// Forgets the question that was asked last, if one is open. Whether there was one.
    bool withdrawLastQuestion();

    /// Who is asked to stop and start services; those of this machine, unless a test has others.
    void setManagers(std::unique_ptr<ServiceManagers> managers);
    /// As of EndingReader.
    void setUnitReader(EndingReader::UnitReader reader) { m_reader->setUnitReader(std::move(reader)); }

    [[nodiscard]] const std::list<WindowEnding> &all() const { return m_all; }
    /// What can be done instead of the plan, on a button. Empty: nothing.
    [[nodiscard]] static QString offerText(const WindowEnding &ending);
    /// What happens to the ports that are being freed, for their rows.
    [[nodiscard]] std::map<ListenerKey, QString> rowNotes() const;
    /// The plan, what happens, or how it went, over several lines.
    [[nodiscard]] QString text(const WindowEnding &ending) const;
    /// The share of the grace period that has gone by, 0 to 1. Nothing: none runs.
    [[nodiscard]] std::optional<double> graceShare(const WindowEnding &ending) const;

Q_SIGNALS:
    void changed();
    /// There is no plan; a sentence for the user.
    void refused(const QString &message);
    /// The ports are others by now.
    void lookWanted();
    /// Somebody is to be ended of whom it is not sure that nobody else holds the port: a snapshot that knows is to
    /// come.
    void ownersWanted();
    /// What was started again writes to @p path.
    void logWanted(const QString &path);

private:
    using Names = std::set<std::string>;

    void consider(const EndingReading &reading);
    /// @p protectedNames: whom to spare.
    void show(WindowEnding asked, const EndingWay &way, const Names &protectedNames);
    /// Nothing: it was said why there is none.
    [[nodiscard]] std::optional<KillPlan> planOrRefuse(const WindowEnding &asked, KillScope scope,
                                                       const Names &protectedNames);
    void setPlan(WindowEnding &ending, const KillPlan &plan);
    /// After something else was chosen: the plan has it, and says so.
    void takeChoices(WindowEnding &ending);
    /// Says that nobody was signalled, and writes it down on another thread.
    void sayAndRecord(const WindowEnding &asked, AuditRefusal reason, const QString &sentence);
    /// @p sentence: what was said about it.
    void record(const WindowEnding &asked, AuditRefusal reason, const QString &sentence = {});
    void begin(WindowEnding &ending);
    void makeService();
    void noteStarted(ManagerTicket ticket, const StartingAgain &started);
    /// Whether an ending of the same processes is under way: then it does what is asked for.
    [[nodiscard]] bool isAskedAgain(const WindowEnding &asked);
    /// From the look at hand, as learnWhoHoldsNow().
    bool learn(WindowEnding &ending) const;
    void endOthersToo(WindowEnding &ending, const std::vector<ProcessInfoPtr> &others, KillScope scope);
    [[nodiscard]] WindowEnding *find(std::uint64_t id);
    [[nodiscard]] WindowEnding *findTicket(EndingTicket ticket);
    [[nodiscard]] WindowEnding *findManagerTicket(ManagerTicket ticket);

    std::shared_ptr<UserNames> m_users; ///< never null
    const Clock &m_clock;
    PortSnapshotPtr m_snapshot;
    std::unique_ptr<EndingService> m_service; ///< Made for the first ending: most windows end nothing.
    std::unique_ptr<PermissionRequests> m_permissions; ///< Null: there is nobody to ask.
    std::unique_ptr<ManagerService> m_managers; ///< Made when it is first needed.
    OwnerWait *m_ownerWait;
    EndingReader *m_reader;
    std::list<WindowEnding> m_all;
    std::uint64_t m_lastId = 0;
};

} // namespace Quay
