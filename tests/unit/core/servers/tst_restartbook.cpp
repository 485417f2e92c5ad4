// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/restartbook.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <csignal>
#include <optional>
#include <vector>

using namespace std::chrono_literals;
using Quay::ExitStatus;
using Quay::RestartBook;
using Quay::RestartDecision;
using Quay::RestartPolicy;
using Quay::RestartRule;
using Quay::RestartVerdict;

class tst_RestartBook : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exitIsAFailure_data();
    void exitIsAFailure();
    void policyDecides_data();
    void policyDecides();
    void pauseGrowsUpToTheLongest();
    void chanceMakesThePauseLongerOrShorter();
    void systemChanceStaysInItsRange();
    void longRunBeginsAnew();
    void tooManyExitsAreACrashLoop();
    void exitsOfLongAgoDoNotCount();
    void startByHandBeginsAnew();
    void troubleRestartsWhereThatIsWanted();
    void anotherBookGoesOn();
    void rememberedExitsOfTheFutureDoNotCount();
};

namespace {

constexpr ExitStatus Failed{.code = 1};
constexpr ExitStatus Fine{.code = 0};

/// Without chance: each pause is what the rule says.
RestartBook bookOf(RestartRule rule)
{
    return {std::move(rule), [] { return 0.5; }};
}

RestartRule onFailure()
{
    RestartRule rule;
    rule.policy = RestartPolicy::OnFailure;
    rule.crashLoopExits = 100;
    return rule;
}

} // namespace

void tst_RestartBook::exitIsAFailure_data()
{
    QTest::addColumn<std::optional<int>>("code");
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("isFailure");
    QTest::newRow("0") << std::optional(0) << 0 << false;
    QTest::newRow("1") << std::optional(1) << 0 << true;
    QTest::newRow("said to be fine") << std::optional(42) << 0 << false;
    QTest::newRow("SIGSEGV") << std::optional<int>() << SIGSEGV << true;
    QTest::newRow("signal said to be fine") << std::optional<int>() << SIGHUP << false;
}

void tst_RestartBook::exitIsAFailure()
{
    QFETCH(const std::optional<int>, code);
    QFETCH(const int, signal);
    QFETCH(const bool, isFailure);
    RestartRule rule;
    rule.successCodes = {0, 42};
    rule.successSignals = {SIGHUP};

    QCOMPARE(Quay::isFailure(rule, {.code = code, .signal = signal}), isFailure);
}

void tst_RestartBook::policyDecides_data()
{
    QTest::addColumn<RestartPolicy>("policy");
    QTest::addColumn<bool>("hasFailed");
    QTest::addColumn<RestartVerdict>("verdict");
    QTest::newRow("never, failed") << RestartPolicy::Never << true << RestartVerdict::Stay;
    QTest::newRow("never, fine") << RestartPolicy::Never << false << RestartVerdict::Stay;
    QTest::newRow("on failure, failed") << RestartPolicy::OnFailure << true << RestartVerdict::Again;
    QTest::newRow("on failure, fine") << RestartPolicy::OnFailure << false << RestartVerdict::Stay;
    QTest::newRow("always, failed") << RestartPolicy::Always << true << RestartVerdict::Again;
    QTest::newRow("always, fine") << RestartPolicy::Always << false << RestartVerdict::Again;
}

void tst_RestartBook::policyDecides()
{
    QFETCH(const RestartPolicy, policy);
    QFETCH(const bool, hasFailed);
    QFETCH(const RestartVerdict, verdict);
    auto rule = onFailure();
    rule.policy = policy;

    QCOMPARE(bookOf(rule).afterExit(hasFailed ? Failed : Fine, 0s, 1s).verdict, verdict);
}

void tst_RestartBook::pauseGrowsUpToTheLongest()
{
    auto rule = onFailure();
    rule.backoff = {.initial = 100ms, .factor = 3, .longest = 1s, .jitter = 0};
    auto book = bookOf(rule);

    std::vector<std::chrono::milliseconds> pauses;
    for (int exit = 0; exit < 5; ++exit) {
        pauses.push_back(book.afterExit(Failed, exit * 1s, 1s).pause);
    }

    QCOMPARE(pauses, (std::vector<std::chrono::milliseconds>{100ms, 300ms, 900ms, 1s, 1s}));
}

void tst_RestartBook::chanceMakesThePauseLongerOrShorter()
{
    auto rule = onFailure();
    rule.backoff = {.initial = 1s, .factor = 2, .longest = 30s, .jitter = 0.25};

    QCOMPARE(RestartBook(rule, [] { return 0.0; }).afterExit(Failed, 0s, 1s).pause, 750ms);
    QCOMPARE(RestartBook(rule, [] { return 0.5; }).afterExit(Failed, 0s, 1s).pause, 1'000ms);
    QCOMPARE(RestartBook(rule, [] { return 0.998; }).afterExit(Failed, 0s, 1s).pause, 1'249ms);
}

void tst_RestartBook::systemChanceStaysInItsRange()
{
    const auto chance = Quay::systemChance();
    double least = 1;
    double most = 0;
    for (int i = 0; i < 1'000; ++i) {
        const double number = chance();
        QVERIFY(number >= 0 && number < 1);
        least = std::min(least, number);
        most = std::max(most, number);
    }

    QVERIFY(least < 0.5 && most > 0.5); // two thousand times the same side: never
}

void tst_RestartBook::longRunBeginsAnew()
{
    auto rule = onFailure();
    rule.backoff = {.initial = 100ms, .factor = 2, .longest = 30s, .jitter = 0};
    rule.resetAfter = 60s;
    auto book = bookOf(rule);
    (void)book.afterExit(Failed, 0s, 1s);

    QCOMPARE(book.afterExit(Failed, 60s, 59s).pause, 200ms);
    QCOMPARE(book.afterExit(Failed, 130s, 60s).pause, 100ms);
}

void tst_RestartBook::tooManyExitsAreACrashLoop()
{
    auto rule = onFailure();
    rule.crashLoopExits = 3;
    rule.crashLoopWindow = 60s;
    auto book = bookOf(rule);

    QCOMPARE(book.afterExit(Failed, 0s, 1s).verdict, RestartVerdict::Again);
    QCOMPARE(book.afterExit(Failed, 30s, 1s).verdict, RestartVerdict::Again);
    QCOMPARE(book.afterExit(Failed, 60s, 1s), (RestartDecision{.verdict = RestartVerdict::GiveUp, .exits = 3}));
}

void tst_RestartBook::exitsOfLongAgoDoNotCount()
{
    auto rule = onFailure();
    rule.crashLoopExits = 3;
    rule.crashLoopWindow = 60s;
    auto book = bookOf(rule);
    (void)book.afterExit(Failed, 0s, 1s);
    (void)book.afterExit(Failed, 30s, 1s);

    QCOMPARE(book.afterExit(Failed, 61s, 1s).verdict, RestartVerdict::Again);
}

void tst_RestartBook::startByHandBeginsAnew()
{
    auto rule = onFailure();
    rule.backoff = {.initial = 100ms, .factor = 2, .longest = 30s, .jitter = 0};
    rule.crashLoopExits = 2;
    auto book = bookOf(rule);
    (void)book.afterExit(Failed, 0s, 1s);

    book.forget();

    QCOMPARE(book.afterExit(Failed, 1s, 1s), (RestartDecision{.verdict = RestartVerdict::Again, .pause = 100ms}));
}

void tst_RestartBook::troubleRestartsWhereThatIsWanted()
{
    auto rule = onFailure();

    QCOMPARE(bookOf(rule).afterTrouble(0s, 1s).verdict, RestartVerdict::Stay);
    rule.onUnhealthy = true;
    QCOMPARE(bookOf(rule).afterTrouble(0s, 1s).verdict, RestartVerdict::Again);
}

void tst_RestartBook::anotherBookGoesOn()
{
    RestartRule rule = onFailure();
    rule.crashLoopExits = 3;
    rule.backoff.initial = 1s;
    rule.backoff.factor = 2;
    auto first = bookOf(rule);
    QCOMPARE(first.afterExit(Failed, 100s, 1s).pause, 1000ms);

    auto second = bookOf(rule);
    second.remember(first.memory());
    QCOMPARE(second.afterExit(Failed, 101s, 1s).pause, 2000ms);
    auto third = bookOf(rule);
    third.remember(second.memory());

    QVERIFY(third.afterExit(Failed, 102s, 1s).verdict == RestartVerdict::GiveUp);
}

/// What is remembered comes from a file.
void tst_RestartBook::rememberedExitsOfTheFutureDoNotCount()
{
    RestartRule rule = onFailure();
    rule.crashLoopExits = 2;
    auto book = bookOf(rule);
    book.remember({.exits = {10'000s, 20'000s}});

    QVERIFY(book.afterExit(Failed, 100s, 1s).verdict == RestartVerdict::Again);
}

QTEST_APPLESS_MAIN(tst_RestartBook)
#include "tst_restartbook.moc"
