// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/recheckrounds.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <set>
#include <vector>

#include <sys/types.h>

using Quay::RecheckRounds;
using namespace std::chrono_literals;

namespace {

using Pids = std::vector<pid_t>;

} // namespace

class tst_RecheckRounds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void turnIsDueTwiceASecond();
    void roundHasEveryHolder_data();
    void roundHasEveryHolder();
    void turnsFollowTheOrderOfPids();
    void whoComesAndGoesChangesNothingForTheOthers();
    void lookWithoutHoldersKeepsThePlace();

private:
    Quay::Test::FakeClock m_clock;
};

void tst_RecheckRounds::turnIsDueTwiceASecond()
{
    RecheckRounds rounds(m_clock, 20);
    QVERIFY(rounds.takeDue());
    QVERIFY(!rounds.takeDue());

    m_clock.advance(499ms);
    QVERIFY(!rounds.takeDue());
    m_clock.advance(1ms);

    QVERIFY(rounds.takeDue());
    QVERIFY(!rounds.takeDue());
}

void tst_RecheckRounds::roundHasEveryHolder_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<std::size_t>("atOnce");
    QTest::addRow("one") << 1 << std::size_t{1};
    QTest::addRow("as many as turns") << 20 << std::size_t{1};
    QTest::addRow("one more") << 21 << std::size_t{2};
    QTest::addRow("many") << 101 << std::size_t{6};
}

void tst_RecheckRounds::roundHasEveryHolder()
{
    QFETCH(const int, count);
    QFETCH(const std::size_t, atOnce);
    Pids holders;
    for (int holder = 0; holder < count; ++holder) {
        holders.push_back(100 + 7 * holder);
    }
    RecheckRounds rounds(m_clock, 20);

    std::set<pid_t> seen;
    for (int turn = 0; turn < 20; ++turn) {
        const auto pids = rounds.nextTurn(holders);
        QCOMPARE(pids.size(), atOnce);
        seen.insert(pids.begin(), pids.end());
    }

    QCOMPARE(Pids(seen.begin(), seen.end()), holders);
}

void tst_RecheckRounds::turnsFollowTheOrderOfPids()
{
    const Pids holders{10, 20, 30};
    RecheckRounds rounds(m_clock, 20);

    QCOMPARE(rounds.nextTurn(holders), Pids{10});
    QCOMPARE(rounds.nextTurn(holders), Pids{20});
    QCOMPARE(rounds.nextTurn(holders), Pids{30});
    QCOMPARE(rounds.nextTurn(holders), Pids{10});
}

void tst_RecheckRounds::whoComesAndGoesChangesNothingForTheOthers()
{
    RecheckRounds rounds(m_clock, 20);
    QCOMPARE(rounds.nextTurn({10, 20, 30}), Pids{10});
    QCOMPARE(rounds.nextTurn({10, 20, 30}), Pids{20});

    QCOMPARE(rounds.nextTurn({5, 10, 25, 30}), Pids{25}); // 20 has ended
    QCOMPARE(rounds.nextTurn({5, 10, 25, 30}), Pids{30});

    QCOMPARE(rounds.nextTurn({5, 10}), Pids{5});
}

void tst_RecheckRounds::lookWithoutHoldersKeepsThePlace()
{
    RecheckRounds rounds(m_clock, 20);
    QCOMPARE(rounds.nextTurn({10, 20}), Pids{10});

    QCOMPARE(rounds.nextTurn({}), Pids{});

    QCOMPARE(rounds.nextTurn({10, 20}), Pids{20});
}

QTEST_APPLESS_MAIN(tst_RecheckRounds)
#include "tst_recheckrounds.moc"
