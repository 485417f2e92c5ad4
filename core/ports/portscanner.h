// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
// PortScanner lives on the GUI thread; its PortScanWorker lives on a thread named "sockets".
#pragma once

#include "core/base/error.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"
#include "core/ports/toldholders.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <memory>
#include <stop_token>
#include <vector>

namespace Quay {

/// How often the scanner looks by itself.
enum class ScanPace
{
    Visible, ///< Every second.
    OnBattery, ///< Every three seconds.
    Hidden, ///< Every ten seconds, without connections and without the process table.
    Paused, ///< Only when asked.
};

/// Lives on its own thread. Looks when told to, and opens what it looks through at the first time.
class PortScanWorker : public QObject
{
    Q_OBJECT
public:
    PortScanWorker(PortMonitorSources sources, std::stop_token stop);

    /// Thread: worker. Emits any number of snapshotReady(), then exactly one of finished() and failed().
    void look(const Quay::LookOptions &options);
    /// Thread: worker. The same, after reading the descriptors of every process that ran.
    void verify(Quay::LookOptions options);
    /// Thread: worker. As PortMonitor::tell().
    void tell(const std::vector<Quay::ToldHolder> &holders);

Q_SIGNALS:
    void snapshotReady(const Quay::PortSnapshotPtr &snapshot);
    void finished(const Quay::LookCost &cost);
    void failed(const Quay::Error &error);

private:
    [[nodiscard]] bool openMonitor();
    void deliver(const PortSnapshotPtr &snapshot);

    PortMonitorSources m_sources;
    std::stop_token m_stop;
    std::unique_ptr<PortMonitor> m_monitor;
    PortSnapshotPtr m_delivered;
};

/**
 * Looks at the ports on a thread of its own and publishes immutable snapshots.
 *
 * The next look is armed when the last answer came: they never pile up. A look asked for while one is under way follows
 * it at once. The destructor joins the thread: a running look stops at the next process, well within 50 ms.
 *
 * Threads: owner's (GUI). Signals come on the owner's thread.
 */
class PortScanner : public QObject
{
    Q_OBJECT
public:
    /// Starts the thread, and looks at once.
    explicit PortScanner(PortMonitorSources sources = {}, QObject *parent = nullptr);
    ~PortScanner() override;

    /// Takes effect at once; becoming more frequent looks now.
    void setPace(ScanPace pace);
    [[nodiscard]] ScanPace pace() const noexcept { return m_pace; }

    /// Looks now (F5, window shown).
    void lookNow();
    /// Has every readable process looked at, so that the owners become Complete: before details are trusted.
    void verifyOwners();
    /// As PortMonitor::tell(), and looks now.
    void tell(const std::vector<ToldHolder> &holders);

Q_SIGNALS:
    /// Something changed: listeners, owners, connections or processes.
    void snapshotChanged(const Quay::PortSnapshotPtr &snapshot);
    /// A look is over, whether or not anything changed.
    void looked(const Quay::LookCost &cost);
    /// Neither netlink nor /proc can be read; the scanner goes on trying at its pace.
    void failed(const Quay::Error &error);
    void lookRequested(const Quay::LookOptions &options); ///< Internal: crosses to the worker's thread.
    void verifyRequested(const Quay::LookOptions &options); ///< Internal: crosses to the worker's thread.
    void tellRequested(const std::vector<Quay::ToldHolder> &holders); ///< Internal: crosses to the worker's thread.

private:
    /// What the next request is for; ordered by how much it includes.
    enum class Request
    {
        None,
        Look,
        Verify,
    };
    void request(Request wanted);
    void send(Request wanted);
    void armOrContinue();

    QThread m_thread;
    QTimer m_timer;
    std::stop_source m_stop;
    ScanPace m_pace = ScanPace::Visible;
    bool m_isLooking = false;
    Request m_next = Request::None; ///< Asked for while a look was under way.
};

} // namespace Quay
