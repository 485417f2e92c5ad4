// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/endingservice.h"

#include "core/again/againstore.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/servicestops.h"
#include "core/control/startspec.h"
#include "core/control/terminator.h"
#include "core/history/attemptrecorder.h"
#include "core/history/auditentry.h"
#include "core/history/auditlog.h"

#include <QMetaObject>
#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <expected>
#include <memory>
#include <ranges>
#include <utility>
#include <vector>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// For the ports of what was left: looked at once, and that is written down.
constexpr auto LastLook = 500ms;

} // namespace

EndingWorker::EndingWorker(AuditAsker asker)
    : m_asker(asker)
    , m_deadline(this) // so that it moves to the thread with us
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &EndingWorker::advance);
}

EndingWorker::~EndingWorker() = default;

Result<> EndingWorker::openTerminator()
{
    if (m_terminator) {
        return {};
    }
    auto terminator = Terminator::open([this](const EndingReport &report) { note(report); });
    if (!terminator) {
        return std::unexpected(std::move(terminator).error());
    }
    m_terminator = *std::move(terminator);
    m_notifier = std::make_unique<QSocketNotifier>(m_terminator->descriptor(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &EndingWorker::advance);
    return {};
}

void EndingWorker::openLog()
{
    if (m_log) {
        return;
    }
    const auto path = auditLogPath();
    const auto author = auditAuthor(m_asker);
    if (!path || !author) {
        m_logState = std::unexpected(path ? author.error() : path.error());
        return;
    }
    m_logState = {};
    m_log = std::make_unique<AuditLog>(*path, *author);
}

void EndingWorker::begin(EndingTicket ticket, const KillPlan &plan, const EndingOptions &options,
                         const AttemptPrelude &prelude)
{
    Q_ASSERT(QThread::currentThread() == thread());
    openLog();
    if (const auto opened = openTerminator(); !opened) {
        if (m_log && !prelude.attempt.empty()) { // services were stopped: that is to have an end
            const auto now = m_log->now();
            const auto nothing = reportOfNothing(plan, {.connectionsCut = prelude.connectionsCut}, now, now);
            std::ignore = m_log->ended(prelude.attempt, nothing, prelude.actions);
            if (keepWhatWasStopped(nothing, prelude.attempt, prelude.services)) {
                Q_EMIT keptForAgain(ticket, prelude.attempt);
            }
        }
        Q_EMIT failed(ticket, opened.error());
        return;
    }
    if (!m_log) {
        Q_EMIT notRecorded(ticket, m_logState.error());
    }
    Running begun{.ending = 0,
                  .recorder = m_log ? std::make_unique<AttemptRecorder>(*m_log, plan, prelude) : nullptr,
                  .ended = {.attempt = {}, .processes = {}, .services = prelude.services}};
    if (begun.ended.services.empty()) { // else their manager starts the processes
        begun.ended.processes = startSpecsInTime(plan);
    }
    m_running.emplace(ticket, std::move(begun));
    m_beginning = ticket;
    EndingOptions drained = options;
    drained.connectionsCut = prelude.connectionsCut;
    const auto ending = m_terminator->begin(plan, drained);
    m_beginning = 0;
    if (const auto running = m_running.find(ticket); running != m_running.end()) {
        running->second.ending = ending;
    }
    waitForMore();
}

void EndingWorker::note(const EndingReport &report)
{
    // Endings that run already may be reported on while another one begins: those have their number.
    auto running = std::ranges::find(m_running, report.id, [](const auto &entry) { return entry.second.ending; });
    if (running == m_running.end()) {
        running = m_running.find(m_beginning);
    }
    if (running == m_running.end()) {
        return;
    }
    const EndingTicket ticket = running->first;
    auto &recorder = running->second.recorder;
    if (recorder) {
        recorder->note(report);
    }
    const bool isLast = report.stage == EndingStage::Finished;
    if (isLast) {
        keepForAgain(ticket, running->second, report);
    }
    if (isLast && recorder && !recorder->state()) {
        Q_EMIT notRecorded(ticket, recorder->state().error());
    }
    if (isLast) {
        m_running.erase(running);
    }
    Q_EMIT reported(ticket, std::make_shared<const EndingReport>(report));
}

void EndingWorker::keepForAgain(EndingTicket ticket, const Running &running, const EndingReport &report)
{
    if (!running.recorder) {
        return;
    }
    EndedThings things = running.ended;
    things.attempt = running.recorder->attempt();
    if (keepWhatEnded(report, things)) {
        Q_EMIT keptForAgain(ticket, things.attempt);
    }
}

void EndingWorker::forceNow(EndingTicket ticket)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (const auto running = m_running.find(ticket); running != m_running.end()) {
        m_terminator->forceNow(running->second.ending);
        waitForMore();
    }
}

void EndingWorker::leave(EndingTicket ticket)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (const auto running = m_running.find(ticket); running != m_running.end()) {
        m_terminator->leave(running->second.ending);
        waitForMore();
    }
}

void EndingWorker::signalled(EndingTicket ticket, ProcessId process, const Result<> &result)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (const auto running = m_running.find(ticket); running != m_running.end()) {
        m_terminator->signalled(running->second.ending, process, result);
        waitForMore();
    }
}

void EndingWorker::leaveAll()
{
    std::vector<EndingTicket> tickets;
    std::ranges::copy(m_running | std::views::keys, std::back_inserter(tickets));
    for (const EndingTicket ticket : tickets) {
        leave(ticket);
    }
    if (m_terminator) {
        m_terminator->runFor(LastLook);
    }
}

void EndingWorker::advance()
{
    m_terminator->advance();
    waitForMore();
}

void EndingWorker::waitForMore()
{
    const auto due = m_terminator->nextDeadline();
    if (!due) {
        m_deadline.stop();
        return;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due - systemClock().monotonic());
    m_deadline.start(std::max(left, std::chrono::milliseconds(0)));
}

EndingService::EndingService(AuditAsker asker, QObject *parent)
    : QObject(parent)
    , m_worker(new EndingWorker(asker))
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(this, &EndingService::beginRequested, m_worker, &EndingWorker::begin);
    connect(this, &EndingService::forceRequested, m_worker, &EndingWorker::forceNow);
    connect(this, &EndingService::leaveRequested, m_worker, &EndingWorker::leave);
    connect(this, &EndingService::signalledElsewhere, m_worker, &EndingWorker::signalled);
    connect(m_worker, &EndingWorker::reported, this, &EndingService::reported);
    connect(m_worker, &EndingWorker::failed, this, &EndingService::failed);
    connect(m_worker, &EndingWorker::notRecorded, this, &EndingService::notRecorded);
    connect(m_worker, &EndingWorker::keptForAgain, this, &EndingService::keptForAgain);
    m_thread.setObjectName(QStringLiteral("endings"));
    m_thread.start();
}

EndingService::~EndingService()
{
    QMetaObject::invokeMethod(m_worker, &EndingWorker::leaveAll, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

EndingTicket EndingService::begin(const KillPlan &plan, const EndingOptions &options, const AttemptPrelude &prelude)
{
    const EndingTicket ticket = ++m_lastTicket;
    Q_EMIT beginRequested(ticket, plan, options, prelude);
    return ticket;
}

void EndingService::forceNow(EndingTicket ticket)
{
    Q_EMIT forceRequested(ticket);
}

void EndingService::leave(EndingTicket ticket)
{
    Q_EMIT leaveRequested(ticket);
}

void EndingService::signalled(EndingTicket ticket, ProcessId process, const Result<> &result)
{
    Q_EMIT signalledElsewhere(ticket, process, result);
}

} // namespace Quay
