// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/control/portproof.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/sockdiag.h"
#include "core/kernel/socketrecord.h"
#include "tests/support/fakediag.h"
#include "tests/support/fakemachine.h"
#include "tests/support/forkedwork.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

using Quay::PortClaim;
using Quay::PortProof;
using Quay::PortState;
using Quay::Protocol;
using Quay::provePort;
using Quay::Remains;
using Quay::SockDiag;
using Quay::SocketState;
using Quay::UniqueFd;
using Quay::Test::FakeDiag;
using Quay::Test::FakeSockets;

class tst_PortProof : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void addressesCollide_data();
    void addressesCollide();
    void otherPortsAndProtocolsDoNotCollide();
    void otherInterfacesDoNotCollide();
    void claimIsAsTheSocketWasBound();
    void freePortIsFree();
    void listenerHoldsThePort();
    void listenerElsewhereDoesNotHoldIt();
    void udpSocketHoldsThePort();
    void privilegedPortIsNotTested();
    void foreignAddressIsNotTested();
    void withoutIPv6TheRestIsTested();
    void boundSocketLingers();
    void whatRemainsIsCounted();
    void realConnectionRemains();
    void connectionsAreNotAskedForWhereNothingIs();
    void refusedNetlinkIsReplaced_data();
    void refusedNetlinkIsReplaced();
    void missingUdpDiagIsReplaced();
    void brokenNetlinkIsUnknown();
    void manyPortsAreProvenAsOne();
    void establishedConnectionsAreCounted();

private:
    std::optional<SockDiag> m_diag; ///< the kernel's
};

namespace {

/// `::` with v6Only as `6only`.
PortClaim claim(const std::string &text, std::uint16_t port = 3000)
{
    const bool isV6Only = text == "6only";
    return {.address = *Quay::ipAddressFromText(isV6Only ? "::" : text), .port = port, .v6Only = isV6Only};
}

/// A TCP socket on 127.0.0.1, at a port that the kernel chooses; @p backlog negative: bound only.
struct Holder
{
    explicit Holder(int backlog, int type = SOCK_STREAM, bool isBesideOthers = false)
        : fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0))
    {
        const int reuse = isBesideOthers ? 1 : 0;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof name;
        ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&name), length);
        ::getsockname(fd.get(), reinterpret_cast<sockaddr *>(&name), &length);
        port = ntohs(name.sin_port);
        if (backlog >= 0) {
            ::listen(fd.get(), backlog);
        }
    }

    UniqueFd fd;
    std::uint16_t port = 0;
};

std::uint16_t freePort()
{
    return Holder(-1).port;
}

/// From here on the kernel answers this process as if it were booted with ipv6.disable=1. Whether that worked.
bool loseIPv6()
{
    constexpr auto Number = static_cast<std::uint32_t>(offsetof(seccomp_data, nr));
    constexpr auto Family = static_cast<std::uint32_t>(offsetof(seccomp_data, args)); // the low half comes first
    std::array filter{
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, Number),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, Family),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{.len = filter.size(), .filter = filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

void tst_PortProof::init()
{
    auto transport = Quay::openDiagTransport();
    QVERIFY(transport);
    m_diag.emplace(*std::move(transport));
}

void tst_PortProof::addressesCollide_data()
{
    QTest::addColumn<std::string>("left");
    QTest::addColumn<std::string>("right");
    QTest::addColumn<bool>("expected");
    QTest::newRow("same v4") << std::string("127.0.0.1") << std::string("127.0.0.1") << true;
    QTest::newRow("other v4") << std::string("127.0.0.1") << std::string("127.0.0.2") << false;
    QTest::newRow("any v4, v4") << std::string("0.0.0.0") << std::string("127.0.0.1") << true;
    QTest::newRow("any v4, any v4") << std::string("0.0.0.0") << std::string("0.0.0.0") << true;
    QTest::newRow("same v6") << std::string("::1") << std::string("::1") << true;
    QTest::newRow("other v6") << std::string("::1") << std::string("fe80::1") << false;
    QTest::newRow("any v6, v6") << std::string("::") << std::string("::1") << true;
    QTest::newRow("v4, v6") << std::string("127.0.0.1") << std::string("::1") << false;
    QTest::newRow("any v4, v6") << std::string("0.0.0.0") << std::string("::1") << false;
    QTest::newRow("dual, v4") << std::string("::") << std::string("127.0.0.1") << true;
    QTest::newRow("dual, any v4") << std::string("::") << std::string("0.0.0.0") << true;
    QTest::newRow("v6 only, v4") << std::string("6only") << std::string("127.0.0.1") << false;
    QTest::newRow("v6 only, any v4") << std::string("6only") << std::string("0.0.0.0") << false;
    QTest::newRow("v6 only, v6") << std::string("6only") << std::string("::1") << true;
    QTest::newRow("v6 only, dual") << std::string("6only") << std::string("::") << true;
    QTest::newRow("mapped, v4") << std::string("::ffff:127.0.0.1") << std::string("127.0.0.1") << true;
    QTest::newRow("mapped, other v4") << std::string("::ffff:127.0.0.1") << std::string("127.0.0.2") << false;
    QTest::newRow("mapped any, v4") << std::string("::ffff:0.0.0.0") << std::string("127.0.0.1") << true;
    QTest::newRow("mapped, v6") << std::string("::ffff:127.0.0.1") << std::string("::1") << false;
}

void tst_PortProof::addressesCollide()
{
    QFETCH(const std::string, left);
    QFETCH(const std::string, right);
    QFETCH(const bool, expected);

    QCOMPARE(collide(claim(left), claim(right)), expected);
    QCOMPARE(collide(claim(right), claim(left)), expected);
}

void tst_PortProof::otherPortsAndProtocolsDoNotCollide()
{
    PortClaim udp = claim("127.0.0.1");
    udp.protocol = Protocol::Udp;

    QVERIFY(!collide(claim("127.0.0.1", 1), claim("127.0.0.1", 2)));
    QVERIFY(!collide(claim("127.0.0.1"), udp));
}

void tst_PortProof::otherInterfacesDoNotCollide()
{
    PortClaim first = claim("0.0.0.0");
    first.interfaceIndex = 1;
    PortClaim second = claim("0.0.0.0");
    second.interfaceIndex = 2;

    QVERIFY(!collide(first, second));
    QVERIFY(collide(first, first));
    QVERIFY(collide(first, claim("0.0.0.0")));
}

void tst_PortProof::claimIsAsTheSocketWasBound()
{
    auto socket = Quay::Test::listeningRecord(77, 3000);
    socket.v6Only = true;
    socket.interfaceIndex = 3;

    const PortClaim made = claimOf(socket);

    QCOMPARE(made.protocol, Protocol::Tcp);
    QVERIFY(made.address == socket.localAddress);
    QCOMPARE(made.port, std::uint16_t{3000});
    QVERIFY(made.v6Only == true);
    QCOMPARE(made.interfaceIndex, std::uint32_t{3});
}

void tst_PortProof::freePortIsFree()
{
    const PortProof proof = provePort(*m_diag, claim("127.0.0.1", freePort()));

    QCOMPARE(proof.state, PortState::Free);
    QVERIFY(proof.holders.empty());
    QVERIFY(proof.remains.empty());
    QVERIFY(!proof.error.has_value());
}

void tst_PortProof::listenerHoldsThePort()
{
    const Holder holder(1);

    for (const std::string text : {"127.0.0.1", "0.0.0.0", "::"}) {
        const PortProof proof = provePort(*m_diag, claim(text, holder.port));

        QCOMPARE(proof.state, PortState::Held);
        QCOMPARE(proof.holders.size(), std::size_t{1});
        QCOMPARE(proof.holders.front().localPort, holder.port);
        QCOMPARE(proof.holders.front().state, SocketState::Listening);
    }
}

void tst_PortProof::listenerElsewhereDoesNotHoldIt()
{
    const Holder holder(1);

    for (const std::string text : {"127.0.0.2", "::1", "6only"}) {
        QCOMPARE(provePort(*m_diag, claim(text, holder.port)).state, PortState::Free);
    }
}

void tst_PortProof::udpSocketHoldsThePort()
{
    const Holder holder(-1, SOCK_DGRAM);
    PortClaim udp = claim("0.0.0.0", holder.port);
    udp.protocol = Protocol::Udp;

    QCOMPARE(provePort(*m_diag, udp).state, PortState::Held);
    udp.port = Holder(-1, SOCK_DGRAM).port;
    QCOMPARE(provePort(*m_diag, udp).state, PortState::Free);
}

void tst_PortProof::privilegedPortIsNotTested()
{
    const Quay::Test::Unprivileged user;

    QCOMPARE(provePort(*m_diag, claim("127.0.0.1", 1)).state, PortState::FreeUntested);
}

void tst_PortProof::foreignAddressIsNotTested()
{
    QCOMPARE(provePort(*m_diag, claim("192.0.2.1", freePort())).state, PortState::FreeUntested);
}

void tst_PortProof::withoutIPv6TheRestIsTested()
{
    const Holder holder(-1);
    const auto work = [&holder] {
        SockDiag diag(Quay::openDiagTransport().value());
        const bool isFree = provePort(diag, claim("::", freePort())).state == PortState::Free;
        const bool lingers = provePort(diag, claim("::", holder.port)).state == PortState::Lingering;
        const bool isUntested = provePort(diag, claim("6only", freePort())).state == PortState::FreeUntested;
        return std::string(isFree ? "free " : "") + (lingers ? "lingering " : "") + (isUntested ? "untested" : "");
    };

    const auto proven = Quay::Test::runForked(loseIPv6, work);

    QVERIFY2(proven, proven ? "" : proven.error().subject.c_str());
    QCOMPARE(*proven, std::string("free lingering untested"));
}

void tst_PortProof::boundSocketLingers()
{
    const Holder holder(-1); // nobody listens, and yet it is taken

    const PortProof proof = provePort(*m_diag, claim("127.0.0.1", holder.port));

    QCOMPARE(proof.state, PortState::Lingering);
    QVERIFY(proof.holders.empty());
}

void tst_PortProof::whatRemainsIsCounted()
{
    auto sockets = std::make_shared<FakeSockets>();
    const Holder beside(-1, SOCK_STREAM, true); // as a connection of the past is
    const std::uint16_t port = beside.port;
    const auto add = [&](SocketState state, std::uint64_t inode) {
        auto record = Quay::Test::listeningRecord(inode, port);
        record.state = state;
        record.localAddress = *Quay::ipAddressFromText(inode == 9 ? "127.0.0.9" : "127.0.0.1");
        sockets->records.push_back(record);
    };
    add(SocketState::TimeWait, 1);
    add(SocketState::TimeWait, 2);
    add(SocketState::CloseWait, 3);
    add(SocketState::CloseWait, 9); // of another address
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const PortProof proof = provePort(diag, claim("127.0.0.1", port));

    const auto expected = std::vector{Remains{.state = SocketState::TimeWait, .count = 2},
                                      Remains{.state = SocketState::CloseWait, .count = 1}};
    QCOMPARE(proof.state, PortState::Free);
    QCOMPARE(proof.remains, expected);
}

void tst_PortProof::realConnectionRemains()
{
    Holder server(1, SOCK_STREAM, true);
    const UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    socklen_t length = sizeof name;
    ::getsockname(server.fd.get(), reinterpret_cast<sockaddr *>(&name), &length);
    QCOMPARE(::connect(client.get(), reinterpret_cast<const sockaddr *>(&name), length), 0);
    UniqueFd taken(::accept4(server.fd.get(), nullptr, nullptr, SOCK_CLOEXEC));
    QVERIFY(taken);
    server.fd.reset();
    taken.reset();

    const PortProof proof = provePort(*m_diag, claim("127.0.0.1", server.port));

    QCOMPARE(proof.state, PortState::Free);
    QCOMPARE(proof.remains, (std::vector{Remains{.state = SocketState::FinWait, .count = 1}}));
    QCOMPARE(provePorts(*m_diag, {{claim("127.0.0.1", server.port)}}).front().remains, proof.remains);
}

void tst_PortProof::connectionsAreNotAskedForWhereNothingIs()
{
    auto sockets = std::make_shared<FakeSockets>();
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    QCOMPARE(provePort(diag, claim("127.0.0.1", freePort())).state, PortState::Free);

    QCOMPARE(sockets->dumps, 1); // whether somebody listens
}

void tst_PortProof::refusedNetlinkIsReplaced_data()
{
    QTest::addColumn<int>("refusal");
    QTest::addRow("sandbox") << EACCES;
    QTest::addRow("no tcp_diag") << ENOENT;
}

void tst_PortProof::refusedNetlinkIsReplaced()
{
    QFETCH(const int, refusal);
    auto sockets = std::make_shared<FakeSockets>();
    sockets->refusal = refusal;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));
    const Holder holder(1);

    QCOMPARE(provePort(diag, claim("127.0.0.1", freePort())).state, PortState::Free);
    const PortProof held = provePort(diag, claim("0.0.0.0", holder.port));
    QCOMPARE(held.state, PortState::Held);
    QCOMPARE(held.holders.size(), std::size_t{1});
}

void tst_PortProof::missingUdpDiagIsReplaced()
{
    auto sockets = std::make_shared<FakeSockets>();
    sockets->udpRefusal = ENOENT;
    const PortClaim tcp = claim("127.0.0.1", freePort());
    auto beside = Quay::Test::listeningRecord(77, tcp.port);
    beside.localAddress = *Quay::ipAddressFromText("::");
    beside.remoteAddress.family = Quay::IpFamily::V6;
    beside.v6Only = true; // which /proc/net does not tell
    sockets->records = {beside};
    SockDiag diag(std::make_unique<FakeDiag>(sockets));
    const Holder holder(-1, SOCK_DGRAM);
    PortClaim held = claim("127.0.0.1", holder.port);
    held.protocol = Protocol::Udp;
    PortClaim free = held;
    free.port = Holder(-1, SOCK_DGRAM).port;

    const auto proofs = provePorts(diag, std::vector{held, free, tcp});

    std::vector<PortState> states;
    std::ranges::transform(proofs, std::back_inserter(states), &PortProof::state);
    QCOMPARE(states, (std::vector{PortState::Held, PortState::Free, PortState::Free}));
    QCOMPARE(proofs.back().beside, std::vector{beside});
    QCOMPARE(provePort(diag, held).state, PortState::Held);
}

void tst_PortProof::brokenNetlinkIsUnknown()
{
    auto sockets = std::make_shared<FakeSockets>();
    sockets->overflows = 1000;
    SockDiag diag(std::make_unique<FakeDiag>(sockets));

    const PortProof proof = provePort(diag, claim("127.0.0.1", freePort()));

    QCOMPARE(proof.state, PortState::Unknown);
    QCOMPARE(proof.error->code, Quay::ErrorCode::Io);
}

void tst_PortProof::manyPortsAreProvenAsOne()
{
    const Holder listener(1);
    const Holder bound(-1);
    const Holder udp(-1, SOCK_DGRAM);
    PortClaim udpClaim = claim("127.0.0.1", udp.port);
    udpClaim.protocol = Protocol::Udp;
    const std::vector claims{claim("127.0.0.1", listener.port), claim("127.0.0.1", bound.port),
                             claim("127.0.0.1", freePort()), udpClaim};

    const auto proofs = provePorts(*m_diag, claims);

    std::vector<PortState> states;
    std::ranges::transform(proofs, std::back_inserter(states), &PortProof::state);
    QCOMPARE(states, (std::vector{PortState::Held, PortState::Lingering, PortState::Free, PortState::Held}));
}

void tst_PortProof::establishedConnectionsAreCounted()
{
    const Holder holder(8);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(holder.port);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const UniqueFd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    QCOMPARE(::connect(client.get(), reinterpret_cast<const sockaddr *>(&name), sizeof name), 0);
    PortClaim udp = claim("127.0.0.1", holder.port);
    udp.protocol = Protocol::Udp;

    QVERIFY(establishedOf(*m_diag, claim("127.0.0.1", holder.port)) == 1U);
    QVERIFY(establishedOf(*m_diag, claim("::", holder.port)) == 1U);
    QVERIFY(establishedOf(*m_diag, claim("127.0.0.2", holder.port)) == 0U);
    QVERIFY(establishedOf(*m_diag, udp) == 0U);
}

QTEST_GUILESS_MAIN(tst_PortProof)
#include "tst_portproof.moc"
