// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/live/livelook.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/fakecontainerapi.h"
#include "tests/support/fakesystemd.h"
#include "tests/support/privatebus.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::Test::CgroupScope;
using Quay::Test::FakeContainerApi;
using Quay::Test::FakeSystemd;
using Quay::Test::PrivateBus;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

constexpr int LongEnoughMs = 20'000;

const std::string ContainerId(64, '4');

} // namespace

/// The program `quay` with its module has a double of systemd or Docker stop a real server in a cgroup of its own.
class tst_QuayManagers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void unitIsStopped();
    void unitThatMayNotBeStoppedIsNotPermitted();
    void containerIsStopped();

private:
    /// A server that init has for a parent, in a cgroup of that name.
    void serveIn(const std::string &cgroup);
    void runFree(const QString &variable, const std::string &value);
    [[nodiscard]] QString port() const { return QString::number(m_server->port()); }

    std::unique_ptr<QTemporaryDir> m_state;
    std::optional<CgroupScope> m_cgroup;
    std::optional<TestServer> m_server;
    int m_exitCode = -1;
    QString m_out;
    QString m_err;
};

void tst_QuayManagers::init()
{
    m_state = std::make_unique<QTemporaryDir>();
    QVERIFY(m_state->isValid());
}

void tst_QuayManagers::cleanup()
{
    m_server.reset();
    m_cgroup.reset();
}

void tst_QuayManagers::serveIn(const std::string &cgroup)
{
    auto made = CgroupScope::make(cgroup);
    if (!made) {
        QSKIP("no cgroup can be made here");
    }
    m_cgroup.emplace(*std::move(made));
    auto server = TestServer::start({"daemon", "--cgroup", m_cgroup->directory().string()});
    QVERIFY2(server, why(server));
    m_server.emplace(*std::move(server));
}

void tst_QuayManagers::runFree(const QString &variable, const std::string &value)
{
    QProcess quay;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_STATE_HOME"), m_state->path());
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_state->path());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_state->path());
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(variable, QString::fromStdString(value));
    quay.setProcessEnvironment(environment);
    quay.start(QString::fromStdString(Quay::Test::programPath("quay")),
               {QStringLiteral("free"), port(), QStringLiteral("--stop-manager"), QStringLiteral("--yes")});
    QVERIFY2(quay.waitForFinished(LongEnoughMs), qPrintable(quay.errorString()));
    m_exitCode = quay.exitCode();
    m_out = QString::fromUtf8(quay.readAllStandardOutput());
    m_err = QString::fromUtf8(quay.readAllStandardError());
}

void tst_QuayManagers::unitIsStopped()
{
    serveIn("system.slice/quaymaster-managed.service");
    auto bus = PrivateBus::start();
    QVERIFY2(bus, why(bus));
    const FakeSystemd systemd(
        bus->address(),
        {{"quaymaster-managed.service", {.restart = "always", .whenStopped = [this] { m_server->end(); }}}});

    runFree(QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS"), bus->address());

    QVERIFY2(m_exitCode == 0, qPrintable(m_err));
    QVERIFY2(m_out.startsWith(QStringLiteral("The unit quaymaster-managed.service was stopped.\n")), qPrintable(m_out));
    QVERIFY2(m_out.endsWith(QString(QStringLiteral("Port ") + port() + QStringLiteral(" is free.\n"))),
             qPrintable(m_out));
    QCOMPARE(systemd.orders(), std::vector<std::string>{"StopUnit quaymaster-managed.service replace?"});
}

void tst_QuayManagers::unitThatMayNotBeStoppedIsNotPermitted()
{
    serveIn("system.slice/quaymaster-managed.service");
    auto bus = PrivateBus::start();
    QVERIFY2(bus, why(bus));
    const FakeSystemd systemd(bus->address(),
                              {{"quaymaster-managed.service", {.refusal = "org.freedesktop.DBus.Error.AccessDenied"}}});

    runFree(QStringLiteral("DBUS_SYSTEM_BUS_ADDRESS"), bus->address());

    QCOMPARE(m_exitCode, 3);
    QVERIFY2(m_err.contains(QStringLiteral("You are not permitted to")), qPrintable(m_err));
    QVERIFY(Quay::PidFd::open(m_server->pids().front())); // it still runs
}

void tst_QuayManagers::containerIsStopped()
{
    serveIn("system.slice/docker-" + ContainerId + ".scope");
    const FakeContainerApi api(
        m_state->path().toStdString() + "/docker.sock",
        {{"GET /containers/" + ContainerId + "/json", {.body = R"({"Id": ")" + ContainerId + R"(", "Name": "/web"})"}},
         {"POST /containers/" + ContainerId + "/stop?t=5", {.status = 204, .before = [this] { m_server->end(); }}}});

    runFree(QStringLiteral("DOCKER_HOST"), "unix://" + api.path());

    QVERIFY2(m_exitCode == 0, qPrintable(m_err));
    QVERIFY2(m_out.startsWith(QStringLiteral("The container web was stopped.\n")), qPrintable(m_out));
    QVERIFY2(m_out.endsWith(QString(QStringLiteral("Port ") + port() + QStringLiteral(" is free.\n"))),
             qPrintable(m_out));
}

QTEST_GUILESS_MAIN(tst_QuayManagers)
#include "tst_quaymanagers.moc"
