// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endings.h"

#include "app/shared/audittext.h"
#include "app/shared/listenertext.h"
#include "app/shared/plantext.h"
#include "app/window/endingaftermath.h"
#include "app/window/endingplan.h"
#include "app/window/endingstatus.h"
#include "core/history/auditlog.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Nobody waits for it here: that the port is free is shown meanwhile.
constexpr auto HostWatch = std::chrono::milliseconds(1000);

bool isAboutTheSame(const WindowEnding &left, const WindowEnding &right)
{
    if (left.listener == nullptr || right.listener == nullptr) {
        return left.listener == right.listener && left.asked == right.asked;
    }
    return left.listener->key() == right.listener->key();
}

bool areAmong(const std::vector<ProcessId> &some, const std::vector<ProcessId> &all)
{
    return std::ranges::all_of(some, [&all](ProcessId process) { return std::ranges::contains(all, process); });
}

} // namespace

Endings::Endings(std::shared_ptr<UserNames> users, PrivilegedClient *client, QObject *parent, const Clock &clock)
    : QObject(parent)
    , m_users(std::move(users))
    , m_clock(clock)
    , m_ownerWait(new OwnerWait(this))
    , m_reader(new EndingReader(this))
{
    connect(m_ownerWait, &OwnerWait::ownersWanted, this, &Endings::ownersWanted);
    connect(m_ownerWait, &OwnerWait::ready, this,
            [this](const ListenerPtr &before, const ListenerPtr &now, const EndingWay &way) {
                if (now) {
                    EndingWay known = way;
                    known.asksFirst = known.asksFirst || !areAmong(ownersOf(*now), ownersOf(*before));
                    m_reader->begin(now, known);
                } else {
                    sayAndRecord({.listener = before, .asked = ownersOf(*before)}, AuditRefusal::Gone,
                                 tr("Port %1 was given up meanwhile. Nothing was done.").arg(before->socket.localPort));
                }
                Q_EMIT changed(); // its row says nothing of it any more
            });
    connect(m_reader, &EndingReader::done, this, &Endings::consider);
    if (client != nullptr) {
        m_permissions = std::make_unique<PermissionRequests>(
            *client, [this](EndingTicket ticket, ProcessId process, const Result<> &result) {
                m_service->signalled(ticket, process, result);
            });
    }
}

Endings::~Endings() = default;

void Endings::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    bool isAnyLearnt = false;
    for (auto &ending : m_all) {
        isAnyLearnt = learn(ending) || isAnyLearnt;
    }
    if (isAnyLearnt) {
        Q_EMIT changed();
    }
    m_ownerWait->setSnapshot(snapshot);
}

void Endings::request(const ListenerPtr &listener, const EndingWay &way)
{
    if (listener->knowledge == OwnerKnowledge::FirstFound) {
        m_ownerWait->begin(listener, way);
        Q_EMIT changed();
        return;
    }
    m_reader->begin(listener, way);
}

void Endings::consider(const EndingReading &reading)
{
    WindowEnding asked = reading.asked;
    EndingWay way = reading.way;
    const auto drawn = asked.listener != nullptr ? ownersOf(*asked.listener) : asked.asked;
    if (asked.asked != drawn) {
        Q_EMIT ownersWanted(); // for the row
        way.asksFirst = true;
    }
    if (asked.asked.empty() && !drawn.empty()) {
        asked.asked = drawn;
        const int port = asked.listener->socket.localPort;
        sayAndRecord(asked, AuditRefusal::Gone,
                     tr("Who held port %1 has given it up meanwhile. Nothing was done.").arg(port));
    } else if (!reading.protectedNames) {
        Q_EMIT refused(tr("Nothing was stopped, for whom to spare is not known: %1")
                           .arg(errorText(reading.protectedNames.error())));
    } else {
        show(std::move(asked), way, *reading.protectedNames);
    }
}

void Endings::show(WindowEnding asked, const EndingWay &way, const Names &protectedNames)
{
    asked.plan.isForced = way.isForced;
    const auto planned = planOrRefuse(asked, way.scope, protectedNames);
    if (!planned) {
        return;
    }
    setPlan(asked, *planned);
    if (planned->targets.empty() && offerText(asked).isEmpty()) {
        sayAndRecord(asked, refusalOf(*planned), asked.planText);
        return;
    }
    if (isAskedAgain(asked)) {
        return;
    }
    asked.id = ++m_lastId;
    auto &ending = m_all.emplace_back(std::move(asked));
    const bool isGuess = ending.listener && ending.listener->knowledge == OwnerKnowledge::InferredFromUnit;
    const bool isPlain = planned->targets.size() == 1 && planned->revivers.empty() && planned->zombies.empty()
        && !isGuess
        && !planned->targets.front().staysUnlessNamed; // a row is a port to who selects it, whoever holds it
    if (isPlain && !way.asksFirst) {
        begin(ending);
    }
    Q_EMIT changed();
}

std::optional<KillPlan> Endings::planOrRefuse(const WindowEnding &asked, KillScope scope, const Names &protectedNames)
{
    auto planned = planFor(asked, scope, m_snapshot, protectedNames);
    if (!planned) {
        sayAndRecord(asked, refusalOf(planned.error()), planFailureText(planned.error()));
        return std::nullopt;
    }
    return *std::move(planned);
}

void Endings::setPlan(WindowEnding &ending, const KillPlan &plan)
{
    ending.plan = plan;
    ending.ownSignals.clear();
    std::ranges::transform(plan.targets, std::back_inserter(ending.ownSignals), &KillTarget::signal);
    takeChoices(ending);
}

void Endings::takeChoices(WindowEnding &ending)
{
    for (auto &&[target, own] : std::views::zip(ending.plan.targets, ending.ownSignals)) {
        target.signal = ending.signal.value_or(own);
    }
    ending.planText = QString(planText(ending.plan, *m_users) + permissionText(ending.plan, *m_users)).trimmed();
}

void Endings::sayAndRecord(const WindowEnding &asked, AuditRefusal reason, const QString &sentence)
{
    Q_EMIT refused(sentence);
    record(asked, reason, sentence);
}

void Endings::record(const WindowEnding &asked, AuditRefusal reason, const QString &sentence)
{
    const auto write = [attempt = refusedAttemptFrom(asked, reason, m_snapshot)] {
        return recordRefused(AuditAsker::Window, attempt);
    };
    QtConcurrent::run(write).then(this, [this, sentence](const Result<> &recorded) {
        if (!recorded) {
            const QString failure =
                tr("This is not in the record of what was ended: %1").arg(recordFailureText(recorded.error()));
            Q_EMIT refused(sentence.isEmpty() ? failure : QString(sentence + u' ' + failure));
        }
    });
}

bool Endings::isAskedAgain(const WindowEnding &asked)
{
    const auto isSame = [&asked](const WindowEnding &known) {
        const bool isOfNobody = asked.plan.targets.empty();
        return !known.isOver() && (!isOfNobody || isAboutTheSame(known, asked))
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

bool Endings::learn(WindowEnding &ending) const
{
    return m_snapshot && learnWhoHoldsNow(ending, *m_snapshot);
}

void Endings::makeService()
{
    m_service = std::make_unique<EndingService>(AuditAsker::Window);
    connect(m_service.get(), &EndingService::reported, this,
            [this](EndingTicket ticket, const EndingReportPtr &report) {
                if (m_permissions) {
                    m_permissions->note(ticket, *report);
                }
                if (auto *const reported = findTicket(ticket)) {
                    reported->report = report;
                    if (report->stage == EndingStage::Finished) {
                        reported->phase = EndingPhase::Finished;
                    }
                    learn(*reported);
                    Q_EMIT changed();
                    Q_EMIT lookWanted();
                }
            });
    connect(m_service.get(), &EndingService::failed, this, [this](EndingTicket ticket, const Error &error) {
        if (auto *const failed = findTicket(ticket)) {
            failed->phase = EndingPhase::NotBegun;
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
                    kept->again.offer(attempt);
                }
            });
}

void Endings::begin(WindowEnding &ending)
{
    if (!m_service) {
        makeService();
    }
    ending.options.awaitsPermission = m_permissions != nullptr;
    ending.options.hostWatch = HostWatch;
    ending.phase = EndingPhase::UnderWay;
    ending.ticket = m_service->begin(ending.plan, ending.options, ending.prelude);
}

void Endings::agree(std::uint64_t id, const EndingOptions &options)
{
    auto *const ending = find(id);
    if (ending != nullptr && ending->awaitsConsent() && !ending->plan.targets.empty()) {
        ending->options = options;
        begin(*ending);
        Q_EMIT changed();
    }
}

void Endings::setSignal(std::uint64_t id, std::optional<int> signal)
{
    auto *const ending = find(id);
    if (ending != nullptr && ending->hasChoices() && ending->signal != signal) {
        ending->signal = signal;
        takeChoices(*ending);
        Q_EMIT changed();
    }
}

void Endings::setDrain(std::uint64_t id, std::optional<std::chrono::milliseconds> drain)
{
    auto *const ending = find(id);
    if (ending != nullptr && ending->awaitsConsent() && ending->plan.drain != drain) {
        ending->plan.drain = drain;
        takeChoices(*ending);
        Q_EMIT changed();
    }
}

void Endings::forceNow(std::uint64_t id)
{
    const auto *const ending = find(id);
    if (ending != nullptr && ending->phase == EndingPhase::UnderWay) {
        m_service->forceNow(ending->ticket);
    } else if (ending != nullptr && ending->phase == EndingPhase::DrainingServices) {
        Q_EMIT refused(tr("Its connections are waited for, and nobody was asked to stop it yet. Nothing was killed: "
                          "leave it first, and force it then."));
    } else if (ending != nullptr && ending->phase == EndingPhase::StoppingServices) {
        Q_EMIT refused(
            tr("Who runs it is ending it, and decides how long that takes. Nothing was killed: leave it first, "
               "and force it then."));
    }
}

void Endings::leave(std::uint64_t id)
{
    const auto *const ending = find(id);
    if (ending != nullptr && isWithManagers(ending->phase)) {
        m_managers->giveUp(ending->managerTicket);
    } else if (ending != nullptr && ending->phase == EndingPhase::UnderWay) {
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

bool Endings::withdrawLastQuestion()
{
    const auto last = std::ranges::find_last_if(m_all, &WindowEnding::awaitsConsent).begin();
    if (last == m_all.end()) {
        return false;
    }
    m_all.erase(last);
    Q_EMIT changed();
    return true;
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
    auto notes = Quay::rowNotes(m_all, m_clock);
    for (const auto &[key, awaited] : m_ownerWait->awaited()) {
        notes.try_emplace(key, tr("looking for others that hold it"));
    }
    return notes;
}

QString Endings::text(const WindowEnding &ending) const
{
    return endingText(ending, m_clock);
}

std::optional<double> Endings::graceShare(const WindowEnding &ending) const
{
    return Quay::graceShare(ending, m_clock);
}

} // namespace Quay
