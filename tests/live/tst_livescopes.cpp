// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/userscopes.h"
#include "tests/support/fakesystemd.h"
#include "tests/support/privatebus.h"
#include "tests/support/realsystemd.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

using Quay::scopeUnit;
using Quay::UserScopes;
using Quay::Test::FakeSystemd;
using Quay::Test::FakeUnit;
using Quay::Test::PrivateBus;
using Quay::Test::programPath;
using Quay::Test::RealSystemd;
using Quay::Test::ServerRoom;
using Quay::Test::SupervisedRun;
using Quay::Test::superviseProgram;

/// Supervisors in scopes of systemd: of a double, and of the real one where it can be had.
class tst_LiveScopes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void supervisorIsMovedBeforeItsServerRuns();
    void withoutAScopeItIsStartedAllTheSame_data();
    void withoutAScopeItIsStartedAllTheSame();
    void missingSupervisorIsReported();
    void systemdDelegatesTheScope();

private:
    std::unique_ptr<ServerRoom> m_room;
    std::optional<PrivateBus> m_bus;
};

void tst_LiveScopes::init()
{
    m_room = std::make_unique<ServerRoom>();
    auto bus = PrivateBus::start();
    QVERIFY2(bus, bus ? "" : bus.error().subject.c_str());
    m_bus.emplace(*std::move(bus));
}

void tst_LiveScopes::cleanup()
{
    m_room->clear();
    m_room.reset();
    m_bus.reset();
}

void tst_LiveScopes::supervisorIsMovedBeforeItsServerRuns()
{
    const auto description = m_room->describeShell("echo up; exec sleep 600");
    const auto unit = scopeUnit(Quay::serverKey(m_room->server()), description.runId);
    const FakeSystemd systemd(m_bus->address(), {{unit, {}}});

    const auto run =
        SupervisedRun::start(description, superviseProgram(),
                             UserScopes{.program = programPath("quaymaster-scope"), .busAddress = m_bus->address()});

    QVERIFY2(run, run ? "" : run.error().error.subject.c_str());
    QCOMPARE(systemd.orders().size(), std::size_t{1});
    const auto order = systemd.orders().front();
    QVERIFY2(order.starts_with("StartTransientUnit " + unit), order.c_str());
    QVERIFY2(order.contains(" PIDs=" + std::to_string(run->launched().supervisor.id.pid) + ' '), order.c_str());
    QVERIFY2(order.contains(" Description=" + Quay::serverKey(m_room->server()) + ' '), order.c_str());
    QVERIFY(run->waitForLine("up"));
}

void tst_LiveScopes::withoutAScopeItIsStartedAllTheSame_data()
{
    QTest::addColumn<std::string>("program");
    QTest::addColumn<bool>("hasBus");
    QTest::addColumn<FakeUnit>("unit");
    const auto program = programPath("quaymaster-scope");
    QTest::newRow("no bus") << program << false << FakeUnit();
    QTest::newRow("no program") << std::string("/nonexistent/scope") << true << FakeUnit();
    QTest::newRow("refused") << program << true << FakeUnit{.refusal = "org.freedesktop.DBus.Error.AccessDenied"};
    QTest::newRow("failed") << program << true << FakeUnit{.jobResult = "failed"};
    QTest::newRow("silent") << program << true << FakeUnit{.isSilent = true};
}

void tst_LiveScopes::withoutAScopeItIsStartedAllTheSame()
{
    QFETCH(const std::string, program);
    QFETCH(const bool, hasBus);
    QFETCH(const FakeUnit, unit);
    const auto description = m_room->describeShell("echo up; exec sleep 600");
    const FakeSystemd systemd(m_bus->address(),
                              {{scopeUnit(Quay::serverKey(m_room->server()), description.runId), unit}});
    const auto address = hasBus ? m_bus->address() : std::string("unix:path=/nonexistent/bus");

    const auto run =
        SupervisedRun::start(description, superviseProgram(), UserScopes{.program = program, .busAddress = address});

    QVERIFY2(run, run ? "" : run.error().error.subject.c_str());
    QVERIFY(run->waitForLine("up"));
}

void tst_LiveScopes::missingSupervisorIsReported()
{
    const auto run =
        SupervisedRun::start(m_room->describeShell("exec sleep 600"), "/nonexistent/supervise",
                             UserScopes{.program = programPath("quaymaster-scope"), .busAddress = m_bus->address()});

    QVERIFY(!run);
    QCOMPARE(run.error().problem, Quay::LaunchProblem::Failed);
    QCOMPARE(run.error().error.sysErrno, ENOENT);
}

void tst_LiveScopes::systemdDelegatesTheScope()
{
    const QTemporaryDir directory;
    QVERIFY(directory.isValid());
    const auto script = directory.filePath(QStringLiteral("server")).toStdString();
    const auto told = directory.filePath(QStringLiteral("told"));
    {
        QFile file(QString::fromStdString(script));
        QVERIFY(file.open(QIODevice::WriteOnly));
        // What a supervisor does there: a cgroup below its own. Told in one step, so that nobody reads half of it.
        file.write("own=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)\n"
                   "mkdir \"$own/below\" && echo \"$own\" >\"$1.new\" && mv \"$1.new\" \"$1\"\nexec sleep 600\n");
    }
    const std::string bus = "unix:path=" + directory.path().toStdString() + "/bus";
    const auto systemd = RealSystemd::start(
        Quay::BusKind::User, directory.path().toStdString(),
        {{"start.service",
          "After=dbus.service\n[Service]\nExecStart=\"" + programPath("quaymaster-scope") + "\" " + bus
              + " quaymaster-0001.scope /bin/sh sh " + script + ' ' + told.toStdString() + '\n'}});
    if (!systemd && systemd.error().code == Quay::ErrorCode::Unsupported) {
        QSKIP(qPrintable(QStringLiteral("This machine does not give us ")
                         + QString::fromStdString(systemd.error().subject)));
    }
    QVERIFY2(systemd, systemd ? "" : systemd.error().subject.c_str());

    QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(told), qPrintable(directory.path()), 30'000);

    QFile file(told);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto cgroup = file.readAll().trimmed();
    QVERIFY2(cgroup.endsWith("/quaymaster-0001.scope"), cgroup.constData());
    QVERIFY2(!cgroup.contains("start.service"), cgroup.constData());
}

QTEST_GUILESS_MAIN(tst_LiveScopes)
#include "tst_livescopes.moc"
