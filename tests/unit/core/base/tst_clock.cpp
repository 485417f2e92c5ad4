// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <QObject>
#include <QTest>

#include <chrono>

using namespace std::chrono_literals;

class tst_Clock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void intervalsNeverGoBack();
    void bootTimeCountsSuspendToo();
    void realTimeIsOfThisCentury();
};

void tst_Clock::intervalsNeverGoBack()
{
    const auto before = Quay::systemClock().monotonic();
    const auto after = Quay::systemClock().monotonic();

    QVERIFY(before > 0ns);
    QVERIFY(after >= before);
}

void tst_Clock::bootTimeCountsSuspendToo()
{
    const auto monotonic = Quay::systemClock().monotonic();
    const auto sinceBoot = Quay::systemClock().sinceBoot();

    QVERIFY(sinceBoot >= monotonic);
}

void tst_Clock::realTimeIsOfThisCentury()
{
    const std::chrono::sys_time now(Quay::systemClock().realTime());

    QVERIFY(now > std::chrono::sys_days(std::chrono::year(2024) / 1 / 1));
}

QTEST_GUILESS_MAIN(tst_Clock)
#include "tst_clock.moc"
