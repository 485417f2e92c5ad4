// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/clientsocket.h"
#include "tests/support/fakeclock.h"
#include "tests/support/finishedprogram.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

using Quay::PortMonitor;
using Quay::WarningKind;
using Quay::Test::factOf;
using Quay::Test::findWarning;
using Quay::Test::listenerOn;
using Quay::Test::listenersOn;
using Quay::Test::TestServer;
using Quay::Test::why;

class tst_LiveWarnings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void differentServersOnLocalhost();
    void sameServerOnBothFamiliesIsFine();
    void connectionsThatNobodyAccepts();
    void acceptedConnectionsAreFine();
    void deletedExecutable();
    void executableDeletedLater();
    void deletedDirectory();
    void stoppedOwner();

private:
    /// Null when the kernel's dump was interrupted, on a machine where sockets come and go: then another look tells.
    Quay::ListenerPtr lookAt(const TestServer &server);
    [[nodiscard]] bool hasWarning(const TestServer &server, WarningKind kind);

    std::unique_ptr<PortMonitor> m_monitor;
};

void tst_LiveWarnings::init()
{
    auto opened = PortMonitor::open();
    QVERIFY2(opened, why(opened));
    m_monitor = *std::move(opened);
}

void tst_LiveWarnings::cleanup()
{
    m_monitor.reset();
}

bool tst_LiveWarnings::hasWarning(const TestServer &server, WarningKind kind)
{
    const auto listener = lookAt(server);
    return listener != nullptr && findWarning(*listener, kind) != nullptr;
}

Quay::ListenerPtr tst_LiveWarnings::lookAt(const TestServer &server)
{
    const auto snapshot = m_monitor->look({});
    return snapshot ? listenerOn(**snapshot, server.port()) : nullptr;
}

namespace {

/// Whom a program gets that connects to localhost. Empty: there is no such program.
std::string reachedByLocalhost(std::uint16_t port)
{
    QProcess client;
    client.start(QStringLiteral("python3"),
                 {QStringLiteral("-c"),
                  QStringLiteral("import socket; print(socket.create_connection(('localhost', %1)).getpeername()[0])")
                      .arg(port)});
    return Quay::Test::finish(client).out.trimmed().toStdString();
}

} // namespace

void tst_LiveWarnings::differentServersOnLocalhost()
{
    const auto v4 = TestServer::start({"listen"});
    QVERIFY2(v4, why(v4));
    const auto v6 = TestServer::start({"listen", "--address", "::1", "--port", std::to_string(v4->port())});
    QVERIFY2(v6, why(v6));
    const auto reached = reachedByLocalhost(v4->port());
    if (reached.empty()) {
        QSKIP("there is no python3");
    }

    const auto snapshot = m_monitor->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listeners = listenersOn(**snapshot, v4->port());
    QCOMPARE(listeners.size(), std::size_t{2});
    for (const auto &listener : listeners) {
        const auto *warning = findWarning(*listener, WarningKind::SplitBrain);
        QVERIFY(warning != nullptr);
        QCOMPARE(factOf(*warning, "localhost"),
                 (reached == "::1" ? "[::1]:" : "127.0.0.1:") + std::to_string(v4->port()));
    }
}

void tst_LiveWarnings::sameServerOnBothFamiliesIsFine()
{
    const auto server = TestServer::start({"listen", "--address", "::", "--dual"});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QVERIFY(findWarning(*listener, WarningKind::SplitBrain) == nullptr);
}

void tst_LiveWarnings::connectionsThatNobodyAccepts()
{
    const auto server = TestServer::start({"listen", "--no-accept", "--backlog", "5"});
    QVERIFY2(server, why(server));
    std::vector<Quay::UniqueFd> clients;
    for (int number = 0; number < 3; ++number) {
        clients.push_back(Quay::Test::connectTo(server->port()));
        QVERIFY(clients.back());
    }

    // A connection that is there for one look may be taken a moment later: the verdict may need a second look.
    QTRY_VERIFY(hasWarning(*server, WarningKind::NobodyAccepts));

    const auto listener = lookAt(*server);
    QCOMPARE(listener->socket.receiveQueue, 3U);
    QCOMPARE(listener->socket.sendQueue, 5U);
    QCOMPARE(factOf(*findWarning(*listener, WarningKind::NobodyAccepts), "waiting"), std::string_view("3"));
}

void tst_LiveWarnings::acceptedConnectionsAreFine()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto client = Quay::Test::connectTo(server->port());
    QVERIFY(client);

    QTRY_COMPARE(lookAt(*server)->socket.receiveQueue, 0U);

    QVERIFY(findWarning(*lookAt(*server), WarningKind::NobodyAccepts) == nullptr);
}

void tst_LiveWarnings::deletedExecutable()
{
    const auto server = TestServer::start({"listen", "--delete-executable"});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QVERIFY(listener->owners.front().profile->executable->isDeleted);
    QVERIFY(listener->owners.front().profile->executable->path.ends_with("/testserver"));
    QVERIFY(findWarning(*listener, WarningKind::ExecutableDeleted) != nullptr);
    QVERIFY(findWarning(*listener, WarningKind::DirectoryDeleted) == nullptr);
}

void tst_LiveWarnings::executableDeletedLater()
{
    const QTemporaryDir directory;
    const QString copy = directory.filePath(QStringLiteral("server"));
    QVERIFY(QFile::copy(QString::fromStdString(Quay::Test::programPath("testserver")), copy));
    auto server = Quay::Test::ChildProcess::start({.arguments = {copy.toStdString()}, .workingDirectory = {}});
    QVERIFY2(server, why(server));
    const auto ready = server->readLine();
    QVERIFY2(ready, why(ready));
    Quay::Test::FakeClock clock;
    Quay::PortMonitorSources sources;
    sources.clock = &clock;
    const auto monitor = PortMonitor::open(std::move(sources));
    QVERIFY2(monitor, why(monitor));
    const auto isWarned = [&] {
        const auto snapshot = (*monitor)->look({});
        return snapshot && std::ranges::any_of((*snapshot)->listeners, [&](const Quay::ListenerPtr &listener) {
                   return Quay::Test::ownerPids(*listener) == std::vector{server->pid()}
                   && findWarning(*listener, WarningKind::ExecutableDeleted) != nullptr;
               });
    };
    QVERIFY(!isWarned());

    QVERIFY(QFile::remove(copy));

    // The server did not run meanwhile: this is noticed within ten seconds.
    for (int second = 0; second < 10; ++second) {
        clock.advance(std::chrono::seconds(1));
        QVERIFY((*monitor)->look({}));
    }
    QVERIFY(isWarned());
}

void tst_LiveWarnings::deletedDirectory()
{
    const auto server = TestServer::start({"listen", "--delete-directory"});
    QVERIFY2(server, why(server));

    const auto listener = lookAt(*server);

    QVERIFY(listener);
    QVERIFY(listener->owners.front().profile->workingDirectory->isDeleted);
    QVERIFY(findWarning(*listener, WarningKind::DirectoryDeleted) != nullptr);
    QVERIFY(findWarning(*listener, WarningKind::ExecutableDeleted) == nullptr);
}

void tst_LiveWarnings::stoppedOwner()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    QVERIFY(findWarning(*lookAt(*server), WarningKind::OwnerStopped) == nullptr);
    const auto handle = Quay::PidFd::open(server->pid());
    QVERIFY2(handle, why(handle));

    QCOMPARE(::syscall(SYS_pidfd_send_signal, handle->descriptor(), SIGSTOP, nullptr, 0), 0L);
    QTRY_VERIFY(hasWarning(*server, WarningKind::OwnerStopped));

    QCOMPARE(::syscall(SYS_pidfd_send_signal, handle->descriptor(), SIGCONT, nullptr, 0), 0L);
    QTRY_VERIFY(lookAt(*server) && !hasWarning(*server, WarningKind::OwnerStopped));
}

QTEST_GUILESS_MAIN(tst_LiveWarnings)
#include "tst_livewarnings.moc"
