// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/timeline.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <string>
#include <vector>

using Quay::BuiltInPhase;
using Quay::PhaseSource;
using Quay::PhaseState;
using Quay::Saying;
using Quay::StartupMark;
using Quay::Timeline;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

namespace {

constexpr nanoseconds Begin = 100s;
constexpr nanoseconds BeginWall = std::chrono::seconds(1'700'000'000);

StartupMark mark(Saying says, nanoseconds after, const std::string &phase = {})
{
    return {.says = says, .rule = "rule", .phase = phase, .line = phase, .at = Begin + after};
}

/// `listening 10-40`, in milliseconds; `migrate 10-?` while it runs, `migrate 10-50!` when it was interrupted.
std::vector<std::string> textOf(const Timeline &timeline)
{
    std::vector<std::string> texts;
    const auto ms = [](nanoseconds time) { return std::to_string(std::chrono::round<milliseconds>(time).count()); };
    for (const auto &phase : timeline.phases()) {
        texts.push_back(phase.name + " " + ms(phase.begin) + "-" + (phase.end ? ms(*phase.end) : "?")
                        + (phase.state == PhaseState::Interrupted ? "!" : ""));
    }
    return texts;
}

using Texts = std::vector<std::string>;

Timeline spawned()
{
    Timeline timeline(Begin, BeginWall);
    timeline.begin(BuiltInPhase::Spawned, Begin);
    timeline.end(BuiltInPhase::Spawned, PhaseSource::Agent, Begin + 10ms);
    return timeline;
}

} // namespace

class tst_Timeline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void builtInPhasesFollowEachOther();
    void firstOutputIsAwaitedBesideTheOthers();
    void builtInPhaseEndsOnce();
    void outputPhaseBeginsWhereItSays();
    void nestedPhasesKeepTheirOrder();
    void stepLastsUntilTheNext();
    void stepsOfTwoCountersAreApart();
    void readyEndsWhatTheOutputBegan();
    void phaseWithoutBeginBeginsAtTheLastEnd();
    void phaseWithoutBeginIsNotCutByASocketSeenMeanwhile();
    void endToldTwiceCountsOnce();
    void phaseMayComeAgain();
    void lateNewsMakeNoNegativePhase();
    void wallClockIsForShowingOnly();
    void endOfTheServerInterrupts();
    void namesOfBuiltInPhasesAreNotTaken();
    void claimsAreKept();
    void floodOfPhasesIsCut();
    void usageIsAttributed();
};

void tst_Timeline::builtInPhasesFollowEachOther()
{
    Timeline timeline(Begin, BeginWall);

    timeline.begin(BuiltInPhase::WaitingForNeeds, Begin);
    timeline.end(BuiltInPhase::WaitingForNeeds, PhaseSource::Agent, Begin + 5ms);
    timeline.end(BuiltInPhase::Preflight, PhaseSource::Agent, Begin + 8ms);
    timeline.end(BuiltInPhase::Spawned, PhaseSource::Kernel, Begin + 10ms);
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 40ms, "127.0.0.1:8000");
    timeline.end(BuiltInPhase::Accepting, PhaseSource::Probe, Begin + 41ms);
    timeline.end(BuiltInPhase::Ready, PhaseSource::Probe, Begin + 90ms);

    QCOMPARE(textOf(timeline),
             (Texts{"waitingForNeeds 0-5", "preflight 5-8", "spawned 8-10", "listening 10-40", "accepting 40-41",
                    "ready 41-90"}));
    QCOMPARE(timeline.find(BuiltInPhase::Listening)->source, PhaseSource::Kernel);
    QCOMPARE(timeline.find(BuiltInPhase::Listening)->detail, std::string("127.0.0.1:8000"));
    QCOMPARE(timeline.readyAfter(), std::optional<nanoseconds>(90ms));
}

void tst_Timeline::firstOutputIsAwaitedBesideTheOthers()
{
    auto timeline = spawned();

    timeline.end(BuiltInPhase::FirstOutput, PhaseSource::Output, Begin + 20ms);
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 40ms);

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "listening 10-40", "firstOutput 10-20"}));
}

void tst_Timeline::builtInPhaseEndsOnce()
{
    auto timeline = spawned();

    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 40ms);
    timeline.begin(BuiltInPhase::Listening, Begin + 50ms);
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 60ms);

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "listening 10-40"}));
}

void tst_Timeline::outputPhaseBeginsWhereItSays()
{
    auto timeline = spawned();
    auto compiled = mark(Saying::PhaseEnds, 100ms, "build");
    compiled.took = 60ms;

    timeline.apply(compiled);

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "build 40-100"}));
    QCOMPARE(timeline.find("build")->said, std::optional<nanoseconds>(60ms));
    QCOMPARE(timeline.find("build")->took(), std::optional<nanoseconds>(60ms));
}

void tst_Timeline::nestedPhasesKeepTheirOrder()
{
    auto timeline = spawned();

    timeline.apply(mark(Saying::PhaseBegins, 20ms, "outer"));
    timeline.apply(mark(Saying::PhaseBegins, 20ms, "inner"));
    timeline.apply(mark(Saying::PhaseBegins, 30ms, "overlapping"));
    timeline.apply(mark(Saying::PhaseEnds, 40ms, "inner"));
    timeline.apply(mark(Saying::PhaseEnds, 60ms, "outer"));
    timeline.apply(mark(Saying::PhaseEnds, 80ms, "overlapping"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "outer 20-60", "inner 20-40", "overlapping 30-80"}));
}

void tst_Timeline::stepLastsUntilTheNext()
{
    auto timeline = spawned();
    auto second = mark(Saying::Step, 50ms);
    second.step = 2;
    second.steps = 3;

    timeline.apply(mark(Saying::Step, 20ms, "connect"));
    timeline.apply(second);
    timeline.apply(mark(Saying::Step, 60ms, "open"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "connect 20-50", "step 2/3 50-60", "open 60-?"}));
}

void tst_Timeline::stepsOfTwoCountersAreApart()
{
    auto timeline = spawned();
    auto inner = mark(Saying::Step, 30ms, "part");
    inner.rule = "other";

    timeline.apply(mark(Saying::Step, 20ms, "step"));
    timeline.apply(inner);
    timeline.apply(mark(Saying::Step, 40ms, "next"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "step 20-40", "part 30-?", "next 40-?"}));
}

void tst_Timeline::readyEndsWhatTheOutputBegan()
{
    auto timeline = spawned();
    timeline.begin(BuiltInPhase::Listening, Begin + 10ms);

    timeline.apply(mark(Saying::Step, 20ms, "last"));
    timeline.apply(mark(Saying::PhaseBegins, 20ms, "build"));
    timeline.apply(mark(Saying::Ready, 70ms));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "listening 10-?", "last 20-70", "build 20-70"}));
}

void tst_Timeline::phaseWithoutBeginBeginsAtTheLastEnd()
{
    auto timeline = spawned();

    timeline.apply(mark(Saying::PhaseEnds, 30ms, "migrate"));
    timeline.apply(mark(Saying::PhaseEnds, 70ms, "warm"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "migrate 10-30", "warm 30-70"}));
}

/// A socket is seen by one program and a line read by another, in either order.
void tst_Timeline::phaseWithoutBeginIsNotCutByASocketSeenMeanwhile()
{
    for (const auto seen : {80ms, 69ms}) {
        auto timeline = spawned();
        timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + seen);

        timeline.apply(mark(Saying::PhaseEnds, 70ms, "migrate"));

        QVERIFY(timeline.find("migrate")->begin == 10ms);
    }
    auto timeline = spawned();
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 80ms);

    timeline.apply(mark(Saying::PhaseEnds, 500ms, "warm"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "listening 10-80", "warm 80-500"}));
}

void tst_Timeline::endToldTwiceCountsOnce()
{
    auto timeline = spawned();

    timeline.apply(mark(Saying::PhaseEnds, 30ms, "build"));
    timeline.apply(mark(Saying::PhaseEnds, 90ms, "build"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "build 10-30"}));
}

void tst_Timeline::phaseMayComeAgain()
{
    auto timeline = spawned();

    timeline.apply(mark(Saying::PhaseBegins, 20ms, "build"));
    timeline.apply(mark(Saying::PhaseBegins, 25ms, "build")); // runs already
    timeline.apply(mark(Saying::PhaseEnds, 30ms, "build"));
    timeline.apply(mark(Saying::PhaseBegins, 50ms, "build"));
    timeline.apply(mark(Saying::PhaseEnds, 60ms, "build"));

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "build 20-30", "build 50-60"}));
}

void tst_Timeline::lateNewsMakeNoNegativePhase()
{
    auto timeline = spawned();
    auto longer = mark(Saying::PhaseEnds, 30ms, "import");
    longer.took = 10s;

    timeline.begin(BuiltInPhase::Listening, Begin + 30ms);
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 20ms);
    timeline.end(BuiltInPhase::Accepting, PhaseSource::Probe, Begin + 25ms);
    timeline.apply(mark(Saying::PhaseBegins, -5s, "early"));
    timeline.apply(mark(Saying::PhaseEnds, -6s, "early"));
    timeline.apply(longer);

    QCOMPARE(textOf(timeline),
             (Texts{"import 0-30", "spawned 0-10", "early 0-0", "accepting 25-25", "listening 30-30"}));
}

void tst_Timeline::wallClockIsForShowingOnly()
{
    auto timeline = spawned();

    timeline.end(BuiltInPhase::Ready, PhaseSource::Probe, Begin + 40ms);

    QCOMPARE(timeline.beginWall(), BeginWall);
    QCOMPARE(timeline.readyAfter(), std::optional<nanoseconds>(40ms));
}

void tst_Timeline::endOfTheServerInterrupts()
{
    auto timeline = spawned();
    timeline.begin(BuiltInPhase::Listening, Begin + 10ms);
    timeline.apply(mark(Saying::PhaseBegins, 20ms, "build"));

    timeline.serverEnded(Begin + 50ms);
    timeline.end(BuiltInPhase::Listening, PhaseSource::Kernel, Begin + 60ms);

    QCOMPARE(textOf(timeline), (Texts{"spawned 0-10", "listening 10-50!", "build 20-50!"}));
    QVERIFY(!timeline.find("build")->took());
    QVERIFY(!timeline.readyAfter());
}

void tst_Timeline::namesOfBuiltInPhasesAreNotTaken()
{
    auto timeline = spawned();

    timeline.apply(mark(Saying::PhaseEnds, 20ms, "ready"));

    QVERIFY(!timeline.readyAfter());
    QVERIFY(timeline.find("ready (output)") != nullptr);
}

void tst_Timeline::claimsAreKept()
{
    auto timeline = spawned();
    auto moved = mark(Saying::OtherPort, 20ms, "Port 5173 is in use");
    moved.port = 5174;

    timeline.apply(moved);
    timeline.apply(mark(Saying::Ready, 30ms));

    const auto *const claim = timeline.firstClaim(Saying::OtherPort);
    QVERIFY(claim != nullptr);
    QCOMPARE(claim->port, std::optional<std::uint16_t>(5174));
    QCOMPARE(claim->at, nanoseconds(20ms));
    QVERIFY(timeline.firstClaim(Saying::Ready) != nullptr);
    QVERIFY(timeline.firstClaim(Saying::Failed) == nullptr);
}

void tst_Timeline::floodOfPhasesIsCut()
{
    auto timeline = spawned();

    for (int number = 0; number < 1'000; ++number) {
        timeline.apply(mark(Saying::PhaseBegins, milliseconds(number), "phase " + std::to_string(number)));
        timeline.apply(mark(Saying::Failed, milliseconds(number)));
    }

    QVERIFY(timeline.isCut());
    QCOMPARE(timeline.phases().size(), Timeline::MostEntries);
    QCOMPARE(timeline.claims().size(), Timeline::MostEntries);
    QVERIFY(!spawned().isCut());
}

void tst_Timeline::usageIsAttributed()
{
    auto timeline = spawned();
    timeline.begin(BuiltInPhase::Listening, Begin + 10ms);
    const std::vector<Quay::UsageSample> samples{{.at = Begin, .cpuTime = 0s},
                                                 {.at = Begin + 10ms, .cpuTime = 10ms},
                                                 {.at = Begin + 110ms, .cpuTime = 10ms, .residentBytes = 7}};

    timeline.attribute(samples, Begin + 110ms);

    QCOMPARE(timeline.find(BuiltInPhase::Spawned)->usage->cpuTime, nanoseconds(10ms));
    QCOMPARE(timeline.find(BuiltInPhase::Listening)->usage->cpuTime, nanoseconds(0));
    QCOMPARE(timeline.find(BuiltInPhase::Listening)->usage->waitingShare, 1.0);
    QCOMPARE(timeline.find(BuiltInPhase::Listening)->usage->residentBytes, std::uint64_t{7});
}

QTEST_GUILESS_MAIN(tst_Timeline)
#include "tst_timeline.moc"
