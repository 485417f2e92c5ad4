// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/notifymessage.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::NotifyMessage;
using Quay::notifyMessageFrom;

class tst_NotifyMessage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void messagesAreRead_data();
    void messagesAreRead();
};

void tst_NotifyMessage::messagesAreRead_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<NotifyMessage>("message");
    QTest::addRow("empty") << std::string() << NotifyMessage{};
    QTest::addRow("ready") << std::string("READY=1") << NotifyMessage{.isReady = true};
    QTest::addRow("not ready") << std::string("READY=0") << NotifyMessage{};
    QTest::addRow("several")
        << std::string("STATUS=a=b\nREADY=1\nMAINPID=4711\nWATCHDOG=1\nSTOPPING=1\n")
        << NotifyMessage{.isReady = true, .isStopping = true, .isAlive = true, .status = "a=b", .mainPid = 4711};
    QTest::addRow("unknown") << std::string("FDSTORE=1\nX_OWN=2\nnonsense\n=1") << NotifyMessage{};
    QTest::addRow("pid is none") << std::string("MAINPID=1\nMAINPID=-4\nMAINPID=x\nMAINPID=99999999999")
                                 << NotifyMessage{};
    QTest::addRow("empty status") << std::string("STATUS=") << NotifyMessage{.status = ""};
}

void tst_NotifyMessage::messagesAreRead()
{
    QFETCH(const std::string, text);
    QFETCH(const NotifyMessage, message);

    QCOMPARE(notifyMessageFrom(text), message);
}

QTEST_APPLESS_MAIN(tst_NotifyMessage)
#include "tst_notifymessage.moc"
