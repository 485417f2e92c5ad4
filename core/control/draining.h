// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/servicemanagers.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace Quay {

struct KillPlan;

/// Between two looks at how many connections are left.
inline constexpr std::chrono::milliseconds DrainInterval{100};

/**
 * Waits until the ports of @p plan have no established connections, for as long as the plan says at most: before a
 * manager is asked to stop what holds them. What cannot be counted is not waited for.
 *
 * Returns: how many are left once their time has passed; nothing when none is, or when it was given up.
 * Source:  sock_diag(7).
 * Threads: any; blocks until then, or until @p goesOn says no.
 */
[[nodiscard]] std::optional<std::uint32_t> awaitDrained(const KillPlan &plan, const GoesOn &goesOn);

} // namespace Quay
