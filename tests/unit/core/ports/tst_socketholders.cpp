// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/socketholders.h"
#include "core/processes/processtable.h"
#include "tests/support/fakemachine.h"

#include <QObject>
#include <QTest>

#include <array>
#include <cstdint>
#include <vector>

class tst_SocketHolders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recheckTellsOnceThatAProcessRan();
    void scanHidesNoMovementFromRecheck();
    void scansAreCounted();
    void whatNoClockHasToldIsFound_data();
    void whatNoClockHasToldIsFound();
    void whoRanByItsClockIsLeftToOthers();
};

using Activity = Quay::SocketHolders::Activity;

namespace {

constexpr pid_t Server = 100;
constexpr std::array<std::uint64_t, 1> Inodes{7};

/// A machine with one server whose descriptors have been read.
struct Scanned
{
    Scanned()
        : proc(machine.proc().open())
        , table(proc, machine.cpuClock(), machine.clock())
        , holders(proc, table)
    {
        machine.start({.pid = Server, .sockets = {{.fd = 3, .inode = Inodes.front()}}});
        holders.watch(Inodes);
        isScanned = holders.scan(Server);
    }

    Quay::Test::FakeMachine machine;
    Quay::ProcFs proc;
    Quay::ProcessTable table;
    Quay::SocketHolders holders;
    bool isScanned = false;
};

Activity recheck(Scanned &scanned)
{
    return scanned.holders.recheck(Server, scanned.table.cpuTime(Server));
}

} // namespace

void tst_SocketHolders::recheckTellsOnceThatAProcessRan()
{
    Scanned scanned;
    QVERIFY(scanned.isScanned);
    QVERIFY(recheck(scanned) == Activity::None);

    scanned.machine.run(Server);

    QVERIFY(recheck(scanned) == Activity::Ran);
    QVERIFY(recheck(scanned) == Activity::None);
}

void tst_SocketHolders::scanHidesNoMovementFromRecheck()
{
    Scanned scanned;
    QVERIFY(scanned.isScanned);

    scanned.machine.run(Server);
    QVERIFY(scanned.holders.scan(Server)); // in search of somebody else's socket

    QVERIFY(recheck(scanned) == Activity::Scanned);
    QVERIFY(recheck(scanned) == Activity::None);
}

void tst_SocketHolders::scansAreCounted()
{
    Scanned scanned;
    const auto before = scanned.holders.scans();
    QVERIFY(!scanned.holders.isScannedSince(before, Server));

    QVERIFY(scanned.holders.scan(Server));

    QVERIFY(scanned.holders.isScannedSince(before, Server));
    QVERIFY(!scanned.holders.isScannedSince(scanned.holders.scans(), Server));
    QVERIFY(!scanned.holders.isScannedSince(before, Server + 1));
}

void tst_SocketHolders::whatNoClockHasToldIsFound_data()
{
    using Sockets = std::vector<Quay::SocketFd>;
    QTest::addColumn<Sockets>("sockets");
    QTest::addColumn<bool>("isHolding");
    QTest::addColumn<bool>("isScanned");
    const auto inode = Inodes.front();
    QTest::addRow("the same") << Sockets{{.fd = 3, .inode = inode}} << true << false;
    QTest::addRow("closed") << Sockets{} << false << true;
    QTest::addRow("another instead") << Sockets{{.fd = 3, .inode = 8}} << false << true;
}

void tst_SocketHolders::whatNoClockHasToldIsFound()
{
    QFETCH(const std::vector<Quay::SocketFd>, sockets);
    QFETCH(const bool, isHolding);
    QFETCH(const bool, isScanned);
    Scanned scanned;
    const auto before = scanned.holders.scans();
    scanned.machine.changeUnnoticed({.pid = Server, .sockets = sockets});

    scanned.holders.scanChanged(std::array{Server});

    QCOMPARE(scanned.holders.isHolding(Server), isHolding);
    QCOMPARE(scanned.holders.isScannedSince(before, Server), isScanned);
}

void tst_SocketHolders::whoRanByItsClockIsLeftToOthers()
{
    Scanned scanned;
    const auto before = scanned.holders.scans();
    scanned.machine.start({.pid = Server, .sockets = {}});

    scanned.holders.scanChanged(std::array{Server});

    QVERIFY(!scanned.holders.isScannedSince(before, Server));
    QVERIFY(recheck(scanned) == Activity::Ran);
}

QTEST_GUILESS_MAIN(tst_SocketHolders)
#include "tst_socketholders.moc"
