// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/kernel/pidfd.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

/// How a managed server stands.
enum class ServerState : std::uint8_t
{
    Failed, ///< It is not to be started again by itself.
    CrashLoop, ///< The same, since it ended too often.
    LeftOver, ///< Nobody supervises it any more, and processes of it are still there.
    Stopped,
    Waiting, ///< For what it needs, or until the pause before a restart is over.
    Checking, ///< What it needs of the machine.
    Starting, ///< It runs, and is not ready yet.
    Ready,
    Unhealthy, ///< It runs, and is not well, or was not ready in time.
    Stopping,
};

/// What brought a server into its state.
enum class StateCause : std::uint8_t
{
    Nothing, ///< It was never started.
    Asked, ///< Somebody asked for it.
    Need, ///< `subject`: the server that it waits for, or that failed.
    Preflight, ///< A critical check was not passed.
    Launch, ///< `error`: why no process could be started.
    Exit, ///< `exit`
    Pause, ///< `pause`, before it is started again; after `exit`, or since the probe `subject` was not met.
    CrashLoop, ///< `count` exits; `exit`: the last.
    Probe, ///< `subject`: the probe that failed, or was not met in time. `detail`: what it saw.
    Files, ///< A watched file changed: `subject`.
    GroupEnded, ///< `subject`: the server with whose end it was stopped.
    Supervisor, ///< Whoever supervised it is gone.
    Adopted, ///< It ran already.
};

struct StateReason
{
    StateCause cause = StateCause::Nothing;
    std::string subject; ///< Raw bytes.
    std::string detail; ///< Raw bytes.
    std::optional<ExitStatus> exit;
    std::optional<Error> error;
    std::optional<std::chrono::milliseconds> pause;
    int count = 0;

    bool operator==(const StateReason &) const = default;
};

/// Whether there are processes of it, as far as we know.
[[nodiscard]] constexpr bool isUp(ServerState state)
{
    switch (state) {
    case ServerState::LeftOver:
    case ServerState::Starting:
    case ServerState::Ready:
    case ServerState::Unhealthy:
    case ServerState::Stopping:
        return true;
    case ServerState::Failed:
    case ServerState::CrashLoop:
    case ServerState::Stopped:
    case ServerState::Waiting:
    case ServerState::Checking:
        break;
    }
    return false;
}

} // namespace Quay
