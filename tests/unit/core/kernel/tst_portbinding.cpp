// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/portbinding.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include <netinet/in.h>
#include <sys/socket.h>

using Quay::ErrorCode;
using Quay::PortBinding;
using Quay::Protocol;
using Quay::tryToBind;
using Quay::UniqueFd;

class tst_PortBinding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void freePortCanBeBound_data();
    void freePortCanBeBound();
    void portIsLetGoAtOnce();
    void boundSocketIsInTheWayOfWhoWantsToBeAlone();
    void listenerStandsInTheWay();
    void udpSocketStandsInTheWayThoughItShares();
    void v6OnlyLeavesV4Alone();
    void dualStackNeedsV4AsWell();
    void privilegedPortIsDenied();
    void foreignAddressIsNotAvailable();
    void listenerOfAnInterfaceStandsInTheWayThereOnly();
};

namespace {

Quay::IpAddress address(const std::string &text)
{
    return *Quay::ipAddressFromText(text);
}

/// A socket on 127.0.0.1, at a port that the kernel chooses.
struct Holder
{
    explicit Holder(int type, bool listens = true)
        : fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0))
    {
        const int on = 1;
        ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof name;
        ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&name), length);
        ::getsockname(fd.get(), reinterpret_cast<sockaddr *>(&name), &length);
        port = ntohs(name.sin_port);
        if (type == SOCK_STREAM && listens) {
            ::listen(fd.get(), 1);
        }
    }

    UniqueFd fd;
    std::uint16_t port = 0;
};

} // namespace

void tst_PortBinding::freePortCanBeBound_data()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<std::string>("text");
    QTest::newRow("TCP") << Protocol::Tcp << std::string("127.0.0.1");
    QTest::newRow("TCP any") << Protocol::Tcp << std::string("0.0.0.0");
    QTest::newRow("TCP v6") << Protocol::Tcp << std::string("::1");
    QTest::newRow("UDP") << Protocol::Udp << std::string("127.0.0.1");
    QTest::newRow("UDP v6") << Protocol::Udp << std::string("::");
}

void tst_PortBinding::freePortCanBeBound()
{
    QFETCH(const Protocol, protocol);
    QFETCH(const std::string, text);

    const auto bound = tryToBind({.protocol = protocol, .address = address(text), .port = 0}); // the kernel has one

    QVERIFY2(bound, bound ? "" : bound.error().subject.c_str());
}

void tst_PortBinding::portIsLetGoAtOnce()
{
    std::uint16_t port = 0;
    {
        const Holder before(SOCK_STREAM);
        port = before.port;
    }
    const PortBinding binding{.address = address("127.0.0.1"), .port = port};

    QVERIFY(tryToBind(binding));
    QVERIFY(tryToBind(binding));
}

void tst_PortBinding::boundSocketIsInTheWayOfWhoWantsToBeAlone()
{
    const Holder holder(SOCK_STREAM, false); // with SO_REUSEADDR, and nobody listens
    PortBinding binding{.address = address("127.0.0.1"), .port = holder.port};

    QVERIFY(tryToBind(binding));
    binding.isBesideOthers = false;
    const auto bound = tryToBind(binding);

    QVERIFY(!bound);
    QCOMPARE(bound.error().sysErrno, EADDRINUSE);
}

void tst_PortBinding::listenerStandsInTheWay()
{
    const Holder holder(SOCK_STREAM);

    for (const std::string text : {"127.0.0.1", "0.0.0.0"}) {
        const auto bound = tryToBind({.address = address(text), .port = holder.port});

        QVERIFY(!bound);
        QCOMPARE(bound.error().code, ErrorCode::Io);
        QCOMPARE(bound.error().sysErrno, EADDRINUSE);
        QVERIFY(bound.error().subject == text + ':' + std::to_string(holder.port));
    }
}

void tst_PortBinding::udpSocketStandsInTheWayThoughItShares()
{
    const Holder holder(SOCK_DGRAM); // with SO_REUSEADDR, with which a second one could be bound beside it

    const auto bound = tryToBind({.protocol = Protocol::Udp, .address = address("127.0.0.1"), .port = holder.port});

    QVERIFY(!bound);
    QCOMPARE(bound.error().sysErrno, EADDRINUSE);
}

void tst_PortBinding::v6OnlyLeavesV4Alone()
{
    const Holder holder(SOCK_STREAM);

    QVERIFY(tryToBind({.address = address("::"), .port = holder.port, .v6Only = true}));
}

void tst_PortBinding::dualStackNeedsV4AsWell()
{
    const Holder holder(SOCK_STREAM);

    const auto bound = tryToBind({.address = address("::"), .port = holder.port, .v6Only = false});

    QVERIFY(!bound);
    QCOMPARE(bound.error().sysErrno, EADDRINUSE);
}

void tst_PortBinding::privilegedPortIsDenied()
{
    const Quay::Test::Unprivileged user;

    const auto bound = tryToBind({.address = address("127.0.0.1"), .port = 1});

    QVERIFY(!bound);
    QCOMPARE(bound.error().code, ErrorCode::Denied);
}

void tst_PortBinding::foreignAddressIsNotAvailable()
{
    const auto bound = tryToBind({.address = address("192.0.2.1"), .port = 0}); // RFC 5737: nobody's

    QVERIFY(!bound);
    QCOMPARE(bound.error().sysErrno, EADDRNOTAVAIL);
}

void tst_PortBinding::listenerOfAnInterfaceStandsInTheWayThereOnly()
{
    constexpr std::uint32_t Loopback = 1;
    Holder holder(SOCK_STREAM);
    const int index = Loopback;
    if (::setsockopt(holder.fd.get(), SOL_SOCKET, SO_BINDTOIFINDEX, &index, sizeof index) != 0) {
        QSKIP("sockets cannot be bound to an interface here");
    }

    const auto there = tryToBind({.address = address("127.0.0.1"), .port = holder.port, .interfaceIndex = Loopback});
    const auto elsewhere =
        tryToBind({.address = address("127.0.0.1"), .port = holder.port, .interfaceIndex = Loopback + 1});

    QVERIFY(!there);
    QCOMPARE(there.error().sysErrno, EADDRINUSE);
    QVERIFY(elsewhere);
}

QTEST_GUILESS_MAIN(tst_PortBinding)
#include "tst_portbinding.moc"
