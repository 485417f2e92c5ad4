// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/serverlife.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/kernel/pidfd.h"
#include "core/servers/restartbook.h"
#include "core/servers/serverstate.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace Quay {

ServerLife::ServerLife(RestartRule rule, const Clock &clock, Chance chance)
    : m_clock(clock)
    , m_book(std::move(rule), std::move(chance))
    , m_since(clock.monotonic())
{
}

void ServerLife::enter(ServerState state, StateReason reason)
{
    m_state = state;
    m_reason = std::move(reason);
    m_since = m_clock.monotonic();
    ++m_generation;
}

LifeActions ServerLife::enterWaiting(StateReason reason)
{
    m_startsAfterStop.reset();
    m_isWanted = true;
    m_startedFor = reason;
    enter(ServerState::Waiting, std::move(reason));
    return {LifeAction::WatchNeeds};
}

std::chrono::nanoseconds ServerLife::ranFor() const
{
    return m_clock.monotonic() - m_launchedAt;
}

LifeActions ServerLife::start(StateReason why)
{
    m_isWanted = true;
    switch (m_state) {
    case ServerState::Stopping:
        m_startsAfterStop = std::move(why);
        return {};
    case ServerState::Waiting:
        if (m_reason.cause != StateCause::Pause) {
            return {};
        }
        break; // not to wait for the rest of it
    case ServerState::Checking:
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::LeftOver: // never a second one on top
        return {};
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::Stopped:
        break;
    }
    m_book.forget();
    return enterWaiting(std::move(why));
}

LifeActions ServerLife::stop(StateReason why)
{
    m_isWanted = false;
    m_startsAfterStop.reset();
    m_pauseAfterStop.reset();
    switch (m_state) {
    case ServerState::Waiting:
    case ServerState::Checking:
        enter(ServerState::Stopped, std::move(why));
        return {};
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::LeftOver:
        enter(ServerState::Stopping, std::move(why));
        return {LifeAction::AskToStop};
    case ServerState::Failed:
    case ServerState::CrashLoop:
        enter(ServerState::Stopped, std::move(why));
        return {};
    case ServerState::Stopped:
    case ServerState::Stopping:
        break;
    }
    return {};
}

LifeActions ServerLife::restart(StateReason why)
{
    if (m_state == ServerState::Checking) { // what is checked, and what it needs, may have changed
        m_book.forget();
        return enterWaiting(std::move(why));
    }
    if (!isUp(m_state)) {
        return start(std::move(why));
    }
    auto actions = stop(why);
    m_isWanted = true;
    m_book.forget();
    m_startsAfterStop = std::move(why);
    return actions;
}

LifeActions ServerLife::needsMet()
{
    enter(ServerState::Checking, m_startedFor);
    return {LifeAction::CheckMachine};
}

void ServerLife::waitsFor(std::string server)
{
    m_reason = {.cause = StateCause::Need, .subject = std::move(server)};
}

LifeActions ServerLife::needFailed(std::string server)
{
    m_isWanted = false;
    enter(ServerState::Failed, {.cause = StateCause::Need, .subject = std::move(server)});
    return {};
}

LifeActions ServerLife::checked(bool isFine)
{
    if (!isFine) {
        m_isWanted = false;
        enter(ServerState::Failed, {.cause = StateCause::Preflight});
        return {};
    }
    m_launchedAt = m_clock.monotonic();
    enter(ServerState::Starting, m_reason);
    return {LifeAction::Launch};
}

LifeActions ServerLife::launched()
{
    m_launchedAt = m_clock.monotonic();
    if (m_state == ServerState::Stopping) { // asked to before it was there
        return {LifeAction::AskToStop};
    }
    return {LifeAction::Probe};
}

LifeActions ServerLife::launchFailed(Error error)
{
    if (m_state == ServerState::Stopping) {
        return leaveStopping(std::nullopt);
    }
    m_isWanted = false;
    enter(ServerState::Failed, {.cause = StateCause::Launch, .error = std::move(error)});
    return {};
}

LifeActions ServerLife::readinessMet()
{
    return becomeReady();
}

LifeActions ServerLife::readinessFailed(ProbeOutcome outcome)
{
    return trouble(std::move(outcome));
}

LifeActions ServerLife::healthMet()
{
    return becomeReady();
}

LifeActions ServerLife::becomeReady()
{
    if (m_state == ServerState::Stopping) {
        return {};
    }
    enter(ServerState::Ready, m_reason);
    return {LifeAction::Probe};
}

LifeActions ServerLife::healthFailed(ProbeOutcome outcome)
{
    return trouble(std::move(outcome));
}

/// It runs and is not well: that is shown, and where it is wanted it is stopped and started again.
LifeActions ServerLife::trouble(ProbeOutcome outcome)
{
    if (m_state == ServerState::Stopping) {
        return {};
    }
    StateReason reason{
        .cause = StateCause::Probe, .subject = std::move(outcome.probe), .detail = std::move(outcome.detail)};
    const auto decision = m_book.afterTrouble(m_clock.monotonic(), ranFor());
    switch (decision.verdict) {
    case RestartVerdict::Again:
        enter(ServerState::Stopping, reason);
        m_pauseAfterStop = decision.pause;
        m_startsAfterStop = std::move(reason);
        return {LifeAction::AskToStop};
    case RestartVerdict::GiveUp:
        reason.count = decision.exits;
        break;
    case RestartVerdict::Stay:
        break;
    }
    enter(ServerState::Unhealthy, std::move(reason));
    return {LifeAction::Probe};
}

LifeActions ServerLife::exited(const ExitStatus &exit)
{
    if (m_state == ServerState::Stopping) {
        return leaveStopping(exit);
    }
    const auto decision = m_book.afterExit(exit, m_clock.monotonic(), ranFor());
    switch (decision.verdict) {
    case RestartVerdict::Again:
        return awaitPause(decision.pause, {.exit = exit});
    case RestartVerdict::GiveUp:
        m_isWanted = false;
        enter(ServerState::CrashLoop, {.cause = StateCause::CrashLoop, .exit = exit, .count = decision.exits});
        return {};
    case RestartVerdict::Stay:
        m_isWanted = false;
        enter(isFailure(m_book.rule(), exit) ? ServerState::Failed : ServerState::Stopped,
              {.cause = StateCause::Exit, .exit = exit});
        return {};
    }
    return {};
}

/// It was asked to end, and did: with @p exit, or before there was a process.
LifeActions ServerLife::leaveStopping(const std::optional<ExitStatus> &exit)
{
    const auto pause = std::exchange(m_pauseAfterStop, std::nullopt);
    if (!m_startsAfterStop) {
        StateReason reason = m_reason;
        reason.exit = exit;
        enter(ServerState::Stopped, std::move(reason));
        return {};
    }
    if (!pause) {
        return enterWaiting(StateReason(*m_startsAfterStop));
    }
    StateReason reason = *m_startsAfterStop; // not the exit: we have asked for that
    return awaitPause(*pause, std::move(reason));
}

/// @p reason: why it did not stay up.
LifeActions ServerLife::awaitPause(std::chrono::milliseconds pause, StateReason reason)
{
    m_startsAfterStop.reset();
    reason.cause = StateCause::Pause;
    reason.pause = pause;
    enter(ServerState::Waiting, std::move(reason));
    return {LifeAction::AwaitPause};
}

LifeActions ServerLife::pauseOver()
{
    return enterWaiting(StateReason(m_reason));
}

LifeActions ServerLife::adopt(std::chrono::nanoseconds ranFor)
{
    m_isWanted = true;
    m_launchedAt = m_clock.monotonic() - ranFor;
    enter(ServerState::Starting, {.cause = StateCause::Adopted});
    return {LifeAction::Probe};
}

LifeActions ServerLife::recall(ServerState state, StateReason reason, std::chrono::nanoseconds since)
{
    m_isWanted = state == ServerState::Waiting;
    enter(state, std::move(reason));
    m_since = since;
    return m_isWanted ? LifeActions{LifeAction::AwaitPause} : LifeActions();
}

void ServerLife::stopSeen()
{
    if (isUp(m_state) && m_state != ServerState::Stopping) {
        m_isWanted = false;
        enter(ServerState::Stopping, {.cause = StateCause::Asked});
    }
}

LifeActions ServerLife::supervisorGone(bool isAnybodyLeft)
{
    m_isWanted = false;
    m_startsAfterStop.reset();
    enter(isAnybodyLeft ? ServerState::LeftOver : ServerState::Failed, {.cause = StateCause::Supervisor});
    return {};
}

} // namespace Quay
