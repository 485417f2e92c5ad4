// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/cgroupscope.h"
#include "tests/support/ownerstress.h"
#include "tests/support/testserver.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTest>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using Quay::OwnerKnowledge;
using Quay::PortMonitor;
using Quay::Test::listenersOn;
using Quay::Test::ownerPids;
using Quay::Test::TestServer;
using Quay::Test::why;

namespace {

constexpr int MostAttempts = 5;

} // namespace

class tst_LiveOwners : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void findsOwnersThatWereThereBefore_data();
    void findsOwnersThatWereThereBefore();
    void findsOwnersThatAppear_data();
    void findsOwnersThatAppear();
    void forgetsOwnersThatEnded();
    void namesTheHeirAndNotTheMaker();
    void findsTheServiceOfAPassedSocket_data();
    void findsTheServiceOfAPassedSocket();
    void givesLowestDescriptor();
    void steadyLookGivesSamePointer();
    void staysRightUnderStress_data();
    void staysRightUnderStress();

private:
    std::unique_ptr<PortMonitor> m_monitor;
};

namespace {

void addModes()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<std::size_t>("sockets");
    QTest::addColumn<std::size_t>("owners");
    QTest::newRow("one process") << QByteArray("listen") << std::size_t{1} << std::size_t{1};
    QTest::newRow("pre-forked workers") << QByteArray("prefork") << std::size_t{1} << std::size_t{4};
    QTest::newRow("SO_REUSEPORT workers") << QByteArray("reuseport") << std::size_t{4} << std::size_t{1};
    QTest::newRow("handed over by SCM_RIGHTS") << QByteArray("handover") << std::size_t{1} << std::size_t{1};
    QTest::newRow("inherited, parent closed") << QByteArray("inherit") << std::size_t{1} << std::size_t{1};
    QTest::newRow("another program executed") << QByteArray("exec") << std::size_t{1} << std::size_t{1};
    QTest::newRow("bound, forked, listened") << QByteArray("latelisten") << std::size_t{1} << std::size_t{2};
    QTest::newRow("daemonised") << QByteArray("daemon") << std::size_t{1} << std::size_t{1};
}

} // namespace

void tst_LiveOwners::init()
{
    auto opened = PortMonitor::open();
    QVERIFY2(opened, why(opened));
    m_monitor = *std::move(opened);
}

void tst_LiveOwners::cleanup()
{
    m_monitor.reset();
}

void tst_LiveOwners::findsOwnersThatWereThereBefore_data()
{
    addModes();
}

void tst_LiveOwners::findsOwnersThatWereThereBefore()
{
    QFETCH(const QByteArray, mode);
    QFETCH(const std::size_t, sockets);
    QFETCH(const std::size_t, owners);
    const auto server = TestServer::start({mode.toStdString()});
    QVERIFY2(server, why(server));

    const auto first = m_monitor->look({});
    QVERIFY2(first, why(first));
    const auto verified = m_monitor->verifyAllOwners();

    for (const auto &snapshot : {*first, verified}) {
        std::vector<pid_t> everybody;
        const auto listeners = listenersOn(*snapshot, server->port());
        QCOMPARE(listeners.size(), sockets);
        for (const auto &listener : listeners) {
            QCOMPARE(listener->owners.size(), owners);
            std::ranges::copy(ownerPids(*listener), std::back_inserter(everybody));
        }
        QCOMPARE(Quay::Test::sorted(everybody), Quay::Test::sorted(server->pids()));
    }
    QCOMPARE(listenersOn(*verified, server->port()).front()->knowledge, OwnerKnowledge::Complete);
}

void tst_LiveOwners::findsOwnersThatAppear_data()
{
    addModes();
}

void tst_LiveOwners::findsOwnersThatAppear()
{
    QFETCH(const QByteArray, mode);
    QFETCH(const std::size_t, sockets);
    QVERIFY(m_monitor->look({}));
    const auto server = TestServer::start({mode.toStdString()});
    QVERIFY2(server, why(server));

    const auto sighted = m_monitor->lookAtSockets({});
    QVERIFY2(sighted, why(sighted));
    const auto found = m_monitor->lookAtOwners();

    QCOMPARE(listenersOn(**sighted, server->port()).size(), sockets);
    QCOMPARE(listenersOn(**sighted, server->port()).front()->knowledge, OwnerKnowledge::Pending);
    std::vector<pid_t> everybody;
    for (const auto &listener : listenersOn(*found, server->port())) {
        QVERIFY(listener->knowledge == OwnerKnowledge::FirstFound || listener->knowledge == OwnerKnowledge::Complete);
        std::ranges::copy(ownerPids(*listener), std::back_inserter(everybody));
    }
    QCOMPARE(Quay::Test::sorted(everybody), Quay::Test::sorted(server->pids()));
}

void tst_LiveOwners::forgetsOwnersThatEnded()
{
    auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto before = m_monitor->look({});
    QVERIFY2(before, why(before));

    server->end();
    const auto after = m_monitor->look({});
    QVERIFY2(after, why(after));

    QCOMPARE(listenersOn(**before, server->port()).size(), std::size_t{1});
    QCOMPARE(listenersOn(**after, server->port()).size(), std::size_t{0});
    QVERIFY((*after)->generation > (*before)->generation);
}

void tst_LiveOwners::namesTheHeirAndNotTheMaker()
{
    const auto server = TestServer::start({"inherit"});
    QVERIFY2(server, why(server));
    const auto snapshot = m_monitor->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = Quay::Test::listenerOn(**snapshot, server->port());
    QVERIFY(listener);
    QCOMPARE(ownerPids(*listener), server->pids());
    QVERIFY(ownerPids(*listener).front() != server->pid());
    QCOMPARE(listener->owners.front().process->parentPid, server->pid());
}

void tst_LiveOwners::findsTheServiceOfAPassedSocket_data()
{
    QTest::addColumn<std::string>("managersCgroup");
    QTest::addRow("opened by the manager itself") << std::string("init.scope");
    QTest::addRow("opened in the cgroup of the socket unit") << std::string("system.slice/quaymaster-passed.socket");
}

void tst_LiveOwners::findsTheServiceOfAPassedSocket()
{
    QFETCH(const std::string, managersCgroup);
    const auto managers = Quay::Test::CgroupScope::make(managersCgroup);
    const auto service = Quay::Test::CgroupScope::make("system.slice/quaymaster-passed.service");
    if (!managers || !service) {
        QSKIP("no cgroup can be made here");
    }
    const auto server = TestServer::start(
        {"passon", "--cgroup", managers->directory().string(), "--heir-cgroup", service->directory().string()});
    QVERIFY2(server, why(server));

    const auto snapshot = m_monitor->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = Quay::Test::listenerOn(**snapshot, server->port());
    QVERIFY(listener);
    QCOMPARE(listener->socket.cgroupId, managers->id());
    QCOMPARE(ownerPids(*listener), Quay::Test::sorted(server->pids()));
    QCOMPARE(listener->owners.front().process->id.pid, server->pids().back()); // before the manager, though younger
    QCOMPARE(listener->unit.name, std::string("quaymaster-passed.service"));
}

void tst_LiveOwners::givesLowestDescriptor()
{
    const auto server = TestServer::start({"prefork"});
    QVERIFY2(server, why(server));
    const auto snapshot = m_monitor->look({});
    QVERIFY2(snapshot, why(snapshot));

    const auto listener = Quay::Test::listenerOn(**snapshot, server->port());
    QVERIFY(listener);
    for (const Quay::Owner &owner : listener->owners) {
        QCOMPARE(owner.fd, server->fd());
    }
    QCOMPARE(listener->owners.front().process->id.pid, server->pid()); // the oldest first
}

void tst_LiveOwners::steadyLookGivesSamePointer()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto look = [&] {
        const auto snapshot = m_monitor->look({});
        return snapshot ? Quay::Test::listenerOn(**snapshot, server->port()) : nullptr;
    };
    auto before = look();

    const auto isSteady = [&] {
        const auto earlier = std::exchange(before, look());
        return before != nullptr && before == earlier;
    };
    QTRY_VERIFY(isSteady()); // soon: the server may still be about to come to rest
}

void tst_LiveOwners::staysRightUnderStress_data()
{
    QTest::addColumn<bool>("asTheWindow");
    QTest::addRow("ports alone") << false;
    QTest::addRow("with every process and all connections") << true;
}

void tst_LiveOwners::staysRightUnderStress()
{
    QFETCH(const bool, asTheWindow);
    bool isInTime = false;
    // A host that takes a processor away for a moment makes some late, in bursts: not each time, as a mistake would.
    for (int attempt = 0; attempt < MostAttempts && !isInTime; ++attempt) {
        const auto report = Quay::Test::stressOwners(
            *m_monitor, {.events = 300, .look = {.connections = asTheWindow, .processes = asTheWindow}});
        QVERIFY2(report, why(report));

        for (const std::string &mistake : report->mistakes) {
            qWarning("%s", mistake.c_str());
        }
        QVERIFY(report->comparisons >= 300);
        QCOMPARE(report->mistakes.size(), std::size_t{0});
        isInTime = report->late * 100 <= report->comparisons;
    }
    QVERIFY(isInTime);
}

QTEST_GUILESS_MAIN(tst_LiveOwners)
#include "tst_liveowners.moc"
