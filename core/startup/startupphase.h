// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/startup/phaseusage.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

/// The phases that every server has, in the order in which they end when nothing is unusual.
enum class BuiltInPhase : std::uint8_t
{
    WaitingForNeeds, ///< For other servers.
    Preflight, ///< The checks before it is started.
    Spawned, ///< Until its program runs.
    FirstOutput,
    Listening, ///< Until a socket of its own processes is in LISTEN.
    Accepting, ///< Until it takes a connection.
    Healthy, ///< Until its liveness probes are met.
    Ready, ///< Until its readiness probes are met.
};

/// The names of the built-in phases, in JSON and in what is kept. They are never changed, only added to.
inline constexpr std::array BuiltInPhaseWords{
    Word{.word = "waitingForNeeds", .value = BuiltInPhase::WaitingForNeeds},
    Word{.word = "preflight", .value = BuiltInPhase::Preflight},
    Word{.word = "spawned", .value = BuiltInPhase::Spawned},
    Word{.word = "firstOutput", .value = BuiltInPhase::FirstOutput},
    Word{.word = "listening", .value = BuiltInPhase::Listening},
    Word{.word = "accepting", .value = BuiltInPhase::Accepting},
    Word{.word = "healthy", .value = BuiltInPhase::Healthy},
    Word{.word = "ready", .value = BuiltInPhase::Ready},
};

/// Who saw a phase end.
enum class PhaseSource : std::uint8_t
{
    Kernel,
    Output,
    Probe,
    Agent,
};

inline constexpr std::array PhaseSourceWords{
    Word{.word = "kernel", .value = PhaseSource::Kernel},
    Word{.word = "output", .value = PhaseSource::Output},
    Word{.word = "probe", .value = PhaseSource::Probe},
    Word{.word = "agent", .value = PhaseSource::Agent},
};

enum class PhaseState : std::uint8_t
{
    Running,
    Ended,
    Interrupted, ///< The server ended meanwhile.
};

inline constexpr std::array PhaseStateWords{
    Word{.word = "running", .value = PhaseState::Running},
    Word{.word = "ended", .value = PhaseState::Ended},
    Word{.word = "interrupted", .value = PhaseState::Interrupted},
};

/// One phase of one start. Texts are raw bytes.
struct StartupPhase
{
    std::string name; ///< A word of BuiltInPhaseWords, or as the output or the user calls it.
    std::chrono::nanoseconds begin{}; ///< Since the begin of the run.
    std::optional<std::chrono::nanoseconds>
        end; ///< The same. Nothing while it runs; of an interrupted one the server's end.
    PhaseState state = PhaseState::Running;
    PhaseSource source = PhaseSource::Agent;
    std::string detail; ///< The line or the address that ended it; may be empty.
    std::optional<std::chrono::nanoseconds> said; ///< How long it took, as the server says.
    std::optional<PhaseUsage> usage; ///< Nothing where no sample falls.

    [[nodiscard]] bool isOpen() const noexcept { return state == PhaseState::Running; }
    /// How long it took; nothing unless it has come to its own end.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> took() const
    {
        return state == PhaseState::Ended && end ? std::optional(*end - begin) : std::nullopt;
    }

    bool operator==(const StartupPhase &) const = default;
};

} // namespace Quay
