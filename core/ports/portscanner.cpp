// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portscanner.h"

#include "core/base/error.h"
#include "core/kernel/procfs.h"
#include "core/ports/listener.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"

#include <QObject>
#include <QString>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// Nothing while paused.
std::optional<std::chrono::milliseconds> intervalOf(ScanPace pace)
{
    switch (pace) {
    case ScanPace::Visible:
        return 1s;
    case ScanPace::OnBattery:
        return 3s;
    case ScanPace::Hidden:
        return 10s;
    case ScanPace::Paused:
        return std::nullopt;
    }
    return std::nullopt;
}

LookOptions optionsOf(ScanPace pace)
{
    const bool isSeen = pace != ScanPace::Hidden;
    return {.udp = true, .connections = isSeen, .processes = isSeen, .onlyPort = std::nullopt};
}

/// So many owners to look for that the ports are worth showing without them.
constexpr std::ptrdiff_t ManyPending = 50;

bool isWorthShowingEarly(const PortSnapshot &snapshot)
{
    const auto pending = std::ranges::count(snapshot.listeners, OwnerKnowledge::Pending, &Listener::knowledge);
    return pending > 0 && (snapshot.generation == 1 || pending >= ManyPending);
}

} // namespace

PortScanWorker::PortScanWorker(PortMonitorSources sources, std::stop_token stop)
    : m_sources(std::move(sources))
    , m_stop(std::move(stop))
{
}

bool PortScanWorker::openMonitor()
{
    if (m_monitor) {
        return true;
    }
    auto proc = ProcFs::open(m_sources.procPath);
    if (!proc) {
        Q_EMIT failed(proc.error());
        return false;
    }
    m_monitor = std::make_unique<PortMonitor>(std::move(*proc), std::move(m_sources));
    m_monitor->setStopToken(m_stop);
    return true;
}

void PortScanWorker::look(const LookOptions &options)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_stop.stop_requested() || !openMonitor()) {
        return;
    }
    const auto sockets = m_monitor->lookAtSockets(options);
    if (!sockets) {
        Q_EMIT failed(sockets.error());
        return;
    }
    if (isWorthShowingEarly(**sockets)) {
        deliver(*sockets);
    }
    deliver(m_monitor->lookAtOwners());
    Q_EMIT finished(m_monitor->lastCost());
}

void PortScanWorker::verify(LookOptions options)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_stop.stop_requested() || !openMonitor()) {
        return;
    }
    options.allOwners = true;
    const auto looked = m_monitor->look(options);
    if (!looked) {
        Q_EMIT failed(looked.error());
        return;
    }
    deliver(*looked);
    Q_EMIT finished(m_monitor->lastCost());
}

void PortScanWorker::tell(const std::vector<ToldHolder> &holders)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!m_stop.stop_requested() && openMonitor()) {
        m_monitor->tell(holders);
    }
}

void PortScanWorker::deliver(const PortSnapshotPtr &snapshot)
{
    if (snapshot != m_delivered) {
        m_delivered = snapshot;
        Q_EMIT snapshotReady(snapshot);
    }
}

PortScanner::PortScanner(PortMonitorSources sources, QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    auto *const worker =
        new PortScanWorker(std::move(sources), m_stop.get_token()); // owned by m_thread, see deleteLater
    worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, worker, &QObject::deleteLater);
    connect(this, &PortScanner::lookRequested, worker, &PortScanWorker::look);
    connect(this, &PortScanner::verifyRequested, worker, &PortScanWorker::verify);
    connect(this, &PortScanner::tellRequested, worker, &PortScanWorker::tell);
    connect(worker, &PortScanWorker::snapshotReady, this, &PortScanner::snapshotChanged);
    connect(worker, &PortScanWorker::finished, this, [this](const LookCost &cost) {
        Q_EMIT looked(cost);
        armOrContinue();
    });
    connect(worker, &PortScanWorker::failed, this, [this](const Error &error) {
        Q_EMIT failed(error);
        armOrContinue();
    });
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PortScanner::lookNow);
    m_thread.setObjectName(QStringLiteral("sockets"));
    m_thread.start();
    lookNow();
}

PortScanner::~PortScanner()
{
    m_stop.request_stop();
    m_thread.quit();
    m_thread.wait();
}

void PortScanner::setPace(ScanPace pace)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const auto before = intervalOf(std::exchange(m_pace, pace));
    const auto now = intervalOf(pace);
    if (!now) {
        m_timer.stop();
    } else if (!before || *now < *before) {
        lookNow();
    } else if (m_timer.isActive()) {
        m_timer.start(*now);
    }
}

void PortScanner::lookNow()
{
    request(Request::Look);
}

void PortScanner::verifyOwners()
{
    request(Request::Verify);
}

void PortScanner::tell(const std::vector<ToldHolder> &holders)
{
    Q_EMIT tellRequested(holders);
    lookNow();
}

void PortScanner::request(Request wanted)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (m_isLooking) {
        m_next = std::max(m_next, wanted);
    } else {
        send(wanted);
    }
}

void PortScanner::send(Request wanted)
{
    m_timer.stop();
    m_isLooking = true;
    if (wanted == Request::Verify) {
        Q_EMIT verifyRequested(optionsOf(m_pace));
    } else {
        Q_EMIT lookRequested(optionsOf(m_pace));
    }
}

void PortScanner::armOrContinue()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_isLooking = false;
    if (const auto wanted = std::exchange(m_next, Request::None); wanted != Request::None) {
        send(wanted);
    } else if (const auto interval = intervalOf(m_pace)) {
        m_timer.start(*interval);
    }
}

} // namespace Quay
