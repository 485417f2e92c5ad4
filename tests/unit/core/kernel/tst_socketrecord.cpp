// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/socketrecord.h"

#include <QObject>
#include <QTest>

#include <cstdint>

#include <netinet/tcp.h>

class tst_SocketRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kernelStatesAreNamed_data();
    void kernelStatesAreNamed();
};

void tst_SocketRecord::kernelStatesAreNamed_data()
{
    using Quay::SocketState;
    QTest::addColumn<int>("number");
    QTest::addColumn<SocketState>("state");
    QTest::addRow("established") << int{TCP_ESTABLISHED} << SocketState::Established;
    QTest::addRow("SYN sent") << int{TCP_SYN_SENT} << SocketState::SynSent;
    QTest::addRow("SYN received") << int{TCP_SYN_RECV} << SocketState::SynReceived;
    QTest::addRow("FIN wait 1") << int{TCP_FIN_WAIT1} << SocketState::FinWait;
    QTest::addRow("FIN wait 2") << int{TCP_FIN_WAIT2} << SocketState::FinWait;
    QTest::addRow("time wait") << int{TCP_TIME_WAIT} << SocketState::TimeWait;
    QTest::addRow("closed") << int{TCP_CLOSE} << SocketState::Closed;
    QTest::addRow("close wait") << int{TCP_CLOSE_WAIT} << SocketState::CloseWait;
    QTest::addRow("last acknowledgement") << int{TCP_LAST_ACK} << SocketState::Other;
    QTest::addRow("listening") << int{TCP_LISTEN} << SocketState::Listening;
    QTest::addRow("closing") << int{TCP_CLOSING} << SocketState::Other;
    QTest::addRow("none") << 0 << SocketState::Other;
    QTest::addRow("to come") << 255 << SocketState::Other;
}

void tst_SocketRecord::kernelStatesAreNamed()
{
    QFETCH(const int, number);
    QFETCH(const Quay::SocketState, state);

    QCOMPARE(Quay::socketStateFromKernel(static_cast<std::uint8_t>(number)), state);
}

QTEST_GUILESS_MAIN(tst_SocketRecord)
#include "tst_socketrecord.moc"
