// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>

class QProcess;

namespace Quay::Test {

/// How a program ended that a test has run, and what it said.
struct Finished
{
    int exitCode = -1; ///< -1: it did not end in time, or not by itself; then err says so.
    QByteArray out;
    QByteArray err;
};

/// Waits until @p process has ended, with an event loop: whoever serves it may live in this thread.
[[nodiscard]] Finished finish(QProcess &process);

/// Ours, but for the directories of settings, records and sockets, which are all @p directory, and in English.
[[nodiscard]] QProcessEnvironment environmentIn(const QString &directory);

} // namespace Quay::Test
