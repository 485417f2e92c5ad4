// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/serverstatus.h"

#include <cstdint>

namespace Quay {

/// What whoever asked for something waits for.
enum class ServerGoal : std::uint8_t
{
    Started, ///< It runs, or waits for something that may take its time.
    Ready, ///< It is ready; one that is meant to end has ended well.
    Stopped,
};

enum class GoalStanding : std::uint8_t
{
    Open,
    Met,
    Missed, ///< It will not be met by waiting.
};

/// Threads: pure function.
[[nodiscard]] GoalStanding standingOf(ServerGoal goal, const ServerStatus &server);

} // namespace Quay
