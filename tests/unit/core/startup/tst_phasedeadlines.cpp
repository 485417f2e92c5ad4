// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/phasedeadlines.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using Quay::BuiltInPhase;
using Quay::PhaseDeadline;
using Quay::PhaseSource;
using Quay::Saying;
using Quay::Timeline;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

namespace {

constexpr nanoseconds Begin = 100s;
const std::vector<PhaseDeadline> Deadlines{{.phase = "migrate", .limit = 5s}, {.phase = "listening", .limit = 10s}};

/// Waits for others for a minute, and is spawned then.
Timeline spawned()
{
    Timeline timeline(Begin - 60s, 0s);
    timeline.end(BuiltInPhase::WaitingForNeeds, PhaseSource::Agent, Begin);
    timeline.begin(BuiltInPhase::Spawned, Begin);
    timeline.end(BuiltInPhase::Spawned, PhaseSource::Kernel, Begin + 10ms);
    return timeline;
}

} // namespace

class tst_PhaseDeadlines : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deadlineRunsFromTheSpawn();
    void phaseThatIsOverIsNotOverdue();
    void saysWhatItWaitsFor();
    void interruptedPhaseStopsTheTime();
    void nothingRunsBeforeTheSpawn();
    void nextDeadlineIsTheFirstToCome();
};

void tst_PhaseDeadlines::deadlineRunsFromTheSpawn()
{
    const auto timeline = spawned();

    QVERIFY(overduePhases(timeline, Deadlines, {}, Begin + 4999ms).empty());
    const auto first = overduePhases(timeline, Deadlines, {}, Begin + 5s);
    const auto both = overduePhases(timeline, Deadlines, {}, Begin + 12s);

    QCOMPARE(first.size(), std::size_t{1});
    QCOMPARE(first[0].phase, std::string("migrate"));
    QCOMPARE(first[0].elapsed, nanoseconds(5s));
    QCOMPARE(both.size(), std::size_t{2});
    QCOMPARE(both[1].phase, std::string("listening"));
    QCOMPARE(both[1].limit, nanoseconds(10s));
    QCOMPARE(both[1].elapsed, nanoseconds(12s));
}

void tst_PhaseDeadlines::phaseThatIsOverIsNotOverdue()
{
    auto timeline = spawned();

    timeline.apply({.says = Saying::PhaseEnds, .phase = "migrate", .at = Begin + 6s}); // too late, but over

    QVERIFY(overduePhases(timeline, Deadlines, {}, Begin + 7s).empty());
}

void tst_PhaseDeadlines::saysWhatItWaitsFor()
{
    auto timeline = spawned();
    timeline.begin(BuiltInPhase::Listening, Begin + 10ms);
    timeline.apply({.says = Saying::PhaseBegins, .phase = "connect", .at = Begin + 1s});
    const Quay::RefusedEndpoint early{.address = {}, .port = 1, .attempts = 1};
    const Quay::RefusedEndpoint database{.address = {}, .port = 5432, .attempts = 4};
    const std::vector<Quay::UsageSample> samples{
        {.at = Begin, .refused = {early}}, {.at = Begin + 2s, .refused = {database}}, {.at = Begin + 20s}};

    const auto overdue = overduePhases(timeline, {{.phase = "listening", .limit = 3s}}, samples, Begin + 4s);

    QCOMPARE(overdue.size(), std::size_t{1});
    QCOMPARE(overdue[0].running, std::vector<std::string>{"connect"});
    QCOMPARE(overdue[0].refused, std::vector{database});
}

void tst_PhaseDeadlines::interruptedPhaseStopsTheTime()
{
    auto timeline = spawned();
    timeline.begin(BuiltInPhase::Listening, Begin + 10ms);

    timeline.serverEnded(Begin + 3s);

    QVERIFY(overduePhases(timeline, {{.phase = "listening", .limit = 10s}}, {}, Begin + 60s).empty());
}

void tst_PhaseDeadlines::nothingRunsBeforeTheSpawn()
{
    Timeline timeline(Begin, 0s);
    timeline.begin(BuiltInPhase::WaitingForNeeds, Begin);

    QVERIFY(overduePhases(timeline, Deadlines, {}, Begin + 60s).empty());
    QVERIFY(!nextDeadline(timeline, Deadlines, Begin));
}

void tst_PhaseDeadlines::nextDeadlineIsTheFirstToCome()
{
    auto timeline = spawned();

    QCOMPARE(nextDeadline(timeline, Deadlines, Begin), std::optional<nanoseconds>(Begin + 5s));
    QCOMPARE(nextDeadline(timeline, Deadlines, Begin + 5s), std::optional<nanoseconds>(Begin + 10s));
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 6s);
    QVERIFY(!nextDeadline(timeline, Deadlines, Begin + 6s));
}

QTEST_GUILESS_MAIN(tst_PhaseDeadlines)
#include "tst_phasedeadlines.moc"
