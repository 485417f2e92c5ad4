// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/passwordagent.h"
#include "core/kernel/pidfd.h"

#include <QFile>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

using Quay::PasswordAgent;
using Quay::PidFd;

/// With scripts in the place of polkit's program.
class tst_PasswordAgent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void programServesUsUntilWeAreDone();
    void programThatEndsIsNotWaitedFor();
    void missingProgramIsNoFailure();

private:
    /// A program that writes down its arguments and its pid, and then does @p rest.
    [[nodiscard]] std::string program(const QByteArray &rest) const;
    [[nodiscard]] QStringList written() const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_PasswordAgent::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

std::string tst_PasswordAgent::program(const QByteArray &rest) const
{
    const QString path = m_directory->filePath(QStringLiteral("agent"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    file.write("#!/bin/sh\necho \"$@\" >" + QFile::encodeName(m_directory->filePath(QStringLiteral("written")))
               + "\necho $$ >>" + QFile::encodeName(m_directory->filePath(QStringLiteral("written"))) + '\n' + rest);
    file.close();
    ::chmod(QFile::encodeName(path).constData(), 0700);
    return path.toStdString();
}

QStringList tst_PasswordAgent::written() const
{
    QFile file(m_directory->filePath(QStringLiteral("written")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n') : QStringList();
}

void tst_PasswordAgent::programServesUsUntilWeAreDone()
{
    // It is known to polkit once the descriptor is closed, and goes on.
    auto agent = std::make_unique<PasswordAgent>(program("eval \"exec $4>&-\"\nexec sleep 1000\n"));

    const auto words = written();
    QVERIFY2(words.value(0).startsWith(QStringLiteral("--process %1 --notify-fd ").arg(::getpid())),
             qPrintable(words.value(0)));
    QVERIFY(words.value(0).endsWith(QLatin1String(" --fallback")));
    const auto handle = PidFd::open(words.value(1).toInt());
    QVERIFY(handle && handle->hasEnded() == false);
    agent.reset();
    QVERIFY(handle->hasEnded() == true);
}

void tst_PasswordAgent::programThatEndsIsNotWaitedFor()
{
    const PasswordAgent agent(program("exit 1\n"));

    QCOMPARE(written().size(), 3); // it has run
}

void tst_PasswordAgent::missingProgramIsNoFailure()
{
    const PasswordAgent agent(m_directory->filePath(QStringLiteral("nothing")).toStdString());

    QVERIFY(written().isEmpty());
}

QTEST_APPLESS_MAIN(tst_PasswordAgent)
#include "tst_passwordagent.moc"
