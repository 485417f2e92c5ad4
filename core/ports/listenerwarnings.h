// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <chrono>
#include <optional>
#include <vector>

namespace Quay {

/// How long one connection must have been waiting before nobody is said to accept any. A server that is merely busy
/// gets to each of them sooner.
inline constexpr std::chrono::nanoseconds NobodyAcceptsAfter = std::chrono::seconds{2};

/**
 * The warnings that concern a listener by itself, each with its facts: `pid`, `address`, `kind`, `executable`,
 * `directory`, `state`, `waiting`, `limit`, `waitingForMs`.
 *
 * NobodyAccepts is given for TCP when a connection has waited for NobodyAcceptsAfter; that the queue is full says only
 * that many came. OwnerStopped is given when no owner is left that could answer. SplitBrain concerns several: see
 * splitBrainWarnings().
 *
 * @p waitingFor: how long the connection that has been in the accept queue longest was seen there, see AcceptQueues;
 *                nothing when there is none.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::vector<Warning> listenerWarnings(const Listener &listener,
                                                    std::optional<std::chrono::nanoseconds> waitingFor = {});

} // namespace Quay
