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

using Quay::ConnectionCounts;
using Quay::SocketRecord;
using Quay::SocketState;

namespace {

SocketRecord socketAt(const std::string &address, std::uint16_t port, SocketState state)
{
    return {.state = state, .localPort = port, .localAddress = *Quay::ipAddressFromText(address)};
}

} // namespace

class tst_ConnectionCounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectionsBelongToTheListenerThatTakesThem_data();
    void connectionsBelongToTheListenerThatTakesThem();
};

void tst_ConnectionCounts::connectionsBelongToTheListenerThatTakesThem_data()
{
    QTest::addColumn<QString>("listener");
    QTest::addColumn<int>("v6Only");
    QTest::addColumn<std::uint32_t>("expected");
    // At port 80: two at 127.0.0.1, one at 10.0.0.1, one at ::1, one IPv4 through a dual-stack socket.
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
    const std::vector<SocketRecord> connections = {socketAt("127.0.0.1", 80, SocketState::Established),
                                                   socketAt("127.0.0.1", 80, SocketState::Established),
                                                   socketAt("10.0.0.1", 80, SocketState::Established),
                                                   socketAt("::1", 80, SocketState::Established),
                                                   socketAt("::ffff:127.0.0.1", 80, SocketState::Established),
                                                   socketAt("127.0.0.1", 81, SocketState::Established)};
    auto record = socketAt(listener.toStdString(), 80, SocketState::Listening);
    record.v6Only = v6Only < 0 ? std::nullopt : std::optional(v6Only == 1);

    const ConnectionCounts counts(connections);

    QCOMPARE(counts.of(record), expected);
}

QTEST_GUILESS_MAIN(tst_ConnectionCounts)
#include "tst_connectioncounts.moc"
