// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/ports/portmonitor.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/faultytransport.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <ratio>
#include <string>
#include <utility>
#include <vector>

#include <linux/netlink.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::Error;
using Quay::ErrorCode;
using Quay::PortMonitor;
using Quay::PortMonitorSources;
using Quay::SocketSource;
using Quay::Test::FaultyTransport;
using Quay::Test::listenerOn;
using Quay::Test::TestServer;
using Quay::Test::why;

/// What the kernel and other processes do to us at the worst moment.
class tst_LiveFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void processesThatComeAndGoAreNoFailure();
    void clocksThatAllMovedChangeNothing();
    void refusedNetlinkFallsBack_data();
    void refusedNetlinkFallsBack();
    void interruptedDumpIsAskedAgain();
    void dumpInterruptedForEverIsSaidToBe();
    void overflowIsAskedAgain();
    void cutDatagramIsAnError_data();
    void cutDatagramIsAnError();
    void recycledPidIsAnotherProcess();

private:
    std::optional<TestServer> m_server;
};

namespace {

Quay::Result<std::unique_ptr<PortMonitor>> openWith(std::unique_ptr<Quay::DiagTransport> transport)
{
    PortMonitorSources sources;
    sources.transport = std::move(transport);
    return PortMonitor::open(std::move(sources));
}

/// Puts a fault into what the kernel answers.
Quay::Result<std::unique_ptr<PortMonitor>> openFaulty(FaultyTransport::Fault fault)
{
    return Quay::openDiagTransport().and_then([&](std::unique_ptr<Quay::DiagTransport> kernel) {
        return openWith(std::make_unique<FaultyTransport>(std::move(kernel), std::move(fault)));
    });
}

void markInterrupted(std::vector<std::byte> &datagram)
{
    for (std::size_t at = 0; at + sizeof(nlmsghdr) <= datagram.size();) {
        nlmsghdr header{};
        std::memcpy(&header, datagram.data() + at, sizeof(header));
        header.nlmsg_flags |= NLM_F_DUMP_INTR;
        std::memcpy(datagram.data() + at, &header, sizeof(header));
        at += NLMSG_ALIGN(header.nlmsg_len);
    }
}

} // namespace

void tst_LiveFaults::initTestCase()
{
    auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    m_server = *std::move(server);
}

void tst_LiveFaults::processesThatComeAndGoAreNoFailure()
{
    auto churn = Quay::Test::ChildProcess::start({.arguments = {Quay::Test::programPath("testload"), "--active", "10",
                                                                "--forks-per-second", "1000", "--toggle-ms", "2"},
                                                  .workingDirectory = {}});
    QVERIFY2(churn, why(churn));
    const auto ready = churn->readLine();
    QVERIFY2(ready, why(ready));
    const auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));

    bool wasSeen = false;
    for (int look = 0; look < 300; ++look) {
        const auto snapshot = (*monitor)->look({.connections = look % 3 == 0, .processes = look % 2 == 0});
        QVERIFY2(snapshot, why(snapshot));
        const auto listener = listenerOn(**snapshot, m_server->port());
        // What was never seen may be missing while the table changes under the reader; what was seen once may not.
        QVERIFY(listener || (!wasSeen && (*snapshot)->isInterrupted));
        wasSeen = wasSeen || listener;
        if (listener) {
            QCOMPARE(Quay::Test::ownerPids(*listener), m_server->pids());
        }
    }
    QVERIFY(wasSeen);
    QCOMPARE(listenerOn(*(*monitor)->verifyAllOwners(), m_server->port())->owners.size(), std::size_t{1});
}

void tst_LiveFaults::clocksThatAllMovedChangeNothing()
{
    // Every process seems to have run between any two looks, and every other one to have ended just now.
    std::int64_t reading = 0;
    PortMonitorSources sources;
    sources.cpuClock = [&reading](pid_t pid) -> std::optional<std::chrono::nanoseconds> {
        ++reading;
        return pid % 2 == 0 && reading % 3 == 0 ? std::nullopt : std::optional(std::chrono::nanoseconds(reading));
    };
    const auto monitor = PortMonitor::open(std::move(sources));
    QVERIFY2(monitor, why(monitor));

    for (int look = 0; look < 50; ++look) {
        const auto snapshot = (*monitor)->look({.processes = true});
        QVERIFY2(snapshot, why(snapshot));
        QVERIFY(listenerOn(**snapshot, m_server->port()));
    }
}

void tst_LiveFaults::refusedNetlinkFallsBack_data()
{
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("EACCES") << EACCES << ErrorCode::Denied;
    QTest::newRow("EPERM") << EPERM << ErrorCode::Denied;
    QTest::newRow("EPROTONOSUPPORT") << EPROTONOSUPPORT << ErrorCode::Unsupported;
}

void tst_LiveFaults::refusedNetlinkFallsBack()
{
    QFETCH(const int, sysErrno);
    QFETCH(const ErrorCode, code);
    const auto udpServer = TestServer::start({"listen", "--udp", "--address", "::1"});
    QVERIFY2(udpServer, why(udpServer));
    const auto monitor =
        openWith(std::make_unique<Quay::Test::RefusingTransport>(Quay::errorFromErrno(sysErrno, "sock_diag")));
    QVERIFY2(monitor, why(monitor));

    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    QCOMPARE((*snapshot)->source, SocketSource::ProcNet);
    QVERIFY((*snapshot)->fallbackReason.has_value());
    QCOMPARE((*snapshot)->fallbackReason->code, code);
    QCOMPARE((*snapshot)->fallbackReason->sysErrno, sysErrno);
    const auto tcp = listenerOn(**snapshot, m_server->port());
    QVERIFY(tcp);
    QCOMPARE(Quay::Test::ownerPids(*tcp), m_server->pids());
    QCOMPARE(tcp->socket.uid, ::getuid());
    QCOMPARE(Quay::toString(tcp->socket.localAddress), std::string("127.0.0.1"));
    const auto udp = listenerOn(**snapshot, udpServer->port(), Quay::Protocol::Udp);
    QVERIFY(udp);
    QCOMPARE(Quay::toString(udp->socket.localAddress), std::string("::1"));
    QCOMPARE(Quay::Test::ownerPids(*udp), udpServer->pids());
}

void tst_LiveFaults::interruptedDumpIsAskedAgain()
{
    int left = 1;
    const auto monitor = openFaulty([&left](std::vector<std::byte> &datagram) -> std::optional<Error> {
        if (left > 0) {
            --left;
            markInterrupted(datagram);
        }
        return std::nullopt;
    });
    QVERIFY2(monitor, why(monitor));

    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    QCOMPARE(left, 0);
    QVERIFY(!(*snapshot)->isInterrupted);
    QCOMPARE((*snapshot)->source, SocketSource::SockDiag);
    QVERIFY(listenerOn(**snapshot, m_server->port())); // once, not once for each try
}

void tst_LiveFaults::dumpInterruptedForEverIsSaidToBe()
{
    const auto monitor = openFaulty([](std::vector<std::byte> &datagram) -> std::optional<Error> {
        markInterrupted(datagram);
        return std::nullopt;
    });
    QVERIFY2(monitor, why(monitor));

    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    QVERIFY((*snapshot)->isInterrupted);
    const auto listener = listenerOn(**snapshot, m_server->port());
    QVERIFY(listener);
    QCOMPARE(Quay::Test::ownerPids(*listener), m_server->pids());
}

void tst_LiveFaults::overflowIsAskedAgain()
{
    int left = 1;
    const auto monitor = openFaulty([&left](std::vector<std::byte> & /*datagram*/) -> std::optional<Error> {
        return left-- > 0 ? std::optional(Quay::errorFromErrno(ENOBUFS, "receive")) : std::nullopt;
    });
    QVERIFY2(monitor, why(monitor));

    const auto snapshot = (*monitor)->look({});
    QVERIFY2(snapshot, why(snapshot));

    QCOMPARE((*snapshot)->source, SocketSource::SockDiag);
    QVERIFY(listenerOn(**snapshot, m_server->port()));
}

void tst_LiveFaults::cutDatagramIsAnError_data()
{
    QTest::addColumn<std::size_t>("keptBytes");
    QTest::newRow("within a message") << std::size_t{70};
    QTest::newRow("within a header") << std::size_t{7};
}

void tst_LiveFaults::cutDatagramIsAnError()
{
    QFETCH(const std::size_t, keptBytes);
    bool isCutting = true;
    const auto monitor = openFaulty([&](std::vector<std::byte> &datagram) -> std::optional<Error> {
        if (isCutting && datagram.size() > keptBytes) {
            datagram.resize(keptBytes);
        }
        return std::nullopt;
    });
    QVERIFY2(monitor, why(monitor));

    const auto cut = (*monitor)->look({});
    isCutting = false;
    const auto whole = (*monitor)->look({});

    QVERIFY(!cut);
    QCOMPARE(cut.error().code, ErrorCode::Malformed);
    QVERIFY2(whole, why(whole));
    QVERIFY(listenerOn(**whole, m_server->port())); // one bad answer is no reason to give up
}

namespace {

std::uint64_t ticksSinceBoot()
{
    const auto perTick = std::chrono::nanoseconds(std::nano::den / ::sysconf(_SC_CLK_TCK));
    return static_cast<std::uint64_t>(Quay::systemClock().sinceBoot() / perTick);
}

} // namespace

void tst_LiveFaults::recycledPidIsAnotherProcess()
{
    auto first = TestServer::start({"listen"});
    QVERIFY2(first, why(first));
    const pid_t pid = first->pid();
    const auto monitor = PortMonitor::open();
    QVERIFY2(monitor, why(monitor));
    const auto before = (*monitor)->look({.processes = true});
    QVERIFY2(before, why(before));
    const auto firstId = listenerOn(**before, first->port())->owners.front().process->id;
    first->end();
    // Its time of start is what tells two of one number apart, in ticks: a quick machine does all of this in one.
    QTRY_VERIFY(ticksSinceBoot() > firstId.startTicks);

    // The next process of this pid namespace gets the number after this one, when it is free and nobody is faster.
    std::ofstream lastPid("/proc/sys/kernel/ns_last_pid");
    lastPid << pid - 1 << std::flush;
    if (!lastPid) {
        QSKIP("the next pid cannot be chosen here");
    }
    const auto second = TestServer::start({"listen", "--udp"});
    QVERIFY2(second, why(second));
    if (second->pid() != pid) {
        QSKIP("another process was faster");
    }
    const auto after = (*monitor)->look({.processes = true});
    QVERIFY2(after, why(after));

    QVERIFY(!listenerOn(**after, first->port()));
    const auto listener = listenerOn(**after, second->port(), Quay::Protocol::Udp);
    QVERIFY(listener);
    QCOMPARE(Quay::Test::ownerPids(*listener), std::vector{pid});
    QVERIFY(listener->owners.front().process->id != firstId);
    QVERIFY(!(*monitor)->processes().find(firstId));
}

QTEST_GUILESS_MAIN(tst_LiveFaults)
#include "tst_livefaults.moc"
