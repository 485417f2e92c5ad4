// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/agechanges.h"
#include "app/models/stillclock.h"
#include "tests/support/fakeclock.h"

#include <QTest>

#include <chrono>
#include <cstdint>

#include <unistd.h>

using namespace Quay;
using namespace std::chrono_literals;

class tst_AgeChanges : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ageReadsDifferently_data();
    void ageReadsDifferently();
    void eachProcessHasAnAnswerOfItsOwn();
    void withoutTimeNoneIsPossible();

private:
    Test::FakeClock m_clock;
};

void tst_AgeChanges::ageReadsDifferently_data()
{
    QTest::addColumn<std::chrono::milliseconds>("age");
    QTest::addColumn<std::chrono::milliseconds>("passed");
    QTest::addColumn<bool>("differs");
    QTest::newRow("next second") << 5'000ms << 1'000ms << true;
    QTest::newRow("same second") << 5'100ms << 500ms << false;
    QTest::newRow("into the first minute") << 59'000ms << 1'000ms << true;
    QTest::newRow("same minute") << 61'000ms << 1'000ms << false;
    QTest::newRow("next minute") << 119'000ms << 1'000ms << true;
    QTest::newRow("same hour") << 7'200'000ms << 60'000ms << false;
}

void tst_AgeChanges::ageReadsDifferently()
{
    QFETCH(const std::chrono::milliseconds, age);
    QFETCH(const std::chrono::milliseconds, passed);
    const auto started = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.sinceBoot());
    const auto startTicks = static_cast<std::uint64_t>(started.count() * ::sysconf(_SC_CLK_TCK) / 1'000);
    m_clock.advance(age);
    StillClock before;
    before.setBy(m_clock);
    m_clock.advance(passed);

    AgeChanges ages(before, m_clock);

    QTEST(ages.readsDifferently(startTicks), "differs");
    QTEST(ages.readsDifferently(startTicks), "differs"); // as it was remembered
    QVERIFY(ages.isAnyPossible());
}

void tst_AgeChanges::eachProcessHasAnAnswerOfItsOwn()
{
    const auto ticksASecond = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    m_clock.advance(1h);
    StillClock before;
    before.setBy(m_clock);
    m_clock.advance(1s);
    const auto now =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(m_clock.sinceBoot()).count());

    AgeChanges ages(before, m_clock);

    QVERIFY(!ages.readsDifferently(0));
    QVERIFY(ages.readsDifferently((now - 10) * ticksASecond));
    QVERIFY(!ages.readsDifferently(0));
}

void tst_AgeChanges::withoutTimeNoneIsPossible()
{
    StillClock before;
    before.setBy(m_clock);

    QVERIFY(!AgeChanges(before, m_clock).isAnyPossible());
}

QTEST_GUILESS_MAIN(tst_AgeChanges)
#include "tst_agechanges.moc"
