// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/startup/startupphase.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Quay {

/// How a start went.
enum class StartOutcome : std::uint8_t
{
    Failed, ///< It ended before it was ready, or was given up.
    Stopped, ///< Somebody asked it to end meanwhile.
    Ready,
};

inline constexpr std::array StartOutcomeWords{
    Word{.word = "failed", .value = StartOutcome::Failed},
    Word{.word = "stopped", .value = StartOutcome::Stopped},
    Word{.word = "ready", .value = StartOutcome::Ready},
};

/// One start of a server that is over. Texts are raw bytes.
struct StartupRun
{
    std::string file; ///< The file that describes the server, absolute; with the name it tells servers apart.
    std::string server; ///< Its name.
    std::chrono::nanoseconds beganAt{}; ///< Clock::realTime(), for showing.
    StartOutcome outcome = StartOutcome::Failed;
    std::optional<std::chrono::nanoseconds> readyAfter; ///< Since its begin.
    std::vector<StartupPhase> phases; ///< As Timeline::phases() gives them.

    bool operator==(const StartupRun &) const = default;
};

} // namespace Quay
