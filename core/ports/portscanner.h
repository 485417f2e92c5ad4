// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lives on the GUI thread; its worker lives on a thread named "sockets".
#include "core/base/error.h"
#include "core/kernel/procstatus.h"
#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <memory>

namespace Quay {

/// How often the scanner looks by itself.
enum class ScanPace
{
    Visible, ///< Every second.
    Hidden, ///< Every ten seconds, without connections and without the process table.
    OnBattery, ///< Every three seconds.
    Paused, ///< Only when asked.
};

/**
 * Looks at the ports on a thread of its own and publishes immutable snapshots.
 *
 * The next look is armed when the last answer came: they never pile up. A look asked for while one is under way follows
 * it at once. The destructor joins the thread, within 50 ms: a running look stops at the next process.
 *
 * Threads: owner's (GUI). Signals come on the owner's thread.
 */
class PortScanner : public QObject
{
    Q_OBJECT
public:
    explicit PortScanner(PortMonitorSources sources = {}, QObject *parent = nullptr);
    ~PortScanner() override;

    void setPace(ScanPace pace);
    [[nodiscard]] ScanPace pace() const noexcept;

    /// Looks now (F5, window shown).
    void lookNow();
    /// Has every readable process looked at, so that the owners become Complete: before details are trusted.
    void verifyOwners();

Q_SIGNALS:
    /// Something changed: listeners, owners, connections or processes.
    void snapshotChanged(const Quay::PortSnapshotPtr &snapshot);
    /// A look is over, whether or not anything changed.
    void looked(const Quay::LookCost &cost);
    /// Neither netlink nor /proc can be read; the scanner goes on trying at its pace.
    void failed(const Quay::Error &error);
};

} // namespace Quay
