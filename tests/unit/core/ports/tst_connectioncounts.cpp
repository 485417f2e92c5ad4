// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/connectioncounts.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using Quay::ConnectionCount;
using Quay::ConnectionCounts;
using Quay::SocketRecord;
using Quay::SocketState;

namespace {

SocketRecord socketAt(const std::string &address, std::uint16_t port, SocketState state)
{
    return {.state = state, .localPort = port, .localAddress = *Quay::ipAddressFromText(address)};
}

SocketRecord listenerAt(const std::string &address, std::uint16_t port = 80)
{
    return socketAt(address, port, SocketState::Listening);
}

/// At port 80: two at 127.0.0.1, one at 10.0.0.1, one at ::1, one IPv4 through a dual-stack socket.
std::vector<SocketRecord> connections()
{
    return {socketAt("127.0.0.1", 80, SocketState::Established),
            socketAt("127.0.0.1", 80, SocketState::Established),
            socketAt("10.0.0.1", 80, SocketState::Established),
            socketAt("::1", 80, SocketState::Established),
            socketAt("::ffff:127.0.0.1", 80, SocketState::Established),
            socketAt("127.0.0.1", 81, SocketState::Established)};
}

std::optional<ConnectionCount> alone(std::uint32_t number)
{
    return ConnectionCount{.connections = number, .isShared = false};
}

std::optional<ConnectionCount> shared(std::uint32_t number)
{
    return ConnectionCount{.connections = number, .isShared = true};
}

} // namespace

class tst_ConnectionCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectionsBelongToTheListenerThatTakesThem_data();
    void connectionsBelongToTheListenerThatTakesThem();
    void moreSpecificListenerTakesThem();
    void boundInterfaceGoesFirst();
    void equalListenersShareThem();
};

void tst_ConnectionCounts::connectionsBelongToTheListenerThatTakesThem_data()
{
    QTest::addColumn<QString>("listener");
    QTest::addColumn<int>("v6Only");
    QTest::addColumn<std::uint32_t>("expected");
    QTest::addRow("exact IPv4") << "127.0.0.1" << -1 << std::uint32_t{3};
    QTest::addRow("exact other IPv4") << "10.0.0.1" << -1 << std::uint32_t{1};
    QTest::addRow("any IPv4") << "0.0.0.0" << -1 << std::uint32_t{4};
    QTest::addRow("exact IPv6") << "::1" << -1 << std::uint32_t{1};
    QTest::addRow("any IPv6, dual stack") << "::" << 0 << std::uint32_t{5};
    QTest::addRow("any IPv6, v6only") << "::" << 1 << std::uint32_t{1};
    QTest::addRow("nobody's") << "127.0.0.9" << -1 << std::uint32_t{0};
}

void tst_ConnectionCounts::connectionsBelongToTheListenerThatTakesThem()
{
    QFETCH(const QString, listener);
    QFETCH(const int, v6Only);
    QFETCH(const std::uint32_t, expected);
    auto record = listenerAt(listener.toStdString());
    record.v6Only = v6Only < 0 ? std::nullopt : std::optional(v6Only == 1);

    const ConnectionCounts counts(connections(), std::vector{record});

    QCOMPARE(counts.of(record), alone(expected));
}

void tst_ConnectionCounts::moreSpecificListenerTakesThem()
{
    const auto any = listenerAt("0.0.0.0");
    const auto exact = listenerAt("127.0.0.1");
    const auto anyV6 = listenerAt("::");
    auto udp = listenerAt("10.0.0.1");
    udp.protocol = Quay::Protocol::Udp;

    const ConnectionCounts counts(connections(), std::vector{any, exact, anyV6, udp});

    QCOMPARE(counts.of(exact), alone(3));
    QCOMPARE(counts.of(any), alone(1)); // 10.0.0.1
    QCOMPARE(counts.of(anyV6), alone(1)); // an IPv4 socket goes before a dual-stack one
    QCOMPARE(counts.of(listenerAt("0.0.0.0", 82)), std::optional<ConnectionCount>());
}

void tst_ConnectionCounts::boundInterfaceGoesFirst()
{
    const auto any = listenerAt("0.0.0.0");
    auto bound = any;
    bound.interfaceIndex = 3;
    auto elsewhere = any;
    elsewhere.interfaceIndex = 4;
    auto over = socketAt("10.0.0.1", 80, SocketState::Established);
    over.interfaceIndex = 3;
    const auto other = socketAt("10.0.0.1", 80, SocketState::Established);

    const ConnectionCounts counts(std::vector{over, over, other}, std::vector{any, bound, elsewhere});

    QCOMPARE(counts.of(bound), alone(2));
    QCOMPARE(counts.of(any), alone(1));
    QCOMPARE(counts.of(elsewhere), alone(0));
}

/// SO_REUSEPORT: the kernel spreads the connections and does not say how.
void tst_ConnectionCounts::equalListenersShareThem()
{
    const auto any = listenerAt("0.0.0.0");
    const auto exact = listenerAt("127.0.0.1");
    const auto idle = listenerAt("10.0.0.9");

    const ConnectionCounts counts(connections(), std::vector{any, exact, exact, exact, idle, idle});

    QCOMPARE(counts.of(exact), shared(3));
    QCOMPARE(counts.of(any), alone(1));
    QCOMPARE(counts.of(idle), alone(0)); // of none each has none
}

QTEST_GUILESS_MAIN(tst_ConnectionCounts)
#include "tst_connectioncounts.moc"
