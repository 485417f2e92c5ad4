// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/localprobes.h"
#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/probes/tcpprobe.h"
#include "tests/support/fakediag.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

using Quay::Observation;
using Quay::Test::FakeDiag;
using Quay::Test::FakeSockets;
using namespace std::chrono_literals;

namespace {

/// A socket bound to a free port of 127.0.0.1.
class LoopbackSocket
{
public:
    LoopbackSocket()
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof(address);
        auto *const raw = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_fd.get(), raw, length) == 0 && ::getsockname(m_fd.get(), raw, &length) == 0) {
            m_port = ntohs(address.sin_port);
        }
    }

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] bool listen() const { return ::listen(m_fd.get(), 8) == 0; }
    void close() { m_fd.reset(); }

private:
    Quay::UniqueFd m_fd;
    std::uint16_t m_port = 0;
};

/// Runs one attempt to its end.
Quay::Attempt attempt(Quay::WaitProbe &probe)
{
    auto result = probe.begin(5s);
    while (!result) {
        pollfd awaited = probe.awaited();
        if (::poll(&awaited, 1, 10'000) <= 0) {
            return probe.giveUp();
        }
        result = probe.proceed();
    }
    return *result;
}

} // namespace

class tst_WaitProbes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listenerIsSeenOnceItListens();
    void listenerIsSeenWhereNetlinkIsRefused_data();
    void listenerIsSeenWhereNetlinkIsRefused();
    void passingErrorIsNoRefusal();
    void portIsFreeOnceItIsClosed();
    void connectionIsAccepted();
    void connectionIsRefused();
    void unknownHostIsSaid();
    void silentAddressIsLeftBehind();
};

void tst_WaitProbes::listenerIsSeenOnceItListens()
{
    const LoopbackSocket socket;
    QVERIFY(socket.port() != 0);
    Quay::ListenerLookup lookup;
    Quay::ListenProbe probe(socket.port(), lookup);

    QVERIFY(!attempt(probe).isMet); // bound is not listening
    QVERIFY(socket.listen());
    const auto seen = attempt(probe);

    QVERIFY(seen.isMet);
    QCOMPARE(seen.seen.what, Observation::What::Listening);
    QCOMPARE(seen.seen.detail, "127.0.0.1:" + std::to_string(socket.port()));
}

void tst_WaitProbes::listenerIsSeenWhereNetlinkIsRefused_data()
{
    QTest::addColumn<int>("refusal");
    QTest::addRow("sandbox") << EPERM;
    QTest::addRow("no tcp_diag") << ENOENT; // which is what is said of a socket that is not there, too
}

void tst_WaitProbes::listenerIsSeenWhereNetlinkIsRefused()
{
    QFETCH(const int, refusal);
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->refusal = refusal;
    Quay::ListenerLookup lookup(std::make_unique<FakeDiag>(sockets));
    Quay::ListenProbe probe(socket.port(), lookup);

    const auto seen = attempt(probe);
    const int asked = sockets->dumps;
    const auto again = attempt(probe);

    QVERIFY(seen.isMet);
    QVERIFY(again.isMet);
    QCOMPARE(sockets->dumps, asked); // refused is refused
}

void tst_WaitProbes::passingErrorIsNoRefusal()
{
    constexpr std::uint16_t Port = 3000;
    const auto sockets = std::make_shared<FakeSockets>();
    sockets->records.push_back({.cookie = 7,
                                .state = Quay::SocketState::Listening,
                                .localPort = Port,
                                .localAddress = {.family = Quay::IpFamily::V4, .bytes = {127, 0, 0, 1}}});
    sockets->overflows = 1000;
    Quay::ListenerLookup lookup(std::make_unique<FakeDiag>(sockets));

    const auto failed = lookup.onLoopback(Port);
    sockets->overflows = 0;
    const auto found = lookup.onLoopback(Port);

    QVERIFY(!failed);
    QCOMPARE(failed.error().sysErrno, ENOBUFS);
    QVERIFY(found);
    QCOMPARE(found->size(), std::size_t{1});
    QCOMPARE(found->front().cookie, 7U);
}

void tst_WaitProbes::portIsFreeOnceItIsClosed()
{
    LoopbackSocket socket;
    QVERIFY(socket.listen());
    Quay::ListenerLookup lookup;
    Quay::FreeProbe probe(socket.port(), lookup);

    const auto held = attempt(probe);
    socket.close();
    const auto free = attempt(probe);

    QVERIFY(!held.isMet);
    QCOMPARE(held.seen.what, Observation::What::PortHeld);
    QVERIFY(free.isMet);
    QCOMPARE(free.seen.what, Observation::What::PortFree);
}

void tst_WaitProbes::connectionIsAccepted()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    Quay::TcpProbe byName("localhost", socket.port());
    Quay::TcpProbe byAddress("127.0.0.1", socket.port());

    QCOMPARE(attempt(byName).seen.what, Observation::What::Connected); // also where ::1 refuses first
    QVERIFY(attempt(byAddress).isMet);
}

void tst_WaitProbes::connectionIsRefused()
{
    const LoopbackSocket socket; // bound, so that nobody else takes the port meanwhile
    Quay::TcpProbe probe("127.0.0.1", socket.port());

    const auto refused = attempt(probe);

    QVERIFY(!refused.isMet);
    QCOMPARE(refused.seen.what, Observation::What::Refused);
}

void tst_WaitProbes::unknownHostIsSaid()
{
    Quay::TcpProbe probe("999.999.999.999.invalid", 80);

    const auto unknown = attempt(probe);

    QVERIFY(!unknown.isMet);
    QCOMPARE(unknown.seen.what, Observation::What::HostUnknown);
    QVERIFY(!unknown.seen.detail.empty());
}

void tst_WaitProbes::silentAddressIsLeftBehind()
{
    const LoopbackSocket socket;
    QVERIFY(socket.listen());
    Quay::TcpProbe probe("127.0.0.1", socket.port());

    QVERIFY(!probe.begin(5s));
    const auto given = probe.giveUp();

    QCOMPARE(given.seen.what, Observation::What::TimedOut);
    QVERIFY(attempt(probe).isMet); // and the next attempt starts anew
}

QTEST_GUILESS_MAIN(tst_WaitProbes)
#include "tst_waitprobes.moc"
