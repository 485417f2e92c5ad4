// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverlife.h"
#include "tests/support/fakeclock.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>

using namespace std::chrono_literals;
using Quay::ErrorCode;
using Quay::ExitStatus;
using Quay::LifeAction;
using Quay::LifeActions;
using Quay::RestartPolicy;
using Quay::RestartRule;
using Quay::ServerLife;
using Quay::ServerState;
using Quay::StateCause;

class tst_ServerLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void startGoesThroughEveryState();
    void needThatFailedIsNamed();
    void whatItWaitsForIsNamed();
    void failedCheckStartsNothing();
    void failedLaunchSaysWhy();
    void exitThatWasAskedForIsNoFailure();
    void whatProbesFindDuringAStopComesTooLate_data();
    void whatProbesFindDuringAStopComesTooLate();
    void stopBeforeItRuns_data();
    void stopBeforeItRuns();
    void stopDuringThePauseStops();
    void stopWhileItIsLaunchedStopsItThen();
    void launchThatFailsWhileStoppingIsJustStopped();
    void startDuringThePauseStartsAtOnce();
    void startWhileStoppingStartsAfterwards();
    void stopAfterThatStaysStopped();
    void secondStartChangesNothing();
    void restartStopsAndStarts();
    void restartOfAStoppedOneStarts();
    void exitByItself_data();
    void exitByItself();
    void crashIsRestartedAfterAPause();
    void crashLoopIsGivenUp();
    void startAfterACrashLoopBeginsAnew();
    void probeThatIsNotMetInTimeIsUnhealthy();
    void unhealthyOneRecovers();
    void unhealthyOneIsRestartedWhereThatIsWanted();
    void stopOfAnUnhealthyOneThatIsRestartedStays();
    void adoptedOneIsProbed();
    void adoptedOneHasRunForAsLongAsItHas();
    void leftOversAreNotStartedOnTop();
    void leftOversCanBeStopped();
    void supervisorGoneWithoutLeftOversHasFailed();
    void everyStateHasItsGeneration();

private:
    void start();
    void reachReady();

    Quay::Test::FakeClock m_clock;
    RestartRule m_rule;
    std::unique_ptr<ServerLife> m_life;
};

namespace {

constexpr ExitStatus Crashed{.code = std::nullopt, .signal = SIGSEGV};
constexpr ExitStatus Fine{.code = 0};

} // namespace

void tst_ServerLife::init()
{
    m_rule = {};
    m_rule.policy = RestartPolicy::OnFailure;
    m_rule.backoff = {.initial = 1s, .factor = 2, .longest = 30s, .jitter = 0};
    m_life.reset();
}

/// Up to the launch.
void tst_ServerLife::start()
{
    m_life = std::make_unique<ServerLife>(m_rule, m_clock, [] { return 0.5; });
    (void)m_life->start();
    (void)m_life->needsMet();
    (void)m_life->checked(true);
}

void tst_ServerLife::reachReady()
{
    start();
    (void)m_life->launched();
    (void)m_life->readinessMet();
}

void tst_ServerLife::startGoesThroughEveryState()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });
    QCOMPARE(life.state(), ServerState::Stopped);
    QCOMPARE(life.reason().cause, StateCause::Nothing);

    QCOMPARE(life.start(), LifeActions{LifeAction::WatchNeeds});
    QCOMPARE(life.state(), ServerState::Waiting);
    QCOMPARE(life.needsMet(), LifeActions{LifeAction::CheckMachine});
    QCOMPARE(life.state(), ServerState::Checking);
    QCOMPARE(life.checked(true), LifeActions{LifeAction::Launch});
    QCOMPARE(life.state(), ServerState::Starting);
    QCOMPARE(life.launched(), LifeActions{LifeAction::Probe});
    QCOMPARE(life.state(), ServerState::Starting);
    QCOMPARE(life.readinessMet(), LifeActions{LifeAction::Probe});
    QCOMPARE(life.state(), ServerState::Ready);
    QCOMPARE(life.reason().cause, StateCause::Asked);
    QVERIFY(life.isWanted());
}

void tst_ServerLife::needThatFailedIsNamed()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });
    (void)life.start();

    QVERIFY(life.needFailed("db").empty());

    QCOMPARE(life.state(), ServerState::Failed);
    QCOMPARE(life.reason().cause, StateCause::Need);
    QCOMPARE(life.reason().subject, std::string("db"));
    QVERIFY(!life.isWanted());
}

void tst_ServerLife::whatItWaitsForIsNamed()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });
    (void)life.start();

    life.waitsFor("db");

    QCOMPARE(life.state(), ServerState::Waiting);
    QCOMPARE(life.reason().subject, std::string("db"));
    (void)life.needsMet();
    QCOMPARE(life.reason().cause, StateCause::Asked);
}

void tst_ServerLife::failedCheckStartsNothing()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });
    (void)life.start();
    (void)life.needsMet();

    QVERIFY(life.checked(false).empty());

    QCOMPARE(life.state(), ServerState::Failed);
    QCOMPARE(life.reason().cause, StateCause::Preflight);
}

void tst_ServerLife::failedLaunchSaysWhy()
{
    start();

    QVERIFY(m_life->launchFailed({.code = ErrorCode::Gone, .subject = "/bin/nope", .sysErrno = ENOENT}).empty());

    QCOMPARE(m_life->state(), ServerState::Failed);
    QCOMPARE(m_life->reason().cause, StateCause::Launch);
    QCOMPARE(m_life->reason().error->subject, std::string("/bin/nope"));
}

void tst_ServerLife::exitThatWasAskedForIsNoFailure()
{
    m_rule.policy = RestartPolicy::Always;
    reachReady();

    QCOMPARE(m_life->stop(), LifeActions{LifeAction::AskToStop});
    QCOMPARE(m_life->state(), ServerState::Stopping);
    QVERIFY(m_life->exited({.code = 143}).empty());

    QCOMPARE(m_life->state(), ServerState::Stopped);
    QCOMPARE(m_life->reason().cause, StateCause::Asked);
    QCOMPARE(m_life->reason().exit->code, 143);
}

void tst_ServerLife::whatProbesFindDuringAStopComesTooLate_data()
{
    using Finding = std::function<LifeActions(ServerLife &)>;
    QTest::addColumn<Finding>("find");

    QTest::newRow("ready") << Finding([](ServerLife &life) { return life.readinessMet(); });
    QTest::newRow("not ready") << Finding([](ServerLife &life) { return life.readinessFailed({}); });
    QTest::newRow("well") << Finding([](ServerLife &life) { return life.healthMet(); });
    QTest::newRow("not well") << Finding([](ServerLife &life) { return life.healthFailed({}); });
}

/// Somebody else has asked it to end, while it was starting.
void tst_ServerLife::whatProbesFindDuringAStopComesTooLate()
{
    QFETCH(const std::function<LifeActions(ServerLife &)>, find);
    start();
    (void)m_life->launched();
    m_life->stopSeen();

    QCOMPARE(find(*m_life), LifeActions{});
    QCOMPARE(m_life->state(), ServerState::Stopping);

    QCOMPARE(m_life->exited(Crashed), LifeActions{});
    QCOMPARE(m_life->state(), ServerState::Stopped);
}

void tst_ServerLife::stopBeforeItRuns_data()
{
    QTest::addColumn<bool>("isChecking");
    QTest::newRow("waiting") << false;
    QTest::newRow("checking") << true;
}

void tst_ServerLife::stopBeforeItRuns()
{
    QFETCH(const bool, isChecking);
    ServerLife life(m_rule, m_clock, [] { return 0.5; });
    (void)life.start();
    if (isChecking) {
        (void)life.needsMet();
    }

    QVERIFY(life.stop().empty());

    QCOMPARE(life.state(), ServerState::Stopped);
}

void tst_ServerLife::stopDuringThePauseStops()
{
    reachReady();
    (void)m_life->exited(Crashed);
    QCOMPARE(m_life->state(), ServerState::Waiting);

    QVERIFY(m_life->stop().empty());

    QCOMPARE(m_life->state(), ServerState::Stopped);
    QVERIFY(!m_life->isWanted());
}

void tst_ServerLife::stopWhileItIsLaunchedStopsItThen()
{
    start();

    (void)m_life->stop();

    QCOMPARE(m_life->launched(), LifeActions{LifeAction::AskToStop});
    QCOMPARE(m_life->state(), ServerState::Stopping);
}

void tst_ServerLife::launchThatFailsWhileStoppingIsJustStopped()
{
    start();
    (void)m_life->stop();

    QVERIFY(m_life->launchFailed({.code = ErrorCode::Io}).empty());

    QCOMPARE(m_life->state(), ServerState::Stopped);
}

void tst_ServerLife::startDuringThePauseStartsAtOnce()
{
    reachReady();
    (void)m_life->exited(Crashed);

    QCOMPARE(m_life->start(), LifeActions{LifeAction::WatchNeeds});

    QCOMPARE(m_life->state(), ServerState::Waiting);
    QCOMPARE(m_life->reason().cause, StateCause::Asked);
}

void tst_ServerLife::startWhileStoppingStartsAfterwards()
{
    reachReady();
    (void)m_life->stop();

    QVERIFY(m_life->start().empty());
    QCOMPARE(m_life->state(), ServerState::Stopping);

    QCOMPARE(m_life->exited(Fine), LifeActions{LifeAction::WatchNeeds});
}

void tst_ServerLife::stopAfterThatStaysStopped()
{
    reachReady();
    (void)m_life->stop();
    (void)m_life->start();

    (void)m_life->stop();

    QVERIFY(m_life->exited(Fine).empty());
    QCOMPARE(m_life->state(), ServerState::Stopped);
}

void tst_ServerLife::secondStartChangesNothing()
{
    reachReady();
    const auto generation = m_life->generation();

    QVERIFY(m_life->start().empty());

    QCOMPARE(m_life->state(), ServerState::Ready);
    QCOMPARE(m_life->generation(), generation);
}

void tst_ServerLife::restartStopsAndStarts()
{
    reachReady();

    QCOMPARE(m_life->restart({.cause = StateCause::Files, .subject = "main.py"}), LifeActions{LifeAction::AskToStop});
    QVERIFY(m_life->isWanted());
    QCOMPARE(m_life->exited({.code = 1}), LifeActions{LifeAction::WatchNeeds});

    QCOMPARE(m_life->state(), ServerState::Waiting);
    QCOMPARE(m_life->reason().subject, std::string("main.py"));
}

void tst_ServerLife::restartOfAStoppedOneStarts()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });

    QCOMPARE(life.restart(), LifeActions{LifeAction::WatchNeeds});
}

void tst_ServerLife::exitByItself_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<ServerState>("state");
    QTest::newRow("well") << 0 << ServerState::Stopped;
    QTest::newRow("badly") << 3 << ServerState::Failed;
}

void tst_ServerLife::exitByItself()
{
    QFETCH(const int, code);
    QFETCH(const ServerState, state);
    m_rule.policy = RestartPolicy::Never;
    reachReady();

    QVERIFY(m_life->exited({.code = code}).empty());

    QCOMPARE(m_life->state(), state);
    QCOMPARE(m_life->reason().cause, StateCause::Exit);
    QCOMPARE(m_life->reason().exit->code, code);
    QVERIFY(!m_life->isWanted());
}

void tst_ServerLife::crashIsRestartedAfterAPause()
{
    reachReady();

    QCOMPARE(m_life->exited(Crashed), LifeActions{LifeAction::AwaitPause});
    QCOMPARE(m_life->state(), ServerState::Waiting);
    QCOMPARE(m_life->reason().cause, StateCause::Pause);
    QCOMPARE(m_life->reason().pause, std::chrono::milliseconds(1s));
    QCOMPARE(m_life->reason().exit->signal, SIGSEGV);
    QVERIFY(m_life->isWanted());

    QCOMPARE(m_life->pauseOver(), LifeActions{LifeAction::WatchNeeds});
    QCOMPARE(m_life->needsMet(), LifeActions{LifeAction::CheckMachine});
}

void tst_ServerLife::crashLoopIsGivenUp()
{
    m_rule.crashLoopExits = 3;
    reachReady();

    for (int exit = 0; exit < 2; ++exit) {
        QCOMPARE(m_life->exited(Crashed), LifeActions{LifeAction::AwaitPause});
        (void)m_life->pauseOver();
        (void)m_life->needsMet();
        (void)m_life->checked(true);
        (void)m_life->launched();
        m_clock.advance(1s);
    }

    QVERIFY(m_life->exited(Crashed).empty());
    QCOMPARE(m_life->state(), ServerState::CrashLoop);
    QCOMPARE(m_life->reason().count, 3);
    QCOMPARE(m_life->reason().exit->signal, SIGSEGV);
}

void tst_ServerLife::startAfterACrashLoopBeginsAnew()
{
    m_rule.crashLoopExits = 1;
    reachReady();
    (void)m_life->exited(Crashed);
    QCOMPARE(m_life->state(), ServerState::CrashLoop);

    QCOMPARE(m_life->start(), LifeActions{LifeAction::WatchNeeds});
}

void tst_ServerLife::probeThatIsNotMetInTimeIsUnhealthy()
{
    start();
    (void)m_life->launched();

    QCOMPARE(m_life->readinessFailed({.probe = "listening", .detail = "port 3000"}), LifeActions{LifeAction::Probe});

    QCOMPARE(m_life->state(), ServerState::Unhealthy);
    QCOMPARE(m_life->reason().subject, std::string("listening"));
    QCOMPARE(m_life->reason().detail, std::string("port 3000"));
}

void tst_ServerLife::unhealthyOneRecovers()
{
    reachReady();
    (void)m_life->healthFailed({.probe = "http"});
    QCOMPARE(m_life->state(), ServerState::Unhealthy);

    QCOMPARE(m_life->healthMet(), LifeActions{LifeAction::Probe});

    QCOMPARE(m_life->state(), ServerState::Ready);
}

void tst_ServerLife::unhealthyOneIsRestartedWhereThatIsWanted()
{
    m_rule.onUnhealthy = true;
    reachReady();

    QCOMPARE(m_life->healthFailed({.probe = "http"}), LifeActions{LifeAction::AskToStop});
    QCOMPARE(m_life->state(), ServerState::Stopping);
    QCOMPARE(m_life->exited(Fine), LifeActions{LifeAction::AwaitPause});
    QCOMPARE(m_life->reason().pause, std::chrono::milliseconds(1s));
    QCOMPARE(m_life->reason().subject, std::string("http")); // and not our own signal
    QVERIFY(!m_life->reason().exit);
    QCOMPARE(m_life->pauseOver(), LifeActions{LifeAction::WatchNeeds});
}

void tst_ServerLife::stopOfAnUnhealthyOneThatIsRestartedStays()
{
    m_rule.onUnhealthy = true;
    reachReady();
    (void)m_life->healthFailed({.probe = "http"});

    (void)m_life->stop();

    QVERIFY(m_life->exited(Fine).empty());
    QCOMPARE(m_life->state(), ServerState::Stopped);
}

void tst_ServerLife::adoptedOneIsProbed()
{
    ServerLife life(m_rule, m_clock, [] { return 0.5; });

    QCOMPARE(life.adopt(5s), LifeActions{LifeAction::Probe});

    QCOMPARE(life.state(), ServerState::Starting);
    QCOMPARE(life.reason().cause, StateCause::Adopted);
    QVERIFY(life.isWanted());
}

void tst_ServerLife::adoptedOneHasRunForAsLongAsItHas()
{
    m_rule.crashLoopExits = 2;
    m_rule.resetAfter = 60s;
    reachReady();
    (void)m_life->exited(Crashed);

    (void)m_life->adopt(2min); // by an agent that was away meanwhile

    QCOMPARE(m_life->exited(Crashed), LifeActions{LifeAction::AwaitPause}); // no crash loop
}

void tst_ServerLife::leftOversAreNotStartedOnTop()
{
    reachReady();
    QVERIFY(m_life->supervisorGone(true).empty());
    QCOMPARE(m_life->state(), ServerState::LeftOver);

    QVERIFY(m_life->start().empty());

    QCOMPARE(m_life->state(), ServerState::LeftOver);
}

void tst_ServerLife::leftOversCanBeStopped()
{
    reachReady();
    (void)m_life->supervisorGone(true);

    QCOMPARE(m_life->stop(), LifeActions{LifeAction::AskToStop});

    QVERIFY(m_life->exited(Fine).empty());
    QCOMPARE(m_life->state(), ServerState::Stopped);
}

void tst_ServerLife::supervisorGoneWithoutLeftOversHasFailed()
{
    reachReady();

    QVERIFY(m_life->supervisorGone(false).empty());

    QCOMPARE(m_life->state(), ServerState::Failed);
    QCOMPARE(m_life->reason().cause, StateCause::Supervisor);
}

void tst_ServerLife::everyStateHasItsGeneration()
{
    start();
    const auto starting = m_life->generation();
    m_clock.advance(1s);

    (void)m_life->readinessMet();

    QVERIFY(m_life->generation() != starting);
    QCOMPARE(m_life->since(), m_clock.monotonic());
}

QTEST_APPLESS_MAIN(tst_ServerLife)
#include "tst_serverlife.moc"
