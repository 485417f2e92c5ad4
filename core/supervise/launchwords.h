// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/words.h"
#include "core/supervise/launch.h"

#include <array>

namespace Quay {

/// The words for a LaunchProblem in reports and messages. They are never changed, only added to.
inline constexpr std::array LaunchProblemWords{
    Word{.word = "failed", .value = LaunchProblem::Failed},
    Word{.word = "lost", .value = LaunchProblem::Lost},
    Word{.word = "alreadyRunning", .value = LaunchProblem::AlreadyRunning},
    Word{.word = "leftOvers", .value = LaunchProblem::LeftOvers},
    Word{.word = "cannotWriteState", .value = LaunchProblem::CannotWriteState},
    Word{.word = "cannotEnterDirectory", .value = LaunchProblem::CannotEnterDirectory},
    Word{.word = "cannotExecute", .value = LaunchProblem::CannotExecute},
    Word{.word = "badDescription", .value = LaunchProblem::BadDescription},
};

} // namespace Quay
