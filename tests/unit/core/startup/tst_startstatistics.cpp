// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startstatistics.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using Quay::compareStart;
using Quay::PhaseState;
using Quay::StartOutcome;
using Quay::StartupPhase;
using Quay::StartupRun;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

namespace {

StartupPhase phase(const std::string &name, nanoseconds begin, nanoseconds took)
{
    return {.name = name, .begin = begin, .end = begin + took, .state = PhaseState::Ended};
}

/// Builds and then listens.
StartupRun run(nanoseconds build, nanoseconds listening)
{
    return {.outcome = StartOutcome::Ready,
            .readyAfter = build + listening,
            .phases = {phase("build", 0ns, build), phase("listening", build, listening)}};
}

std::vector<StartupRun> steadyRuns(std::size_t count)
{
    return std::vector<StartupRun>(count, run(1s, 200ms));
}

std::vector<std::string> slowNames(const Quay::StartComparison &comparison)
{
    std::vector<std::string> names;
    std::ranges::transform(comparison.slowPhases, std::back_inserter(names), &Quay::SlowPhase::phase);
    return names;
}

} // namespace

class tst_StartStatistics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mediansAreTold();
    void evenCountHasTheMiddle();
    void slowPhaseIsNamed();
    void thoseThatLostMostAreFirst();
    void fewRunsProveNothing();
    void smallLossIsNoAlarm_data();
    void smallLossIsNoAlarm();
    void oneSlowRunBeforeDoesNotCount();
    void noisyServerIsNotBlamed();
    void failedRunsDoNotCount();
    void runThatWasNotReadyMayHaveASlowPhase();
    void interruptedPhaseDoesNotCount();
    void phasesOfOneNameAreAddedUp();
    void newPhaseHasNoMedian();
    void mostTellingPhaseIsOfTheOutput_data();
    void mostTellingPhaseIsOfTheOutput();
};

void tst_StartStatistics::mediansAreTold()
{
    const std::vector earlier{run(1s, 100ms), run(3s, 100ms), run(2s, 100ms), run(9s, 100ms), run(2s, 100ms)};

    const auto comparison = compareStart(run(2s, 100ms), earlier);

    QCOMPARE(comparison.medians.size(), std::size_t{2});
    QCOMPARE(comparison.medians[0].phase, std::string("build"));
    QCOMPARE(comparison.medians[0].median, nanoseconds(2s));
    QCOMPARE(comparison.medians[0].spread, nanoseconds(1s));
    QCOMPARE(comparison.medians[0].runs, std::size_t{5});
    QCOMPARE(comparison.total->median, nanoseconds(2100ms));
    QVERIFY(!comparison.isSlower);
}

void tst_StartStatistics::evenCountHasTheMiddle()
{
    const auto comparison = compareStart(run(2s, 1s), {run(4s, 1s), run(1s, 1s), run(2s, 1s), run(8s, 1s)});

    QCOMPARE(comparison.medians[0].median, nanoseconds(3s));
}

void tst_StartStatistics::slowPhaseIsNamed()
{
    const auto comparison = compareStart(run(1s, 900ms), steadyRuns(5));

    QVERIFY(comparison.isSlower);
    QCOMPARE(slowNames(comparison), std::vector<std::string>{"listening"});
    QCOMPARE(comparison.slowPhases[0].took, nanoseconds(900ms));
    QCOMPARE(comparison.slowPhases[0].usual, nanoseconds(200ms));
}

void tst_StartStatistics::thoseThatLostMostAreFirst()
{
    const auto comparison = compareStart(run(2s, 2s), steadyRuns(5));

    QCOMPARE(slowNames(comparison), (std::vector<std::string>{"listening", "build"}));
}

void tst_StartStatistics::fewRunsProveNothing()
{
    const auto comparison = compareStart(run(60s, 60s), steadyRuns(Quay::FewestRuns - 1));

    QVERIFY(!comparison.total);
    QVERIFY(!comparison.isSlower);
    QVERIFY(comparison.slowPhases.empty());
    QCOMPARE(comparison.medians.size(), std::size_t{2});
}

void tst_StartStatistics::smallLossIsNoAlarm_data()
{
    QTest::addColumn<qint64>("usualMs");
    QTest::addColumn<qint64>("tookMs");
    QTest::addColumn<bool>("isSlow");

    QTest::newRow("3 ms instead of 1") << qint64(1) << qint64(3) << false;
    QTest::newRow("hundredfold, but short") << qint64(1) << qint64(100) << false;
    QTest::newRow("exactly 100 ms more") << qint64(100) << qint64(200) << false;
    QTest::newRow("a little beyond") << qint64(100) << qint64(201) << true;
    QTest::newRow("a quarter") << qint64(4'000) << qint64(5'000) << false;
    QTest::newRow("more than a quarter") << qint64(4'000) << qint64(5'001) << true;
    QTest::newRow("quicker") << qint64(4'000) << qint64(1'000) << false;
}

void tst_StartStatistics::smallLossIsNoAlarm()
{
    QFETCH(const qint64, usualMs);
    QFETCH(const qint64, tookMs);
    QFETCH(const bool, isSlow);
    const std::vector<StartupRun> earlier(8, run(milliseconds(usualMs), 0ms));

    const auto comparison = compareStart(run(milliseconds(tookMs), 0ms), earlier);

    QCOMPARE(comparison.isSlower, isSlow);
    QCOMPARE(!comparison.slowPhases.empty(), isSlow);
}

void tst_StartStatistics::oneSlowRunBeforeDoesNotCount()
{
    auto earlier = steadyRuns(6);
    earlier.push_back(run(300s, 300s));

    const auto comparison = compareStart(run(1s, 900ms), earlier);

    QCOMPARE(slowNames(comparison), std::vector<std::string>{"listening"});
}

void tst_StartStatistics::noisyServerIsNotBlamed()
{
    std::mt19937 random(7); // NOLINT(bugprone-random-generator-seed): the same at every run
    std::normal_distribution<double> noise(2'000, 400);
    const auto next = [&] { return run(milliseconds(static_cast<qint64>(std::max(noise(random), 1.0))), 200ms); };
    std::vector<StartupRun> earlier;
    std::ranges::generate_n(std::back_inserter(earlier), 30, next);
    int alarms = 0;

    for (int number = 0; number < 500; ++number) {
        alarms += compareStart(next(), earlier).isSlower ? 1 : 0;
    }

    QVERIFY2(alarms <= 1, qPrintable(QString::number(alarms)));
    QVERIFY(compareStart(run(7s, 200ms), earlier).isSlower);
}

void tst_StartStatistics::failedRunsDoNotCount()
{
    auto earlier = steadyRuns(4);
    auto failed = run(1s, 200ms);
    failed.outcome = StartOutcome::Failed;
    failed.readyAfter.reset();
    earlier.insert(earlier.end(), 10, failed);

    QVERIFY(!compareStart(run(60s, 60s), earlier).isSlower);
}

void tst_StartStatistics::runThatWasNotReadyMayHaveASlowPhase()
{
    auto failed = run(9s, 200ms);
    failed.outcome = StartOutcome::Failed;
    failed.readyAfter.reset();

    const auto comparison = compareStart(failed, steadyRuns(5));

    QVERIFY(!comparison.isSlower);
    QCOMPARE(slowNames(comparison), std::vector<std::string>{"build"});
}

void tst_StartStatistics::interruptedPhaseDoesNotCount()
{
    auto cut = run(1s, 9s);
    cut.phases[1].state = PhaseState::Interrupted;

    QVERIFY(slowNames(compareStart(cut, steadyRuns(5))).empty());
}

void tst_StartStatistics::phasesOfOneNameAreAddedUp()
{
    auto twice = run(1s, 200ms);
    twice.phases.push_back(phase("build", 5s, 1s));

    const auto comparison = compareStart(twice, steadyRuns(5));

    QCOMPARE(slowNames(comparison), std::vector<std::string>{"build"});
    QCOMPARE(comparison.slowPhases[0].took, nanoseconds(2s));
    QCOMPARE(comparison.medians.size(), std::size_t{2});
}

void tst_StartStatistics::newPhaseHasNoMedian()
{
    auto more = run(1s, 200ms);
    more.phases.push_back(phase("migrate", 5s, 60s));

    const auto comparison = compareStart(more, steadyRuns(5));

    QCOMPARE(comparison.medians.size(), std::size_t{2});
    QVERIFY(slowNames(comparison).empty());
}

void tst_StartStatistics::mostTellingPhaseIsOfTheOutput_data()
{
    QTest::addColumn<std::vector<Quay::SlowPhase>>("slow");
    QTest::addColumn<std::string>("told");
    const Quay::SlowPhase listening{.phase = "listening", .took = 2s, .usual = 1s};
    const Quay::SlowPhase most{.phase = "migrate", .took = 900ms, .usual = 300ms};
    const Quay::SlowPhase little{.phase = "migrate", .took = 500ms, .usual = 300ms};
    QTest::addRow("none") << std::vector<Quay::SlowPhase>{} << std::string();
    QTest::addRow("built in") << std::vector{listening} << std::string("listening");
    QTest::addRow("explains it") << std::vector{listening, most} << std::string("migrate");
    QTest::addRow("explains little") << std::vector{listening, little} << std::string("listening");
}

void tst_StartStatistics::mostTellingPhaseIsOfTheOutput()
{
    QFETCH(const std::vector<Quay::SlowPhase>, slow);
    QFETCH(const std::string, told);
    const Quay::StartComparison comparison{.slowPhases = slow};

    const auto *const phase = mostTelling(comparison);

    QCOMPARE(phase != nullptr ? phase->phase : std::string(), told);
}

QTEST_GUILESS_MAIN(tst_StartStatistics)
#include "tst_startstatistics.moc"
