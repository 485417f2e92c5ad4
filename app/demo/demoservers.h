// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QProcess;

namespace Quay {

/**
 * Starts and ends the demonstration servers: this program again, once for each, with DemoServerOption, which is not in
 * --help.
 *
 * Each holds the reading end of a pipe from us and asked the kernel to end with us: they end however we end.
 */
class DemoServers : public QObject
{
    Q_OBJECT
public:
    explicit DemoServers(QObject *parent = nullptr);
    ~DemoServers() override;

    /// Does nothing when they run already.
    void start();

Q_SIGNALS:
    /// One of them runs; its port follows at once.
    void started();
    void failed(const QString &message);

private:
    void startOne(const QString &name);

    std::vector<QProcess *> m_processes;
};

} // namespace Quay
