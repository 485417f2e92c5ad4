// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/quayuproom.h"

#include <QElapsedTimer>
#include <QFile>
#include <QIODevice>
#include <QProcess>
#include <QString>

#include <csignal>
#include <memory>
#include <optional>
#include <string>

namespace Quay::Test {

namespace {

std::unique_ptr<QProcess> quayIn(const QString &directory)
{
    auto quay = std::make_unique<QProcess>();
    quay->setProcessEnvironment(environmentIn(directory));
    quay->setWorkingDirectory(directory);
    quay->setProgram(QStringLiteral(QUAY_BIN_DIR "/quay"));
    return quay;
}

} // namespace

QuayUpRoom::QuayUpRoom() = default;

QuayUpRoom::~QuayUpRoom()
{
    leaveRoom();
}

void QuayUpRoom::makeRoom()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_said.clear();
}

void QuayUpRoom::leaveRoom()
{
    if (m_quay && m_quay->state() != QProcess::NotRunning) {
        ::kill(static_cast<pid_t>(m_quay->processId()), SIGINT);
        ::kill(static_cast<pid_t>(m_quay->processId()), SIGINT);
        m_quay->waitForFinished(PatienceMs);
    }
    m_quay.reset();
}

void QuayUpRoom::write(const std::string &yaml)
{
    QFile file(m_directory->filePath(QStringLiteral("quaymaster.yaml")));
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("quaymaster.yaml cannot be written");
    }
    file.write(QByteArray::fromStdString("version: 1\nservers:\n" + yaml));
}

void QuayUpRoom::start()
{
    m_quay = quayIn(m_directory->path());
    m_quay->setArguments({QStringLiteral("up"), QStringLiteral("--foreground")});
    m_quay->setProcessChannelMode(QProcess::MergedChannels);
    m_quay->start();
    if (!m_quay->waitForStarted(PatienceMs)) {
        qFatal("quay cannot be started");
    }
}

bool QuayUpRoom::hasSaid(const char *text)
{
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        m_said += m_quay->readAll();
        if (m_said.contains(text)) {
            return true;
        }
        if (waited.elapsed() > PatienceMs || !m_quay->waitForReadyRead(PatienceMs)) {
            m_said += m_quay->readAll();
            return m_said.contains(text);
        }
    }
}

int QuayUpRoom::endAfter(std::optional<int> signal)
{
    if (signal) {
        ::kill(static_cast<pid_t>(m_quay->processId()), *signal);
    }
    const bool hasEnded = m_quay->state() == QProcess::NotRunning || m_quay->waitForFinished(PatienceMs);
    m_said += m_quay->readAll();
    return hasEnded && m_quay->exitStatus() == QProcess::NormalExit ? m_quay->exitCode() : -1;
}

Finished QuayUpRoom::run(const QStringList &words) const
{
    const auto quay = quayIn(m_directory->path());
    quay->setArguments(words);
    quay->start();
    return finish(*quay);
}

} // namespace Quay::Test
