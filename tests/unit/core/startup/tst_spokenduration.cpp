// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/spokenduration.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <optional>
#include <string>

using std::chrono::nanoseconds;

class tst_SpokenDuration : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void durationIsRead_data();
    void durationIsRead();
    void otherTextIsNone_data();
    void otherTextIsNone();
};

void tst_SpokenDuration::durationIsRead_data()
{
    QTest::addColumn<std::string>("number");
    QTest::addColumn<std::string>("unit");
    QTest::addColumn<qint64>("expected");

    QTest::newRow("milliseconds") << std::string("356") << std::string("ms") << qint64(356'000'000);
    QTest::newRow("seconds") << std::string("1.25") << std::string("s") << qint64(1'250'000'000);
    QTest::newRow("comma") << std::string("1,25") << std::string("s") << qint64(1'250'000'000);
    QTest::newRow("thousands") << std::string("1,234.5") << std::string("ms") << qint64(1'234'500'000);
    QTest::newRow("microseconds") << std::string("7") << std::string("\u00b5s") << qint64(7'000);
    QTest::newRow("own unit") << std::string("12ms") << std::string() << qint64(12'000'000);
    QTest::newRow("own unit wins") << std::string("2 s") << std::string("ms") << qint64(2'000'000'000);
    QTest::newRow("bare") << std::string("3") << std::string() << qint64(3'000'000'000);
    QTest::newRow("two parts") << std::string("1m 3s") << std::string() << qint64(63'000'000'000);
    QTest::newRow("zero") << std::string("0") << std::string("s") << qint64(0);
}

void tst_SpokenDuration::durationIsRead()
{
    QFETCH(const std::string, number);
    QFETCH(const std::string, unit);
    QFETCH(const qint64, expected);

    const auto duration = Quay::spokenDuration(number, unit);

    QVERIFY(duration.has_value());
    QCOMPARE(duration->count(), expected);
}

void tst_SpokenDuration::otherTextIsNone_data()
{
    QTest::addColumn<std::string>("number");
    QTest::addColumn<std::string>("unit");

    QTest::newRow("empty") << std::string() << std::string("s");
    QTest::newRow("word") << std::string("soon") << std::string("s");
    QTest::newRow("negative") << std::string("-1") << std::string("s");
    QTest::newRow("unknown unit") << std::string("1") << std::string("fortnights");
    QTest::newRow("two points") << std::string("1.2.3") << std::string("s");
    QTest::newRow("beyond a week") << std::string("99999999999") << std::string("s");
    QTest::newRow("overflow") << std::string(400, '9') << std::string("s");
    QTest::newRow("point alone") << std::string(".") << std::string("s");
}

void tst_SpokenDuration::otherTextIsNone()
{
    QFETCH(const std::string, number);
    QFETCH(const std::string, unit);

    QVERIFY(!Quay::spokenDuration(number, unit));
}

QTEST_GUILESS_MAIN(tst_SpokenDuration)
#include "tst_spokenduration.moc"
