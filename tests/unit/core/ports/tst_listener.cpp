// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/ipaddress.h"
#include "core/kernel/netinterface.h"
#include "core/ports/listener.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cstdint>

using Quay::Reach;

class tst_Listener : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placeSaysWhoReachesIt_data();
    void placeSaysWhoReachesIt();
    void acceptQueueIsKnownFromNetlinkAlone();
};

void tst_Listener::placeSaysWhoReachesIt_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<quint32>("interface");
    QTest::addColumn<QString>("interfaceName");
    QTest::addColumn<bool>("isNetwork");
    QTest::addColumn<QString>("endpoint");

    const QString lo = QStringLiteral("lo");
    const QString eth0 = QStringLiteral("eth0");
    const auto row = [](const QString &address, quint32 interface, const QString &name, bool isNetwork,
                        const QString &endpoint) {
        QTest::addRow("%s", qPrintable(endpoint)) << address << interface << name << isNetwork << endpoint;
    };
    row(QStringLiteral("127.0.0.1"), 0, {}, false, QStringLiteral("127.0.0.1:80"));
    row(QStringLiteral("0.0.0.0"), 0, {}, true, QStringLiteral("0.0.0.0:80"));
    row(QStringLiteral("0.0.0.0"), Quay::LoopbackInterface, lo, false, QStringLiteral("0.0.0.0%lo:80"));
    row(QStringLiteral("fe80::1"), Quay::LoopbackInterface, lo, false, QStringLiteral("[fe80::1%lo]:80"));
    row(QStringLiteral("fe80::1"), 2, eth0, true, QStringLiteral("[fe80::1%eth0]:80"));
    row(QStringLiteral("127.0.0.1"), 2, eth0, false, QStringLiteral("127.0.0.1%eth0:80"));
}

void tst_Listener::placeSaysWhoReachesIt()
{
    QFETCH(const QString, address);
    QFETCH(const quint32, interface);
    QFETCH(const QString, interfaceName);
    QFETCH(const bool, isNetwork);
    QFETCH(const QString, endpoint);
    Quay::Listener listener;
    listener.socket.localAddress = Quay::ipAddressFromText(address.toStdString()).value();
    listener.socket.localPort = 80;
    listener.socket.interfaceIndex = interface;
    listener.interfaceName = interfaceName.toStdString();

    QCOMPARE(listener.reach(), isNetwork ? Reach::Network : Reach::ThisMachine);
    QCOMPARE(QString::fromStdString(listener.endpoint()), endpoint);
}

void tst_Listener::acceptQueueIsKnownFromNetlinkAlone()
{
    Quay::Listener listener;
    listener.socket.cookie = 7;
    QVERIFY(listener.acceptQueue() == (Quay::AcceptQueue{.waiting = 0, .limit = 0})); // as listen(fd, 0) asks for it

    listener.socket.receiveQueue = 3;
    listener.socket.sendQueue = 128;
    QVERIFY(listener.acceptQueue() == (Quay::AcceptQueue{.waiting = 3, .limit = 128}));

    listener.socket.cookie = 0;
    QVERIFY(!listener.acceptQueue());

    listener.socket.cookie = 7;
    listener.socket.protocol = Quay::Protocol::Udp;
    QVERIFY(!listener.acceptQueue());
}

QTEST_GUILESS_MAIN(tst_Listener)
#include "tst_listener.moc"
