// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/kernel/pidfd.h"
#include "core/servers/restartbook.h"
#include "core/servers/serverstate.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// What is to be done for a server next.
enum class LifeAction : std::uint8_t
{
    WatchNeeds, ///< Tell needsMet() or needFailed().
    CheckMachine, ///< Tell checked().
    Launch, ///< Tell launched() or launchFailed().
    Probe, ///< Tell readinessMet(), readinessFailed(), healthFailed() and healthMet() as it comes.
    AskToStop, ///< Whoever runs. Tell exited().
    AwaitPause, ///< Tell pauseOver() after reason().pause.
};

/// What is to be done. What was begun for an earlier state is to be given up.
using LifeActions = std::vector<LifeAction>;

/// A probe and what it saw.
struct ProbeOutcome
{
    std::string probe;
    std::string detail;

    bool operator==(const ProbeOutcome &) const = default;
};

/**
 * The life of one managed server: what happened leads from one state to the next, and says what is to be done.
 *
 * It starts nothing itself and waits for nothing. Each action belongs to the state that it was given in: what is told
 * of one that is over is left out by whoever keeps generation() with it.
 *
 * An exit that was asked for is never a failure, and a stop ends everything that was to come: the pause before a
 * restart, too.
 *
 * Threads: not shared.
 */
class ServerLife
{
public:
    ServerLife(RestartRule rule, const Clock &clock, Chance chance);

    // What people want.
    [[nodiscard]] LifeActions start(StateReason why = {.cause = StateCause::Asked});
    [[nodiscard]] LifeActions stop(StateReason why = {.cause = StateCause::Asked});
    /// Stops it and starts it again; one that does not run is started.
    [[nodiscard]] LifeActions restart(StateReason why = {.cause = StateCause::Asked});

    // What became of the actions.
    [[nodiscard]] LifeActions needsMet();
    /// Still waiting, for this one. For whoever asks what holds it up.
    void waitsFor(std::string server);
    [[nodiscard]] LifeActions needFailed(std::string server);
    /// @p isFine: nothing stands in the way of a start.
    [[nodiscard]] LifeActions checked(bool isFine);
    [[nodiscard]] LifeActions launched();
    [[nodiscard]] LifeActions launchFailed(Error error);
    /// What probes find out of a server that is being stopped comes too late, and changes nothing.
    [[nodiscard]] LifeActions readinessMet();
    [[nodiscard]] LifeActions readinessFailed(ProbeOutcome outcome);
    [[nodiscard]] LifeActions healthMet();
    [[nodiscard]] LifeActions healthFailed(ProbeOutcome outcome);
    [[nodiscard]] LifeActions exited(const ExitStatus &exit);
    [[nodiscard]] LifeActions pauseOver();

    // What is found when an agent begins.
    /// It runs already, for @p ranFor by now.
    [[nodiscard]] LifeActions adopt(std::chrono::nanoseconds ranFor);
    /// Its supervisor is gone. @p isAnybodyLeft: of its processes.
    [[nodiscard]] LifeActions supervisorGone(bool isAnybodyLeft);
    /// Nothing of it runs, and the agent before left it so, @p since: over, or in the pause before a restart.
    [[nodiscard]] LifeActions recall(ServerState state, StateReason reason, std::chrono::nanoseconds since);
    /// It has been in its state for longer than we know it.
    void setSince(std::chrono::nanoseconds since) noexcept { m_since = since; }
    /// Somebody else has asked it to end: that is no failure, and it is not started again.
    void stopSeen();

    [[nodiscard]] ServerState state() const noexcept { return m_state; }
    [[nodiscard]] const StateReason &reason() const noexcept { return m_reason; }
    /// Since when it is in its state; CLOCK_MONOTONIC.
    [[nodiscard]] std::chrono::nanoseconds since() const noexcept { return m_since; }
    /// Another one with each state.
    [[nodiscard]] std::uint64_t generation() const noexcept { return m_generation; }
    /// Whether it is to run: it will be started again if need be.
    [[nodiscard]] bool isWanted() const noexcept { return m_isWanted; }

    void setRule(RestartRule rule) { m_book.setRule(std::move(rule)); }
    /// How often it had to be restarted. For whoever goes on with its life.
    [[nodiscard]] RestartMemory restarts() const { return m_book.memory(); }
    void rememberRestarts(const RestartMemory &memory) { m_book.remember(memory); }

private:
    void enter(ServerState state, StateReason reason);
    [[nodiscard]] LifeActions enterWaiting(StateReason reason);
    [[nodiscard]] LifeActions leaveStopping(const std::optional<ExitStatus> &exit);
    [[nodiscard]] LifeActions awaitPause(std::chrono::milliseconds pause, StateReason reason);
    [[nodiscard]] LifeActions becomeReady();
    [[nodiscard]] LifeActions trouble(ProbeOutcome outcome);
    [[nodiscard]] std::chrono::nanoseconds ranFor() const;

    const Clock &m_clock;
    RestartBook m_book;
    ServerState m_state = ServerState::Stopped;
    StateReason m_reason;
    std::chrono::nanoseconds m_since{};
    std::chrono::nanoseconds m_launchedAt{};
    std::uint64_t m_generation = 0;
    bool m_isWanted = false;
    StateReason m_startedFor; ///< Why it is started, while it waits.
    std::optional<StateReason> m_startsAfterStop; ///< Why.
    std::optional<std::chrono::milliseconds> m_pauseAfterStop;
};

} // namespace Quay
