// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// Who answers on one port when a program connects to `localhost`.
struct LocalhostView
{
    ListenerPtr overV6; ///< Reached at ::1; null: refused.
    ListenerPtr overV4; ///< Reached at 127.0.0.1; null: refused.
    /// What a client gets that tries ::1 first and then 127.0.0.1, as most do.
    [[nodiscard]] const ListenerPtr &first() const { return overV6 ? overV6 : overV4; }
};

/**
 * Works out whom `localhost` reaches among the TCP listeners of one port.
 *
 * The most specific address wins; an IPv6 listener on [::] that is not v6only takes IPv4 connections that no IPv4
 * listener takes.
 *
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] LocalhostView localhostView(std::span<const ListenerPtr> sameport);

/**
 * The split-brain warning for each listener of one TCP port, in the same order; nothing where there is none.
 *
 * It is given when processes that have no owner in common listen on the port at addresses that `localhost` could mean.
 * Facts: `localhost` (the endpoint that answers), `over IPv6`, `over IPv4`, and each listener as `endpoint` with its
 * pid.
 */
[[nodiscard]] std::vector<std::optional<Warning>> splitBrainWarnings(std::span<const ListenerPtr> sameport);

} // namespace Quay
