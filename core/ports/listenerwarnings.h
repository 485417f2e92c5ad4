// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <chrono>
#include <optional>
#include <vector>

namespace Quay {

/// How long connections must have been waiting without a break before nobody is said to accept them. One that is
/// caught in passing is gone by the next look.
inline constexpr std::chrono::nanoseconds NobodyAcceptsAfter = std::chrono::seconds{2};

/**
 * The warnings that concern a listener by itself, each with its facts: `pid`, `address`, `kind`, `executable`,
 * `directory`, `state`, `waiting`, `limit`, `waitingForMs`.
 *
 * NobodyAccepts is given for TCP when connections have waited for NobodyAcceptsAfter, or at once when the queue is
 * full. OwnerStopped is given when no owner is left that could answer. SplitBrain concerns several: see
 * splitBrainWarnings().
 *
 * @p waitingFor: since when every look found connections in the accept queue; nothing when this is the first look or
 *                there are none.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<Warning> listenerWarnings(const Listener &listener,
                                                    std::optional<std::chrono::nanoseconds> waitingFor = {});

} // namespace Quay
