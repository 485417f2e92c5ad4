// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/signalname.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <csignal>
#include <optional>
#include <string>

class tst_SignalName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signalsHaveNames_data();
    void signalsHaveNames();
    void otherWordsAreNoSignals_data();
    void otherWordsAreNoSignals();
};

void tst_SignalName::signalsHaveNames_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("name");
    QTest::addRow("short") << "INT" << SIGINT << "INT";
    QTest::addRow("long") << "SIGINT" << SIGINT << "INT";
    QTest::addRow("in letters of any size") << "sigTerm" << SIGTERM << "TERM";
    QTest::addRow("a number") << "9" << SIGKILL << "KILL";
    QTest::addRow("lower case") << "usr1" << SIGUSR1 << "USR1";
}

void tst_SignalName::signalsHaveNames()
{
    QFETCH(const QString, word);
    QFETCH(const int, signal);
    QFETCH(const QString, name);

    QCOMPARE(Quay::signalFromText(word.toStdString()), std::optional(signal));
    QCOMPARE(std::string(Quay::signalName(signal)), name.toStdString());
}

void tst_SignalName::otherWordsAreNoSignals_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word : {"", "SIG", "TREM", "0", "-9", "63", "9x", "SIGSIGINT"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_SignalName::otherWordsAreNoSignals()
{
    QFETCH(const QString, word);

    QVERIFY(!Quay::signalFromText(word.toStdString()));
    QVERIFY(Quay::signalName(63).empty());
}

QTEST_GUILESS_MAIN(tst_SignalName)
#include "tst_signalname.moc"
