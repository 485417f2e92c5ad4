// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/supervise/criline.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

/// What a line says about the start of its server.
enum class Saying : std::uint8_t
{
    PhaseBegins, ///< Of the phase that is named.
    PhaseEnds,
    Step, ///< A numbered step begins, and with it the one before ends.
    Listening, ///< It has opened its port.
    Ready, ///< It is up.
    Failed, ///< It does not come up: an address is in use, a build has failed.
    OtherPort, ///< It takes another port than it was to.
    Refused, ///< Nobody took its connection where it needs somebody: `host` and `port`.
};

inline constexpr std::array SayingWords{
    Word{.word = "phaseBegins", .value = Saying::PhaseBegins},
    Word{.word = "phaseEnds", .value = Saying::PhaseEnds},
    Word{.word = "step", .value = Saying::Step},
    Word{.word = "listening", .value = Saying::Listening},
    Word{.word = "ready", .value = Saying::Ready},
    Word{.word = "failed", .value = Saying::Failed},
    Word{.word = "otherPort", .value = Saying::OtherPort},
    Word{.word = "refused", .value = Saying::Refused},
};

/// What was recognised in a line. Texts are raw bytes, as the server printed them.
struct StartupMark
{
    Saying says = Saying::Ready;
    std::string rule; ///< The id of the rule; empty for a phase of the user's own.
    std::string phase; ///< Of PhaseBegins, PhaseEnds and Step; may be empty for a step that has a number only.
    std::optional<std::chrono::nanoseconds> took; ///< As the line says.
    std::optional<std::uint16_t> port; ///< OtherPort: the one it takes, where it says so. Refused: that of the other.
    std::string host;
    std::string url;
    std::optional<int> step;
    std::optional<int> steps;
    std::string line; ///< Without escape sequences and secrets, of the line at most MostMarkLineBytes.
    OutputStream stream = OutputStream::Output;
    std::chrono::nanoseconds at{}; ///< Clock::monotonic()

    bool operator==(const StartupMark &) const = default;
};

inline constexpr std::size_t MostMarkLineBytes = 300;

} // namespace Quay
