// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/servergoal.h"

#include "core/servers/serverstate.h"
#include "core/service/serverstatus.h"

namespace Quay {

namespace {

/// Whoever wanted it to run: how far it is.
GoalStanding standingOfStart(ServerGoal goal, const ServerStatus &server)
{
    if (server.heldUpBy) { // it is yet to be restarted
        return GoalStanding::Open;
    }
    const StateCause cause = server.reason.cause;
    const bool isForStart = goal == ServerGoal::Started;
    switch (server.state) {
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::LeftOver:
        return GoalStanding::Missed;
    case ServerState::Stopped: // by itself, and well; or by somebody else
        return cause == StateCause::Exit ? GoalStanding::Met : GoalStanding::Missed;
    case ServerState::Waiting: {
        const bool isForLong = cause == StateCause::Need || cause == StateCause::Pause;
        return isForStart && isForLong ? GoalStanding::Met : GoalStanding::Open;
    }
    case ServerState::Checking:
        return GoalStanding::Open;
    case ServerState::Starting:
        return isForStart && server.process ? GoalStanding::Met : GoalStanding::Open;
    case ServerState::Ready:
        return GoalStanding::Met;
    case ServerState::Unhealthy:
        return isForStart ? GoalStanding::Met : GoalStanding::Missed;
    case ServerState::Stopping: // to be started again, or not
        return server.isWanted ? GoalStanding::Open : GoalStanding::Missed;
    }
    return GoalStanding::Open;
}

} // namespace

GoalStanding standingOf(ServerGoal goal, const ServerStatus &server)
{
    if (goal != ServerGoal::Stopped) {
        return standingOfStart(goal, server);
    }
    switch (server.state) {
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::Stopped:
        return GoalStanding::Met;
    case ServerState::LeftOver:
    case ServerState::Waiting:
    case ServerState::Checking:
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::Stopping:
        break;
    }
    return server.isWanted ? GoalStanding::Missed : GoalStanding::Open; // somebody else wants it to run
}

} // namespace Quay
