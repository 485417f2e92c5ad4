// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/servergoal.h"

#include <QObject>
#include <QTest>

using Quay::GoalStanding;
using Quay::ServerGoal;
using Quay::ServerState;
using Quay::ServerStatus;
using Quay::StateCause;

namespace {

ServerStatus status(ServerState state, StateCause cause = StateCause::Asked, bool hasProcess = true)
{
    ServerStatus server{.name = "api", .state = state, .reason = {.cause = cause}};
    if (hasProcess) {
        server.process = Quay::ProcessMark{.id = {.pid = 1, .startTicks = 1}, .serial = {}};
    }
    return server;
}

} // namespace

class tst_ServerGoal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void startedIsMetOnceAProcessRuns();
    void readyTakesLonger();
    void jobThatHasEndedIsReady();
    void whoeverWaitsForOthersIsNotWaitedFor();
    void stoppedIsStopped();
    void whoeverIsStartedAgainIsNotStopped();
};

void tst_ServerGoal::startedIsMetOnceAProcessRuns()
{
    const auto starting = status(ServerState::Starting);
    const auto launched = status(ServerState::Starting, StateCause::Asked, false);

    QCOMPARE(standingOf(ServerGoal::Started, starting), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Started, launched), GoalStanding::Open); // it may still not be executable
    QCOMPARE(standingOf(ServerGoal::Started, status(ServerState::Checking)), GoalStanding::Open);
    QCOMPARE(standingOf(ServerGoal::Started, status(ServerState::Failed)), GoalStanding::Missed);
}

void tst_ServerGoal::readyTakesLonger()
{
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::Starting)), GoalStanding::Open);
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::Ready)), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::Unhealthy)), GoalStanding::Missed);
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::CrashLoop)), GoalStanding::Missed);
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::LeftOver)), GoalStanding::Missed);
}

void tst_ServerGoal::jobThatHasEndedIsReady()
{
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::Stopped, StateCause::Exit)), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Ready, status(ServerState::Stopped, StateCause::Asked)), GoalStanding::Missed);
}

void tst_ServerGoal::whoeverWaitsForOthersIsNotWaitedFor()
{
    const auto needy = status(ServerState::Waiting, StateCause::Need, false);

    QCOMPARE(standingOf(ServerGoal::Started, needy), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Ready, needy), GoalStanding::Open);
    QCOMPARE(standingOf(ServerGoal::Started, status(ServerState::Waiting)), GoalStanding::Open);
}

void tst_ServerGoal::stoppedIsStopped()
{
    QCOMPARE(standingOf(ServerGoal::Stopped, status(ServerState::Stopped)), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Stopped, status(ServerState::Failed)), GoalStanding::Met);
    QCOMPARE(standingOf(ServerGoal::Stopped, status(ServerState::Stopping)), GoalStanding::Open);
    QCOMPARE(standingOf(ServerGoal::Stopped, status(ServerState::LeftOver)), GoalStanding::Open);
}

void tst_ServerGoal::whoeverIsStartedAgainIsNotStopped()
{
    for (const auto state : {ServerState::Stopping, ServerState::Starting, ServerState::Ready}) {
        auto server = status(state);
        server.isWanted = true;

        QCOMPARE(standingOf(ServerGoal::Stopped, server), GoalStanding::Missed);
    }
}

QTEST_APPLESS_MAIN(tst_ServerGoal)
#include "tst_servergoal.moc"
