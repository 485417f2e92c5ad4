// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/activityreader.h"

#include "core/again/againstore.h"
#include "core/history/auditlog.h"

#include <QFile>
#include <QFileInfo>
#include <QFuture>
#include <QtConcurrentRun>

#include <utility>

namespace Quay {

ActivityReader::ActivityReader(QObject *parent)
    : QObject(parent)
{
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ActivityReader::read);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ActivityReader::read);
}

void ActivityReader::start()
{
    m_isStarted = true;
    read();
}

void ActivityReader::stop()
{
    m_isStarted = false;
    if (const auto watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty()) {
        m_watcher.removePaths(watched);
    }
}

void ActivityReader::watch()
{
    const auto path = auditLogPath();
    if (!path || !m_isStarted) {
        return;
    }
    // The file when there is one, else the next folder above that there is: it appears in it.
    QFileInfo place(QFile::decodeName(path->c_str()));
    const auto hasFile = place.exists();
    m_watcher.addPath(hasFile ? place.filePath() : place.path());
    while (!hasFile && m_watcher.directories().isEmpty() && place.path() != place.filePath()) {
        place.setFile(place.path());
        m_watcher.addPath(place.path());
    }
}

void ActivityReader::read()
{
    if (m_isReading) {
        m_isStale = true;
        return;
    }
    m_isReading = true;
    watch(); // before reading: what is written from here on is heard of
    struct Found
    {
        Result<AuditHistory> history;
        std::vector<std::string> kept;
    };
    const auto find = [] {
        const auto kept =
            againDirectory().transform([](const std::string &directory) { return AgainStore(directory).attempts(); });
        return Found{.history = auditLogPath().and_then([](const std::string &path) { return readAuditHistory(path); }),
                     .kept = kept.value_or(std::vector<std::string>())};
    };
    QtConcurrent::run(find).then(this, [this](const Found &found) {
        m_isReading = false;
        Q_EMIT this->found(found.history, found.kept);
        if (std::exchange(m_isStale, false)) {
            read();
        }
    });
}

} // namespace Quay
