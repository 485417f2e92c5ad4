// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/ports/portmonitor.h"
#include "core/ports/portsnapshot.h"
#include "tests/support/fakemachine.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <utility>

#include <sys/types.h>

using Quay::PortMonitor;
using Quay::Test::FakeMachine;

namespace {

constexpr Quay::LookOptions Everything{.udp = true, .connections = true, .processes = true, .onlyPort = std::nullopt};

} // namespace

/// A look that is asked to stop at any moment does nothing dear after that. tst_livescanner has the time it takes.
class tst_StoppedLook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void stoppedLookEndsWhereverItIs_data();
    void stoppedLookEndsWhereverItIs();
    void stoppedDumpIsGivenUp();
};

void tst_StoppedLook::stoppedLookEndsWhereverItIs_data()
{
    QTest::addColumn<int>("readings");
    for (const int readings : {1, 30, 51, 52, 80, 102, 103, 130, 155, 180, 220, 250}) {
        QTest::addRow("after %d clock readings", readings) << readings;
    }
}

void tst_StoppedLook::stoppedLookEndsWhereverItIs()
{
    QFETCH(const int, readings);
    constexpr int Servers = 50;
    FakeMachine machine;
    for (int server = 0; server < Servers; ++server) {
        const auto inode = static_cast<std::uint64_t>(1000 + server);
        machine.start({.pid = 1000 + server, .sockets = {{.fd = 3, .inode = inode}}});
        machine.listen(inode, static_cast<std::uint16_t>(5000 + server));
    }
    std::stop_source stop;
    int left = readings;
    int readingsAfterStop = 0;
    auto sources = machine.sources();
    sources.cpuClock = [&, clock = machine.cpuClock()](pid_t pid) {
        if (left > 0 && --left == 0) {
            stop.request_stop();
        } else if (left == 0) {
            ++readingsAfterStop;
        }
        return clock(pid);
    };
    auto monitor = PortMonitor::open(std::move(sources));
    QVERIFY(monitor);
    (*monitor)->setStopToken(stop.get_token());

    const auto snapshot = (*monitor)->look(Everything);

    QVERIFY(snapshot);
    QCOMPARE(left, 0);
    QCOMPARE((*snapshot)->listeners.size(), std::size_t{Servers});
    constexpr int Listed = Servers + 1; // one pass over the clocks: too short to be worth stopping
    if (readings <= Listed) {
        QVERIFY((*snapshot)->processes.empty()); // none was read any more
    } else {
        QCOMPARE_LE(readingsAfterStop, 1); // of the process that was being read
    }
}

void tst_StoppedLook::stoppedDumpIsGivenUp()
{
    FakeMachine machine;
    const auto monitor = PortMonitor::open(machine.sources());
    QVERIFY(monitor);
    std::stop_source stop;
    (*monitor)->setStopToken(stop.get_token());
    stop.request_stop();

    const auto snapshot = (*monitor)->look({});

    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().sysErrno, ECANCELED);
}

QTEST_GUILESS_MAIN(tst_StoppedLook)
#include "tst_stoppedlook.moc"
