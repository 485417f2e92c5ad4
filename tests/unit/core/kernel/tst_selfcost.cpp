// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/selfcost.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"

#include <QTest>

#include <unistd.h>

using namespace Quay;
using namespace std::chrono_literals;

class tst_SelfCost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shareIsCpuTimeByWallTime();
    void standingClockGivesNoShare();
    void malformedStatmFails_data();
    void malformedStatmFails();
    void missingStatmFails();
    void ownCpuTimeGrows();
};

void tst_SelfCost::shareIsCpuTimeByWallTime()
{
    Test::FakeProc files;
    files.write("self/statm", "5000 1000 800 10 0 300 0\n");
    const auto proc = files.open();
    Test::FakeClock clock;
    auto cpu = 100ms;
    SelfCost cost(proc, [&cpu] { return cpu; }, clock);

    const auto first = cost.sample();
    clock.advance(2s);
    cpu += 50ms;
    const auto second = cost.sample();

    QVERIFY(first);
    QVERIFY(!first->cpuShare);
    QCOMPARE(first->residentBytes, 1000U * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)));
    QVERIFY(second && second->cpuShare);
    QCOMPARE(*second->cpuShare, 0.025);
}

void tst_SelfCost::standingClockGivesNoShare()
{
    Test::FakeProc files;
    files.write("self/statm", "5000 1000 800 10 0 300 0\n");
    const auto proc = files.open();
    const Test::FakeClock clock;
    SelfCost cost(proc, [] { return 1s; }, clock);

    QVERIFY(cost.sample());
    const auto second = cost.sample();

    QVERIFY(second);
    QVERIFY(!second->cpuShare);
}

void tst_SelfCost::malformedStatmFails_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("one number") << QByteArray("5000");
    QTest::addRow("no number") << QByteArray("5000 x");
    QTest::addRow("negative") << QByteArray("5000 -1 2");
    QTest::addRow("too big") << QByteArray("5000 99999999999999999999999 2");
}

void tst_SelfCost::malformedStatmFails()
{
    QFETCH(const QByteArray, text);
    Test::FakeProc files;
    files.write("self/statm", text.toStdString());
    const auto proc = files.open();
    SelfCost cost(proc);

    const auto sample = cost.sample();

    QVERIFY(!sample);
    QCOMPARE(sample.error().code, ErrorCode::Malformed);
    QCOMPARE(sample.error().subject, text.toStdString());
}

void tst_SelfCost::missingStatmFails()
{
    const Test::FakeProc files;
    const auto proc = files.open();
    SelfCost cost(proc);

    const auto sample = cost.sample();

    QVERIFY(!sample);
    QCOMPARE(sample.error().code, ErrorCode::Gone);
}

void tst_SelfCost::ownCpuTimeGrows()
{
    const auto before = ownCpuTime();

    QTRY_VERIFY(ownCpuTime() > before); // waiting for it is what makes it grow
}

QTEST_GUILESS_MAIN(tst_SelfCost)
#include "tst_selfcost.moc"
