// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/agentroom.h"

#include "core/kernel/pidfd.h"
#include "core/kernel/unixsocket.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <chrono>
#include <csignal>
#include <tuple>

#include <poll.h>

namespace Quay::Test {

namespace {

constexpr int PatienceMs = 30'000;

} // namespace

std::string agentSocketIn(const std::string &runtimeDirectory)
{
    return runtimeDirectory + "/quaymaster/agent/socket";
}

pid_t agentAt(const std::string &agentSocket)
{
    const auto socket = connectTo(agentSocket, SocketKind::Stream);
    const auto peer = socket ? peerOf(socket->get()) : std::unexpected(socket.error());
    return peer ? peer->pid : 0;
}

bool endAgentAt(const std::string &agentSocket, int signal)
{
    // Held by the connection's peer: the pid is that of the agent as long as it listens.
    const pid_t pid = agentAt(agentSocket);
    const auto handle = pid > 0 ? PidFd::open(pid) : fail(ErrorCode::Gone, "agent");
    if (!handle || agentAt(agentSocket) != pid || !handle->signal(signal)) {
        return false;
    }
    pollfd ended{.fd = handle->descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&ended, 1, PatienceMs) == 1;
}

bool hasEnded(pid_t pid)
{
    const auto handle = PidFd::open(pid);
    return !handle || handle->hasEnded().value_or(false);
}

AgentRoom::AgentRoom() = default;

AgentRoom::~AgentRoom()
{
    if (QFile::exists(path(QStringLiteral("quaymaster.yaml")))) {
        std::ignore = quay(
            {QStringLiteral("down"), QStringLiteral("--force"), QStringLiteral("--timeout"), QStringLiteral("20s")});
    }
    std::ignore = endAgent(SIGKILL);
}

void AgentRoom::write(const std::string &servers) const
{
    QFile file(path(QStringLiteral("quaymaster.yaml")));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QByteArray::fromStdString("version: 1\nservers:\n" + servers));
    }
}

std::unique_ptr<QProcess> AgentRoom::begin(const QStringList &words) const
{
    auto process = std::make_unique<QProcess>();
    auto environment = environmentIn(m_directory.path());
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_bus);
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_directory.path());
    process->start(QString::fromStdString(programPath("quay")), words);
    return process;
}

Finished AgentRoom::quay(const QStringList &words) const
{
    const auto process = begin(words);
    return finish(*process);
}

QJsonArray AgentRoom::recordedAttempts() const
{
    const auto audit = quay({QStringLiteral("audit"), QStringLiteral("--json")});
    return QJsonDocument::fromJson(audit.out).object().value(QStringLiteral("attempts")).toArray();
}

QJsonObject AgentRoom::status(const QString &server) const
{
    const auto said = quay({QStringLiteral("status"), QStringLiteral("--json")});
    const auto servers = QJsonDocument::fromJson(said.out).object().value(QStringLiteral("servers")).toArray();
    for (const auto &item : servers) {
        if (item.toObject().value(QStringLiteral("name")).toString() == server) {
            return item.toObject();
        }
    }
    return {};
}

QString AgentRoom::state(const QString &server) const
{
    return status(server).value(QStringLiteral("state")).toString();
}

pid_t AgentRoom::process(const QString &server) const
{
    const auto process = status(server).value(QStringLiteral("process")).toObject();
    return process.value(QStringLiteral("pid")).toInt();
}

ServerPlaces AgentRoom::placesOf(const std::string &server) const
{
    return ServersPlaces{.runtimeDirectory = directory() + "/quaymaster/servers",
                         .stateDirectory = directory() + "/quaymaster/servers"}
        .of({.project = directory(), .name = server});
}

} // namespace Quay::Test
