// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/supervise/serverplaces.h"
#include "tests/support/finishedprogram.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <string>

#include <sys/types.h>

namespace Quay::Test {

/// Where the agent of whose runtime directory it is listens.
[[nodiscard]] std::string agentSocketIn(const std::string &runtimeDirectory);
/// The process of the agent that listens there, 0 when none does.
[[nodiscard]] pid_t agentAt(const std::string &agentSocket);
/// Sends it a signal, and waits until it has ended. False when it was not there, or did not.
[[nodiscard]] bool endAgentAt(const std::string &agentSocket, int signal);
/// Whether the process of a server is gone, or a zombie.
[[nodiscard]] bool hasEnded(pid_t pid);

/// A project, and a user's directories around it: an agent that is started here is nobody else's. Servers and agent are
/// ended when it goes.
class AgentRoom
{
public:
    AgentRoom();
    AgentRoom(const AgentRoom &) = delete;
    AgentRoom &operator=(const AgentRoom &) = delete;
    ~AgentRoom();

    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] std::string directory() const { return m_directory.path().toStdString(); }

    /// Makes quaymaster.yaml; @p servers: what stands below `servers:`, indented.
    void write(const std::string &servers) const;

    /// Agents that are started from now on are on that bus; else on none.
    void setBus(const QString &address) { m_bus = address; }

    /// Runs `quay` in the project until it ends.
    [[nodiscard]] Finished quay(const QStringList &words) const;
    /// Runs it beside the test.
    [[nodiscard]] std::unique_ptr<QProcess> begin(const QStringList &words) const;

    /// The agent's process, 0 when there is none.
    [[nodiscard]] pid_t agent() const { return agentAt(agentSocket()); }
    [[nodiscard]] bool endAgent(int signal) const { return endAgentAt(agentSocket(), signal); }
    [[nodiscard]] std::string agentSocket() const { return agentSocketIn(directory()); }

    /// As `quay status --json` has it; empty when it is not managed.
    [[nodiscard]] QJsonObject status(const QString &server) const;
    [[nodiscard]] QString state(const QString &server) const;
    /// Its main process; 0: none.
    [[nodiscard]] pid_t process(const QString &server) const;
    /// As `quay audit --json` has them, the last first.
    [[nodiscard]] QJsonArray recordedAttempts() const;
    [[nodiscard]] ServerPlaces placesOf(const std::string &server) const;

private:
    QTemporaryDir m_directory;
    QString m_bus;
};

} // namespace Quay::Test
