// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/finishedprogram.h"
#include "tests/support/freeport.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>

namespace Quay::Test {

/// A project of its own, and `quay up --foreground` in it, as somebody at a terminal has it. Both outputs are one.
class QuayUpRoom
{
protected:
    QuayUpRoom();
    QuayUpRoom(const QuayUpRoom &) = delete;
    QuayUpRoom &operator=(const QuayUpRoom &) = delete;
    /// Whoever is still there was not stopped, because a test failed.
    ~QuayUpRoom();

    /// An empty directory.
    void makeRoom();
    void leaveRoom();
    /// The servers of quaymaster.yaml.
    void write(const std::string &yaml);
    void start();
    [[nodiscard]] bool hasSaid(const char *text);
    /// The exit code; -1 when it did not end.
    [[nodiscard]] int endAfter(std::optional<int> signal);
    /// Another `quay` in the same project.
    [[nodiscard]] Finished run(const QStringList &words) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QProcess> m_quay;
    QByteArray m_said; ///< Both outputs, as they came.
};

inline constexpr int PatienceMs = 30'000;

} // namespace Quay::Test
