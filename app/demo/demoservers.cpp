// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoservers.h"

#include "app/demo/demoserver.h"
#include "core/control/leaveoutrules.h"

#include <QCoreApplication>
#include <QProcess>

namespace Quay {

DemoServers::DemoServers(QObject *parent)
    : QObject(parent)
{
}

DemoServers::~DemoServers()
{
    for (QProcess *process : m_processes) {
        process->disconnect(this);
        process->kill(); // our own children, not yet reaped: the pid cannot be another's
        process->waitForFinished(); // a killed child is reaped at once; else ~QProcess would warn and wait
    }
}

void DemoServers::start()
{
    if (!m_processes.empty()) {
        return;
    }
    for (const auto name : DemoServerNames) {
        startOne(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    }
}

void DemoServers::startOne(const QString &name)
{
    auto *process = new QProcess(this);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    connect(process, &QProcess::started, this, &DemoServers::started);
    connect(process, &QProcess::errorOccurred, this, [this, name](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            Q_EMIT failed(tr("The demonstration server %1 could not be started.").arg(name));
        }
    });
    connect(process, &QProcess::finished, this, [this, name, process](int exitCode, QProcess::ExitStatus status) {
        std::erase(m_processes, process);
        process->deleteLater();
        if (status == QProcess::NormalExit && exitCode != EXIT_SUCCESS) { // by a signal it ends when it is stopped
            Q_EMIT failed(tr("The demonstration server %1 ended: no port from 3000 on is free.").arg(name));
        }
    });
    process->start(QCoreApplication::applicationFilePath(), {QLatin1String(DemoServerOption), name});
    m_processes.push_back(process);
}

} // namespace Quay
