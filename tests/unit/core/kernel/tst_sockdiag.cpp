// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/error.h"
#include "core/base/uniquefd.h"
#include "core/kernel/diagparser.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"
#include "tests/support/fakediag.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <linux/netlink.h>
#include <sys/socket.h>

using Quay::DiagParser;
using Quay::ErrorCode;
using Quay::IpAddress;
using Quay::IpFamily;
using Quay::Protocol;
using Quay::SockDiag;
using Quay::SocketRecord;
using Quay::SocketState;
using Quay::Test::FakeDiag;
using Quay::Test::FakeSockets;

namespace {

constexpr std::uint32_t Sequence = 7;

SocketRecord listener(std::uint64_t cookie, std::uint16_t port, IpFamily family = IpFamily::V4)
{
    return {.cookie = cookie,
            .inode = 1000 + cookie,
            .cgroupId = 42,
            .uid = 1000,
            .interfaceIndex = 3,
            .receiveQueue = 2,
            .sendQueue = 128,
            .state = SocketState::Listening,
            .v6Only = family == IpFamily::V6 ? std::optional(true) : std::nullopt,
            .localPort = port,
            .localAddress = {.family = family, .bytes = {127, 0, 0, 1}},
            .remoteAddress = {.family = family}};
}

/// A socket that stands for the kernel, and the one that talks to it.
std::pair<Quay::UniqueFd, Quay::UniqueFd> datagramPair()
{
    std::array<int, 2> ends{-1, -1};
    [[maybe_unused]] const int made = ::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends.data());
    Q_ASSERT(made == 0);
    return {Quay::UniqueFd(ends[0]), Quay::UniqueFd(ends[1])};
}

} // namespace

class tst_SockDiag : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldIsRead();
    void malformedDatagramFails_data();
    void malformedDatagramFails();
    void answerToAnotherRequestIsPassedOver();
    void failedDumpSaysSo();
    void bothFamiliesComeInOnePass();
    void kernelWithoutOnePassIsAskedTwice();
    void interruptedDumpIsAskedAgain();
    void dumpInterruptedEveryTimeIsGivenAndMarked();
    void overflowIsAskedAgain();
    void overflowEveryTimeFails();
    void restOfALostAnswerIsPassedOver();
    void longDatagramFitsTheSecondTime();
    void everythingLeftBehindIsDropped();
    void onePortIsFilteredByTheKernel();
    void onePortOfAKernelWithoutOnePass();
    void refusalIsDenied();
    void refusalIsForGood_data();
    void refusalIsForGood();
    void silenceFails();
};

void tst_SockDiag::everyFieldIsRead()
{
    auto record = listener(0x1'0000'0002, 8080, IpFamily::V6);
    record.inode = 77;
    record.remotePort = 9;
    DiagParser parser(Protocol::Tcp, Sequence);

    const auto more = parser.feed(Quay::Test::diagMessage(record, Sequence));
    const auto done = parser.feed(Quay::Test::diagDone(Sequence));

    QVERIFY(more && !*more);
    QVERIFY(done && *done);
    QVERIFY(parser.takeRecords() == std::vector{record});
}

void tst_SockDiag::malformedDatagramFails_data()
{
    QTest::addColumn<std::size_t>("offset");
    QTest::addColumn<int>("value");
    QTest::addColumn<std::size_t>("size");
    const auto whole = Quay::Test::diagMessage(listener(1, 80), Sequence).size();
    QTest::addRow("half a header") << std::size_t{0} << -1 << std::size_t{10};
    QTest::addRow("length beyond the datagram") << std::size_t{0} << 0xff << whole;
    QTest::addRow("length below a header") << std::size_t{0} << 3 << whole;
    QTest::addRow("cut in the body") << std::size_t{0} << 40 << std::size_t{40};
    QTest::addRow("attribute longer than the message") << std::size_t{88} << 0xff << whole;
    QTest::addRow("attribute shorter than its header") << std::size_t{88} << 1 << whole;
}

void tst_SockDiag::malformedDatagramFails()
{
    QFETCH(const std::size_t, offset);
    QFETCH(const int, value);
    QFETCH(const std::size_t, size);
    auto datagram = Quay::Test::diagMessage(listener(1, 80), Sequence);
    datagram.resize(size);
    if (value >= 0) {
        datagram.at(offset) = static_cast<std::byte>(value);
    }
    DiagParser parser(Protocol::Tcp, Sequence);

    const auto result = parser.feed(datagram);

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Malformed);
}

void tst_SockDiag::answerToAnotherRequestIsPassedOver()
{
    DiagParser parser(Protocol::Tcp, Sequence);

    const auto stale = parser.feed(Quay::Test::diagMessage(listener(1, 80), Sequence - 1));
    const auto staleEnd = parser.feed(Quay::Test::diagDone(Sequence - 1));

    QVERIFY(stale && !*stale);
    QVERIFY(staleEnd && !*staleEnd);
    QVERIFY(parser.takeRecords().empty());
}

void tst_SockDiag::failedDumpSaysSo()
{
    DiagParser parser(Protocol::Tcp, Sequence);

    const auto result = parser.feed(Quay::Test::diagDone(Sequence, -EACCES));

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Denied);
}

void tst_SockDiag::bothFamiliesComeInOnePass()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->records = {listener(1, 80), listener(2, 80, IpFamily::V6), listener(3, 81), listener(4, 82)};
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.tcpListeners();

    QVERIFY(records);
    QVERIFY(*records == sockets->records);
    QCOMPARE(sockets->dumps, 1);
    QVERIFY(!diag.wasInterrupted());
}

void tst_SockDiag::kernelWithoutOnePassIsAskedTwice()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->knowsOnePassDump = false;
    sockets->records = {listener(1, 80), listener(2, 80, IpFamily::V6)};
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto first = diag.tcpListeners();
    const auto second = diag.tcpListeners();

    QVERIFY(first && *first == sockets->records);
    QVERIFY(second && *second == sockets->records);
    QCOMPARE(sockets->dumps, 5); // the refused one, then one a family each time
}

void tst_SockDiag::interruptedDumpIsAskedAgain()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->records = {listener(1, 80)};
    sockets->interruptions = 2;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.tcpListeners();

    QVERIFY(records && *records == sockets->records);
    QCOMPARE(sockets->dumps, 3);
    QVERIFY(!diag.wasInterrupted());
}

void tst_SockDiag::dumpInterruptedEveryTimeIsGivenAndMarked()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->records = {listener(1, 80)};
    sockets->interruptions = 100;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.tcpListeners();

    QVERIFY(records && *records == sockets->records);
    QVERIFY(diag.wasInterrupted());
}

void tst_SockDiag::overflowIsAskedAgain()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->records = {listener(1, 80)};
    sockets->overflows = 1;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.tcpListeners();

    QVERIFY(records && *records == sockets->records);
}

void tst_SockDiag::overflowEveryTimeFails()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->overflows = 100;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.tcpListeners();

    QVERIFY(!records);
    QCOMPARE(records.error().sysErrno, ENOBUFS);
}

/// Loses a part of the first answer, and gives what is left of it after the second request.
void tst_SockDiag::restOfALostAnswerIsPassedOver()
{
    class LosingTransport : public Quay::DiagTransport
    {
        Quay::Result<> send(std::span<const std::byte> request) override
        {
            nlmsghdr header{};
            std::memcpy(&header, request.data(), sizeof header);
            for (const std::uint64_t cookie : {1U, 2U}) {
                m_answers.push_back(Quay::Test::diagMessage(listener(cookie, 80), header.nlmsg_seq));
            }
            m_answers.push_back(Quay::Test::diagDone(header.nlmsg_seq));
            return {};
        }
        Quay::Result<std::span<const std::byte>> receive() override
        {
            if (m_answers.size() == 3 && !std::exchange(m_hasLost, true)) {
                m_answers.pop_front();
                return Quay::failErrno(ENOBUFS, "netlink answer");
            }
            m_current = std::move(m_answers.front());
            m_answers.pop_front();
            return m_current;
        }
        std::deque<std::vector<std::byte>> m_answers;
        std::vector<std::byte> m_current;
        bool m_hasLost = false;
    };
    SockDiag diag(std::make_unique<LosingTransport>());

    const auto records = diag.tcpListeners();

    QVERIFY(records);
    QVERIFY((*records == std::vector{listener(1, 80), listener(2, 80)}));
}

void tst_SockDiag::longDatagramFitsTheSecondTime()
{
    auto [kernel, ours] = datagramPair();
    const auto transport = Quay::diagTransportOver(std::move(ours));
    std::vector<std::byte> datagram(100 << 10U);
    datagram.back() = std::byte{42};
    const auto answer = [&] {
        return ::send(kernel.get(), datagram.data(), datagram.size(), 0) == std::ssize(datagram);
    };

    QVERIFY(answer());
    const auto lost = transport->receive();
    QVERIFY(answer());
    const auto whole = transport->receive();

    QVERIFY(!lost);
    QCOMPARE(lost.error().sysErrno, EMSGSIZE);
    QVERIFY(whole);
    QVERIFY(std::ranges::equal(*whole, datagram));
}

void tst_SockDiag::everythingLeftBehindIsDropped()
{
    auto [kernel, ours] = datagramPair();
    const auto transport = Quay::diagTransportOver(std::move(ours));
    const auto answer = [&kernel](std::string_view text) {
        return ::send(kernel.get(), text.data(), text.size(), 0) == std::ssize(text);
    };
    QVERIFY(answer("stale") && answer("") && answer("stale too"));

    QVERIFY(transport->send(std::as_bytes(std::span("?"))));
    QVERIFY(answer("fresh"));
    const auto received = transport->receive();

    QVERIFY(received);
    QVERIFY(std::ranges::equal(*received, std::as_bytes(std::span("fresh").first(5))));
}

void tst_SockDiag::onePortIsFilteredByTheKernel()
{
    const auto sockets = std::make_shared<FakeSockets>();
    auto connection = listener(3, 80);
    connection.state = SocketState::Established;
    auto other = listener(4, 81);
    other.state = SocketState::Established;
    auto remains = listener(5, 80);
    remains.state = SocketState::TimeWait;
    sockets->records = {listener(1, 80), listener(2, 81), connection, other, remains};
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto listeners = diag.listenersOn(Protocol::Tcp, 80);
    const auto connections = diag.tcpEstablished(80);
    const auto given = sockets->answered;
    const auto all = diag.tcpEstablished(std::nullopt);
    const auto notListening = diag.tcpConnectionsOf(80);

    QVERIFY(listeners && *listeners == std::vector{listener(1, 80)});
    QVERIFY(connections && *connections == std::vector{connection});
    QCOMPARE(given, 2);
    QVERIFY((all && *all == std::vector{connection, other}));
    QVERIFY((notListening && *notListening == std::vector{connection, remains}));
    QCOMPARE(sockets->dumps, 4); // one walk of the kernel's table each
}

void tst_SockDiag::onePortOfAKernelWithoutOnePass()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->knowsOnePassDump = false;
    sockets->records = {listener(1, 80), listener(2, 81), listener(3, 80, IpFamily::V6)};
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto listeners = diag.listenersOn(Protocol::Tcp, 80);

    QVERIFY((listeners && *listeners == std::vector{listener(1, 80), listener(3, 80, IpFamily::V6)}));
}

void tst_SockDiag::refusalIsDenied()
{
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->refusal = EPERM;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const auto records = diag.udpBound();

    QVERIFY(!records);
    QCOMPARE(records.error().code, ErrorCode::Denied);
}

void tst_SockDiag::refusalIsForGood_data()
{
    QTest::addColumn<int>("sysErrno");
    QTest::addColumn<bool>("isForGood");
    QTest::addRow("sandbox") << EPERM << true;
    QTest::addRow("no netlink") << EPROTONOSUPPORT << true;
    QTest::addRow("no inet_diag") << EOPNOTSUPP << true;
    QTest::addRow("no tcp_diag") << ENOENT << true;
    QTest::addRow("overflow") << ENOBUFS << false;
    QTest::addRow("silence") << EAGAIN << false;
}

void tst_SockDiag::refusalIsForGood()
{
    QFETCH(const int, sysErrno);
    QFETCH(const bool, isForGood);

    QCOMPARE(Quay::isRefusal(Quay::errorFromErrno(sysErrno, "netlink request")), isForGood);
}

void tst_SockDiag::silenceFails()
{
    class SilentTransport : public Quay::DiagTransport
    {
        [[nodiscard]] Quay::Result<> send(std::span<const std::byte> /*request*/) override { return {}; }
        [[nodiscard]] Quay::Result<std::span<const std::byte>> receive() override
        {
            return Quay::failErrno(EAGAIN, "netlink answer");
        }
    };
    SockDiag diag(std::make_unique<SilentTransport>());

    const auto found = diag.listenerFor(IpAddress{}, 80);

    QVERIFY(!found);
    QCOMPARE(found.error().code, ErrorCode::Io);
}

QTEST_GUILESS_MAIN(tst_SockDiag)
#include "tst_sockdiag.moc"
