// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <chrono>

using namespace std::chrono_literals;

class tst_Duration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void durationsAreUnderstood_data();
    void durationsAreUnderstood();
    void otherTextsAreInvalid_data();
    void otherTextsAreInvalid();
    void bareNumbersOfOptionsAreSeconds_data();
    void bareNumbersOfOptionsAreSeconds();
    void otherOptionsAreInvalid_data();
    void otherOptionsAreInvalid();
    void wordsAreReadBack_data();
    void wordsAreReadBack();
};

void tst_Duration::durationsAreUnderstood_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::addRow("milliseconds") << "500ms" << 500ms;
    QTest::addRow("nothing") << "0s" << 0ms;
    QTest::addRow("a fraction") << "1.5s" << 1500ms;
    QTest::addRow("minutes") << "2m" << 120'000ms;
    QTest::addRow("two units") << "1m30s" << 90'000ms;
    QTest::addRow("all units") << "1h2m3s4ms" << 3'723'004ms;
    QTest::addRow("a fraction before another unit") << "0.5m1s" << 31'000ms;
    QTest::addRow("a day") << "24h" << 86'400'000ms;
}

void tst_Duration::durationsAreUnderstood()
{
    QFETCH(const QString, word);
    QFETCH(const std::chrono::milliseconds, duration);

    const auto read = Quay::durationFromText(word.toStdString());

    QVERIFY2(read, qPrintable(word));
    QCOMPARE(read->count(), duration.count());
}

void tst_Duration::otherTextsAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word :
         {"",    "5",    "s",    "-1s",    "1 s",   "1d", "25h", "1e3s",  "nan s",    "nans", "infs", "0x1s",
          "1s2", "1s1m", "1s1s", "1m 30s", "1ms1s", "1S", "+1s", "24h1s", "23h60m1s", "1.s.", "1m30"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
    QTest::addRow("far too long") << "99999999999999999999999999h";
}

void tst_Duration::otherTextsAreInvalid()
{
    QFETCH(const QString, word);

    const auto duration = Quay::durationFromText(word.toStdString());

    QVERIFY(!duration);
    QCOMPARE(duration.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(duration.error().subject, word.toStdString());
}

void tst_Duration::bareNumbersOfOptionsAreSeconds_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::addRow("seconds") << "5" << 5'000ms;
    QTest::addRow("nothing") << "0" << 0ms;
    QTest::addRow("a fraction") << "1.5" << 1'500ms;
    QTest::addRow("less than one") << ".25" << 250ms;
    QTest::addRow("a day") << "86400" << 86'400'000ms;
    QTest::addRow("with a unit") << "2m" << 120'000ms;
    QTest::addRow("with two units") << "1m30s" << 90'000ms;
}

void tst_Duration::bareNumbersOfOptionsAreSeconds()
{
    QFETCH(const QString, word);
    QFETCH(const std::chrono::milliseconds, duration);

    const auto read = Quay::durationFromOption(word.toStdString());

    QVERIFY2(read, qPrintable(word));
    QCOMPARE(read->count(), duration.count());
}

void tst_Duration::otherOptionsAreInvalid_data()
{
    QTest::addColumn<QString>("word");
    for (const char *const word : {"", ".", "-5", "+5", "5 ", "1.2.3", "86401", "1m30", "5x", "1e3", "soon"}) {
        QTest::addRow("'%s'", word) << QString::fromUtf8(word);
    }
}

void tst_Duration::otherOptionsAreInvalid()
{
    QFETCH(const QString, word);

    const auto duration = Quay::durationFromOption(word.toStdString());

    QVERIFY(!duration);
    QCOMPARE(duration.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(duration.error().subject, word.toStdString());
}

void tst_Duration::wordsAreReadBack_data()
{
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::addColumn<QString>("word");
    QTest::addRow("nothing") << 0ms << "0s";
    QTest::addRow("less than nothing") << -5ms << "0s";
    QTest::addRow("milliseconds") << 250ms << "250ms";
    QTest::addRow("two units") << 90'000ms << "1m30s";
    QTest::addRow("a day") << 86'400'000ms << "24h";
}

void tst_Duration::wordsAreReadBack()
{
    QFETCH(const std::chrono::milliseconds, duration);
    QFETCH(const QString, word);

    const auto written = Quay::durationWord(duration);

    QCOMPARE(written, word.toStdString());
    QCOMPARE(Quay::durationFromText(written).value().count(), std::max(duration, 0ms).count());
}

QTEST_GUILESS_MAIN(tst_Duration)
#include "tst_duration.moc"
