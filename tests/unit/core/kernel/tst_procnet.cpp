// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/readfile.h"
#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procnet.h"
#include "tests/support/fakeproc.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

using Quay::ErrorCode;
using Quay::IpFamily;
using Quay::Protocol;
using Quay::SocketRecord;
using Quay::SocketState;

class tst_ProcNet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordedV4TableParses();
    void recordedV6TableParses();
    void recordedUdpTableParses();
    void tableWithoutSocketsIsEmpty_data();
    void tableWithoutSocketsIsEmpty();
    void largestNumbersParse();
    void malformedLineFails_data();
    void malformedLineFails();
    void listenersOfAllTablesAreRead();
    void establishedConnectionsAreRead();
    void machineWithoutV6HasListeners();
    void machineWithoutTablesIsGone();
    void refusedTableIsDenied();
    void malformedTableIsNotReadByHalf();
    void ownListenerIsFound();
};

namespace {

std::string recorded(const std::string &name)
{
    return Quay::readFile(QUAY_TEST_DATA "/proc/net/" + name).value();
}

Quay::IpAddress address(const std::string &text)
{
    return Quay::ipAddressFromText(text).value();
}

std::vector<std::uint16_t> localPorts(const std::vector<SocketRecord> &records)
{
    std::vector<std::uint16_t> ports;
    std::ranges::transform(records, std::back_inserter(ports), &SocketRecord::localPort);
    return ports;
}

const std::string Header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode\n";

} // namespace

void tst_ProcNet::recordedV4TableParses()
{
    const auto records = Quay::parseProcNet(recorded("tcp"), Protocol::Tcp, IpFamily::V4);

    QVERIFY(records.has_value());
    QCOMPARE(records->size(), 10U);
    const SocketRecord listener{
        .inode = 137900,
        .state = SocketState::Listening,
        .localPort = 8123,
        .localAddress = address("127.0.0.1"),
    };
    const SocketRecord connection{
        .inode = 137907,
        .receiveQueue = 100,
        .state = SocketState::Established,
        .localPort = 8123,
        .remotePort = 50472,
        .localAddress = address("127.0.0.1"),
        .remoteAddress = address("127.0.0.1"),
    };
    QVERIFY(records->at(1) == listener);
    QVERIFY(records->at(6) == connection);
    QCOMPARE(records->at(0).receiveQueue, 0U); // one waits to be accepted, of a limit that is not told
    QCOMPARE(records->at(4).state, SocketState::TimeWait);
    QCOMPARE(records->at(5).state, SocketState::FinWait);
    QCOMPARE(records->at(9).state, SocketState::CloseWait);
}

void tst_ProcNet::recordedV6TableParses()
{
    const auto records = Quay::parseProcNet(recorded("tcp6"), Protocol::Tcp, IpFamily::V6);

    QVERIFY(records.has_value());
    QCOMPARE(records->size(), 5U);
    const SocketRecord any{
        .inode = 137903,
        .state = SocketState::Listening,
        .localPort = 8125,
        .localAddress = address("::"),
        .remoteAddress = address("::"),
    };
    QVERIFY(records->at(0) == any);
    QVERIFY(records->at(1).localAddress == address("::1"));
    QVERIFY(records->at(3).localAddress == address("::ffff:127.0.0.1"));
}

void tst_ProcNet::recordedUdpTableParses()
{
    const auto records = Quay::parseProcNet(recorded("udp"), Protocol::Udp, IpFamily::V4);

    QVERIFY(records.has_value());
    QCOMPARE(records->size(), 2U);
    const SocketRecord bound{
        .inode = 137915,
        .protocol = Protocol::Udp,
        .state = SocketState::Closed,
        .localPort = 8127,
        .localAddress = address("127.0.0.1"),
    };
    QVERIFY(records->front() == bound);
    QCOMPARE(records->back().state, SocketState::Established);
    QCOMPARE(records->back().remotePort, 8127);
}

void tst_ProcNet::tableWithoutSocketsIsEmpty_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("header") << Header;
    QTest::addRow("truncated header") << std::string("  sl  local_add");
}

void tst_ProcNet::tableWithoutSocketsIsEmpty()
{
    QFETCH(const std::string, text);

    const auto records = Quay::parseProcNet(text, Protocol::Tcp, IpFamily::V4);

    QVERIFY(records.has_value());
    QVERIFY(records->empty());
}

void tst_ProcNet::largestNumbersParse()
{
    const std::string line = "99999: FFFFFFFF:FFFF FFFFFFFF:FFFF FF FFFFFFFF:FFFFFFFF FF:FFFFFFFF FFFFFFFF "
                             "4294967295 0 18446744073709551615";

    const auto records = Quay::parseProcNet(Header + line, Protocol::Tcp, IpFamily::V4);

    QVERIFY(records.has_value());
    QCOMPARE(records->size(), 1U);
    const SocketRecord expected{
        .inode = 18446744073709551615U,
        .uid = 4294967295U,
        .receiveQueue = 4294967295U,
        .sendQueue = 4294967295U,
        .localPort = 65535,
        .remotePort = 65535,
        .localAddress = address("255.255.255.255"),
        .remoteAddress = address("255.255.255.255"),
    };
    QVERIFY(records->front() == expected);
}

void tst_ProcNet::malformedLineFails_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addRow("empty") << std::string();
    QTest::addRow("number only") << std::string("   0:");
    QTest::addRow("truncated") << std::string("   0: 0100007F:0277 00000000:0000 0A 0:0 0:0 0 0 0");
    QTest::addRow("no port") << std::string("   0: 0100007F 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("port too big") << std::string("   0: 0100007F:10000 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("port negative") << std::string("   0: 0100007F:-1 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("address too short") << std::string("   0: 100007F:0277 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("address of the other family")
        << std::string("   0: 00000000000000000000000001000000:0277 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("address not a number") << std::string("   0: 0100007G:0277 00000000:0000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("no remote port") << std::string("   0: 0100007F:0277 00000000 0A 0:0 0:0 0 0 0 1");
    QTest::addRow("state too big") << std::string("   0: 0100007F:0277 00000000:0000 100 0:0 0:0 0 0 0 1");
    QTest::addRow("queue not a number") << std::string("   0: 0100007F:0277 00000000:0000 0A x:0 0:0 0 0 0 1");
    QTest::addRow("one queue") << std::string("   0: 0100007F:0277 00000000:0000 0A 0 0:0 0 0 0 1");
    QTest::addRow("user negative") << std::string("   0: 0100007F:0277 00000000:0000 0A 0:0 0:0 0 -1 0 1");
    QTest::addRow("inode not a number") << std::string("   0: 0100007F:0277 00000000:0000 0A 0:0 0:0 0 0 0 x");
    QTest::addRow("inode too big") << std::string(
        "   0: 0100007F:0277 00000000:0000 0A 0:0 0:0 0 0 0 18446744073709551616");
}

void tst_ProcNet::malformedLineFails()
{
    QFETCH(const std::string, line);
    const std::string good = "   1: 0100007F:0277 00000000:0000 0A 0:0 0:0 0 0 0 1\n";

    const auto records = Quay::parseProcNet(Header + good + line + '\n', Protocol::Tcp, IpFamily::V4);

    QVERIFY(!records);
    QVERIFY((records.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = line}));
}

void tst_ProcNet::listenersOfAllTablesAreRead()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto records = Quay::readProcNetListeners(proc);

    QVERIFY(records.has_value());
    QVERIFY((localPorts(*records) == std::vector<std::uint16_t>{8126, 8123, 8125, 8124, 8127, 8128}));
    QCOMPARE(records->back().protocol, Protocol::Udp);
    QVERIFY(records->back().localAddress == address("::"));
}

void tst_ProcNet::establishedConnectionsAreRead()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto records = Quay::readProcNetConnections(proc);

    QVERIFY(records.has_value());
    QCOMPARE(records->size(), 8U);
    QVERIFY(std::ranges::all_of(*records, [](const SocketRecord &record) {
        return record.state == SocketState::Established && record.protocol == Protocol::Tcp;
    }));
}

void tst_ProcNet::machineWithoutV6HasListeners()
{
    Quay::Test::FakeProc fake;
    fake.write("net/tcp", recorded("tcp"));
    fake.write("net/udp", recorded("udp"));

    const auto records = Quay::readProcNetListeners(fake.open());

    QVERIFY(records.has_value());
    QVERIFY((localPorts(*records) == std::vector<std::uint16_t>{8126, 8123, 8127}));
}

void tst_ProcNet::machineWithoutTablesIsGone()
{
    const Quay::Test::FakeProc fake;

    const auto listeners = Quay::readProcNetListeners(fake.open());
    const auto connections = Quay::readProcNetConnections(fake.open());

    QVERIFY(!listeners);
    QCOMPARE(listeners.error().code, ErrorCode::Gone);
    QVERIFY(listeners.error().subject == "net/tcp");
    QVERIFY(!connections);
    QCOMPARE(connections.error().code, ErrorCode::Gone);
}

void tst_ProcNet::refusedTableIsDenied()
{
    Quay::Test::FakeProc fake;
    fake.write("net/tcp", recorded("tcp"));
    fake.write("net/tcp6", recorded("tcp6"));
    fake.deny("net/tcp6");
    const auto proc = fake.open();
    const Quay::Test::Unprivileged user;

    const auto records = Quay::readProcNetListeners(proc);

    QVERIFY(!records);
    QCOMPARE(records.error().code, ErrorCode::Denied);
    QVERIFY(records.error().subject == "net/tcp6");
}

void tst_ProcNet::malformedTableIsNotReadByHalf()
{
    Quay::Test::FakeProc fake;
    fake.write("net/tcp", recorded("tcp") + "rubbish\n");

    const auto records = Quay::readProcNetListeners(fake.open());

    QVERIFY(!records);
    QVERIFY((records.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = "rubbish"}));
}

void tst_ProcNet::ownListenerIsFound()
{
    const Quay::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in local{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {.s_addr = ::htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof local;
    QCOMPARE(::bind(socket.get(), reinterpret_cast<sockaddr *>(&local), length), 0);
    QCOMPARE(::listen(socket.get(), 1), 0);
    QCOMPARE(::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&local), &length), 0);
    struct stat status{};
    QCOMPARE(::fstat(socket.get(), &status), 0);

    const auto records = Quay::readProcNetListeners(Quay::ProcFs::open().value());

    QVERIFY(records.has_value());
    const auto own = std::ranges::find(*records, status.st_ino, &SocketRecord::inode);
    QVERIFY(own != records->end());
    QCOMPARE(own->localPort, ::ntohs(local.sin_port));
    QVERIFY(own->localAddress == address("127.0.0.1"));
    QCOMPARE(own->state, SocketState::Listening);
}

QTEST_GUILESS_MAIN(tst_ProcNet)
#include "tst_procnet.moc"
