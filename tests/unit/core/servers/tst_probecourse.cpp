// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/probecourse.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace std::chrono_literals;
using Quay::Attempt;
using Quay::Observation;
using Quay::ProbeCourse;
using Quay::ProbeSpec;
using Quay::ProbeStanding;

class tst_ProbeCourse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void firstAttemptWaitsForItsDelay();
    void successIsMet();
    void severalSuccessesInARow();
    void isAskedOftenUntilItIsMet();
    void localLooksAreTakenMoreOften();
    void attemptEndsWithItsLimit();
    void attemptGoesOnOnlyWhenSomethingCame();
    void deadlineFails();
    void deadlineIsNotMissedByALongPause();
    void deadlineEndsAnAttempt();
    void lateSuccessIsMetAllTheSame();
    void failureOnceItWasMetNeedsSeveral();
    void successBetweenFailuresCounts();
    void recovers();
    void unknownEndsOnceSomebodyIsAsked();
    void unknownThatIsMetIsMet();

private:
    struct Script;
    class ScriptedProbe;
    ProbeCourse course(ProbeStanding standing = ProbeStanding::Open) const;

    std::shared_ptr<Script> m_script;
    ProbeSpec m_spec;
};

/// What the attempts will find.
struct tst_ProbeCourse::Script
{
    bool isLocal = false;
    bool isPending = false; ///< An attempt does not end at once.
    bool isMet = false;
    bool isUnavailable = false; ///< There is nothing to ask with.
    int begun = 0;
    int continued = 0;
    int givenUp = 0;
};

class tst_ProbeCourse::ScriptedProbe : public Quay::WaitProbe
{
public:
    explicit ScriptedProbe(std::shared_ptr<Script> script)
        : m_script(std::move(script))
    {
    }

    [[nodiscard]] bool isLocal() const override { return m_script->isLocal; }
    [[nodiscard]] std::optional<Attempt> begin(std::chrono::milliseconds /*limit*/) override
    {
        ++m_script->begun;
        return m_script->isPending ? std::nullopt : std::optional(result());
    }
    [[nodiscard]] pollfd awaited() const override { return {.fd = 7, .events = POLLIN, .revents = 0}; }
    [[nodiscard]] std::optional<Attempt> proceed() override
    {
        ++m_script->continued;
        return result();
    }
    [[nodiscard]] Attempt giveUp() override
    {
        ++m_script->givenUp;
        return {.isMet = false, .seen = {.what = Observation::What::TimedOut}};
    }

private:
    [[nodiscard]] Attempt result() const
    {
        if (m_script->isUnavailable) {
            return {.isMet = false, .seen = {.what = Observation::What::HttpUnavailable}};
        }
        return {.isMet = m_script->isMet,
                .seen = {.what = m_script->isMet ? Observation::What::Connected : Observation::What::Refused}};
    }

    std::shared_ptr<Script> m_script;
};

void tst_ProbeCourse::init()
{
    m_script = std::make_shared<Script>();
    m_spec = {.name = "tcp",
              .condition = Quay::NotifyCondition{},
              .initialDelay = 0ms,
              .startInterval = 100ms,
              .interval = 10s,
              .timeout = 2s,
              .successThreshold = 1,
              .failureThreshold = 3,
              .deadline = 60s};
}

ProbeCourse tst_ProbeCourse::course(ProbeStanding standing) const
{
    return {m_spec, std::make_unique<ScriptedProbe>(m_script), 0s, standing};
}

void tst_ProbeCourse::firstAttemptWaitsForItsDelay()
{
    m_spec.initialDelay = 500ms;
    auto probing = course();

    QCOMPARE(probing.due(), std::chrono::nanoseconds(500ms));
    QVERIFY(!probing.proceed(499ms, false));
    QCOMPARE(m_script->begun, 0);
    (void)probing.proceed(500ms, false);
    QCOMPARE(m_script->begun, 1);
}

void tst_ProbeCourse::successIsMet()
{
    m_script->isMet = true;
    auto probing = course();

    QVERIFY(probing.proceed(0s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
    QCOMPARE(probing.seen().what, Observation::What::Connected);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(10s));
}

void tst_ProbeCourse::severalSuccessesInARow()
{
    m_spec.successThreshold = 2;
    m_script->isMet = true;
    auto probing = course();

    QVERIFY(!probing.proceed(0s, false));
    m_script->isMet = false;
    QVERIFY(!probing.proceed(100ms, false));
    m_script->isMet = true;
    QVERIFY(!probing.proceed(200ms, false));
    QVERIFY(probing.proceed(300ms, false));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

void tst_ProbeCourse::isAskedOftenUntilItIsMet()
{
    auto probing = course();

    QVERIFY(!probing.proceed(0s, false));

    QCOMPARE(probing.due(), std::chrono::nanoseconds(100ms));
    QVERIFY(!probing.proceed(99ms, false));
    QCOMPARE(m_script->begun, 1);
}

void tst_ProbeCourse::localLooksAreTakenMoreOften()
{
    m_script->isLocal = true;
    m_spec.deadline = 1h;
    auto probing = course();

    (void)probing.proceed(0s, false);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(5ms));
    (void)probing.proceed(11s, false);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(11s + 20ms));
    (void)probing.proceed(61s, false);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(61s + 100ms));
}

void tst_ProbeCourse::attemptEndsWithItsLimit()
{
    m_script->isPending = true;
    auto probing = course();
    (void)probing.proceed(0s, false);

    QCOMPARE(probing.due(), std::chrono::nanoseconds(2s));
    QVERIFY(probing.awaited().has_value());
    (void)probing.proceed(2s, false);

    QCOMPARE(m_script->givenUp, 1);
    QCOMPARE(probing.seen().what, Observation::What::TimedOut);
    QVERIFY(!probing.awaited().has_value());
}

void tst_ProbeCourse::attemptGoesOnOnlyWhenSomethingCame()
{
    m_script->isPending = true;
    m_script->isMet = true;
    auto probing = course();
    (void)probing.proceed(0s, false);

    QVERIFY(!probing.proceed(10ms, false));
    QCOMPARE(m_script->continued, 0);
    QVERIFY(probing.proceed(20ms, true));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

void tst_ProbeCourse::deadlineFails()
{
    auto probing = course();
    (void)probing.proceed(59'999ms, false);
    QCOMPARE(probing.standing(), ProbeStanding::Open);

    QVERIFY(probing.proceed(60s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Failed);
}

void tst_ProbeCourse::deadlineIsNotMissedByALongPause()
{
    m_spec.startInterval = 45s;
    auto probing = course();

    (void)probing.proceed(30s, false);

    QCOMPARE(probing.due(), std::chrono::nanoseconds(60s));
}

void tst_ProbeCourse::deadlineEndsAnAttempt()
{
    m_script->isPending = true;
    m_spec.deadline = 500ms;
    auto probing = course();

    (void)probing.proceed(0s, false);

    QCOMPARE(probing.due(), std::chrono::nanoseconds(500ms));
    QVERIFY(probing.proceed(500ms, false));
    QCOMPARE(probing.standing(), ProbeStanding::Failed);
    QCOMPARE(m_script->givenUp, 1);
}

void tst_ProbeCourse::lateSuccessIsMetAllTheSame()
{
    auto probing = course();
    (void)probing.proceed(60s, false);
    m_script->isMet = true;

    QVERIFY(probing.proceed(61s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

void tst_ProbeCourse::failureOnceItWasMetNeedsSeveral()
{
    m_script->isMet = true;
    auto probing = course();
    (void)probing.proceed(0s, false);
    m_script->isMet = false;

    QVERIFY(!probing.proceed(10s, false));
    QVERIFY(!probing.proceed(20s, false));
    QVERIFY(probing.proceed(30s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Failed);
}

void tst_ProbeCourse::successBetweenFailuresCounts()
{
    m_script->isMet = true;
    auto probing = course();
    (void)probing.proceed(0s, false);
    for (const auto now : {10s, 20s, 40s, 50s}) {
        m_script->isMet = false;
        (void)probing.proceed(now, false);
        if (now == 20s) {
            m_script->isMet = true;
            (void)probing.proceed(30s, false);
        }
    }

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

void tst_ProbeCourse::recovers()
{
    m_spec.failureThreshold = 1;
    m_script->isMet = true;
    auto probing = course();
    (void)probing.proceed(0s, false);
    m_script->isMet = false;
    QVERIFY(probing.proceed(10s, false));
    m_script->isMet = true;

    QVERIFY(probing.proceed(20s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

/// Its deadline has long been over by then, and counts from then on.
void tst_ProbeCourse::unknownEndsOnceSomebodyIsAsked()
{
    m_script->isUnavailable = true;
    auto probing = course(ProbeStanding::Unknown);
    QVERIFY(!probing.proceed(0s, false));
    QVERIFY(!probing.proceed(3600s, false));
    QCOMPARE(probing.standing(), ProbeStanding::Unknown);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(3610s));
    m_script->isUnavailable = false;

    QVERIFY(probing.proceed(3610s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Open);
    QCOMPARE(probing.due(), std::chrono::nanoseconds(3610s + 100ms));
    QVERIFY(!probing.proceed(3669s, false));
    QVERIFY(probing.proceed(3670s, false));
    QCOMPARE(probing.standing(), ProbeStanding::Failed);
}

void tst_ProbeCourse::unknownThatIsMetIsMet()
{
    m_script->isUnavailable = true;
    auto probing = course(ProbeStanding::Unknown);
    QVERIFY(!probing.proceed(0s, false));
    m_script->isUnavailable = false;
    m_script->isMet = true;

    QVERIFY(probing.proceed(10s, false));

    QCOMPARE(probing.standing(), ProbeStanding::Met);
}

QTEST_APPLESS_MAIN(tst_ProbeCourse)
#include "tst_probecourse.moc"
