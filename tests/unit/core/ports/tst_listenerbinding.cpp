// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listenerbinding.h"

#include <QObject>
#include <QTest>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using Quay::SocketRecord;

namespace {

/// `::` with v6only as `6only`.
SocketRecord socketAt(const std::string &text, std::uint32_t interfaceIndex = 0)
{
    const bool isV6Only = text == "6only";
    return {.interfaceIndex = interfaceIndex,
            .v6Only = isV6Only,
            .localPort = 80,
            .localAddress = Quay::ipAddressFromText(isV6Only ? "::" : text).value()};
}

int preference(const SocketRecord &listener, const SocketRecord &connection)
{
    return Quay::preferenceOf(Quay::listenerBinding(listener), Quay::connectionEndpoint(connection));
}

} // namespace

class tst_ListenerBinding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void listenerTakesWhatItIsBoundTo_data();
    void listenerTakesWhatItIsBoundTo();
    void moreSpecificListenersGoFirst();
};

void tst_ListenerBinding::listenerTakesWhatItIsBoundTo_data()
{
    QTest::addColumn<std::string>("listener");
    QTest::addColumn<std::string>("connection");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char *listener, const char *connection, bool isTaken) {
        QTest::addRow("%s, %s", listener, connection) << std::string(listener) << std::string(connection) << isTaken;
    };
    row("127.0.0.1", "127.0.0.1", true);
    row("127.0.0.1", "127.0.0.2", false);
    row("0.0.0.0", "127.0.0.1", true);
    row("0.0.0.0", "::1", false);
    row("::", "::1", true);
    row("::", "::ffff:127.0.0.1", true);
    row("6only", "::1", true);
    row("6only", "127.0.0.1", false);
    row("6only", "::ffff:127.0.0.1", false);
    row("::ffff:0.0.0.0", "127.0.0.1", true);
}

void tst_ListenerBinding::listenerTakesWhatItIsBoundTo()
{
    QFETCH(const std::string, listener);
    QFETCH(const std::string, connection);
    QFETCH(const bool, isTaken);

    QCOMPARE(preference(socketAt(listener), socketAt(connection)) > 0, isTaken);
}

void tst_ListenerBinding::moreSpecificListenersGoFirst()
{
    const auto connection = socketAt("127.0.0.1", 3);
    const std::vector inTurn{socketAt("127.0.0.1", 3), socketAt("127.0.0.1"), socketAt("0.0.0.0", 3),
                             socketAt("::", 3),        socketAt("0.0.0.0"),   socketAt("::")};

    for (std::size_t i = 1; i < inTurn.size(); ++i) {
        QVERIFY(preference(inTurn[i - 1], connection) > preference(inTurn[i], connection));
    }
    QCOMPARE(preference(socketAt("127.0.0.1", 4), connection), 0);
}

QTEST_GUILESS_MAIN(tst_ListenerBinding)
#include "tst_listenerbinding.moc"
