// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/history/audithistory.h"

#include <QFileSystemWatcher>
#include <QObject>

#include <string>
#include <vector>

namespace Quay {

/**
 * Reads the record of what was ended, and what of it can be started again, on another thread: at once, and whenever it
 * changes.
 *
 * Threads: GUI.
 */
class ActivityReader : public QObject
{
    Q_OBJECT
public:
    explicit ActivityReader(QObject *parent = nullptr);

    void start();
    void stop();

Q_SIGNALS:
    /// @p kept: attempts whose processes and services can be started again.
    void found(const Quay::Result<Quay::AuditHistory> &history, const std::vector<std::string> &kept);

private:
    void read();
    void watch();

    QFileSystemWatcher m_watcher;
    bool m_isStarted = false;
    bool m_isReading = false;
    bool m_isStale = false; ///< It changed while it was being read.
};

} // namespace Quay
