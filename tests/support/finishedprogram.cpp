// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/finishedprogram.h"

#include <QEventLoop>
#include <QProcess>
#include <QTimer>

#include <chrono>

namespace Quay::Test {

namespace {

constexpr auto LongEnough = std::chrono::seconds(60); // sanitized programs share two cores with others

} // namespace

Finished finish(QProcess &process)
{
    QEventLoop loop;
    QTimer::singleShot(LongEnough, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::stateChanged, &loop, [&loop](QProcess::ProcessState state) {
        if (state == QProcess::NotRunning) {
            loop.quit();
        }
    });
    if (process.state() != QProcess::NotRunning) {
        loop.exec();
    }
    if (process.state() != QProcess::NotRunning || process.error() == QProcess::FailedToStart
        || process.exitStatus() != QProcess::NormalExit) {
        return {.exitCode = -1, .out = {}, .err = "it did not end by itself: " + process.errorString().toUtf8()};
    }
    return {
        .exitCode = process.exitCode(), .out = process.readAllStandardOutput(), .err = process.readAllStandardError()};
}

QProcessEnvironment environmentIn(const QString &directory)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    for (const char *const variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"}) {
        environment.insert(QString::fromLatin1(variable), directory);
    }
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
}

} // namespace Quay::Test
