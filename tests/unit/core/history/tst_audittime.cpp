// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/audittime.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <optional>
#include <string>

using namespace std::chrono_literals;

class tst_AuditTime : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesAreInUtc_data();
    void timesAreInUtc();
    void otherTextsAreNoTimes_data();
    void otherTextsAreNoTimes();
};

void tst_AuditTime::timesAreInUtc_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("time");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char *name, std::chrono::nanoseconds time, const char *text) {
        QTest::addRow("%s", name) << time << std::string(text);
    };
    row("epoch", 0ns, "1970-01-01T00:00:00.000Z");
    row("whole second", 1'700'000'000s, "2023-11-14T22:13:20.000Z");
    row("millisecond", 1'700'000'000'001ms, "2023-11-14T22:13:20.001Z");
    row("leap day", 1'709'210'096'999ms, "2024-02-29T12:34:56.999Z");
}

void tst_AuditTime::timesAreInUtc()
{
    QFETCH(const std::chrono::nanoseconds, time);
    QFETCH(const std::string, text);

    QCOMPARE(Quay::auditTimeText(time), text);
    QCOMPARE(Quay::auditTimeText(time + 999'999ns), text);
    QVERIFY(Quay::auditTimeFromText(text) == std::optional(time));
}

void tst_AuditTime::otherTextsAreNoTimes_data()
{
    QTest::addColumn<std::string>("text");
    for (const char *const text :
         {"", "2023", "2023-11-14", "2023-11-14T22:13:20.000", "2023-11-14T22:13:20.000Zx", "2023-13-14T22:13:20.000Z",
          "9999-01-01T00:00:00.000Z", "1969-12-31T23:59:59.000Z", "-2023-11-14T22:13:20.000Z"}) {
        QTest::addRow("%s", text) << std::string(text);
    }
}

void tst_AuditTime::otherTextsAreNoTimes()
{
    QFETCH(const std::string, text);

    QVERIFY(!Quay::auditTimeFromText(text));
}

QTEST_GUILESS_MAIN(tst_AuditTime)
#include "tst_audittime.moc"
