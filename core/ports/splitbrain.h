// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/ipaddress.h"
#include "core/kernel/localhostfamilies.h"
#include "core/ports/listener.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace Quay {

/// Who answers on one port when a program connects to `localhost`.
struct LocalhostView
{
    ListenerPtr overV6; ///< Reached at ::1; null: refused.
    ListenerPtr overV4; ///< Reached at 127.0.0.1; null: refused.
    /// What a client gets that tries @p families in turn. Null: refused.
    [[nodiscard]] ListenerPtr reached(std::span<const IpFamily> families) const;
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
 * It is given to all listeners at addresses that `localhost` could mean (loopback and wildcard, of either family) when
 * they are not one server. Listeners are one server when they share an owner, when an owner of one is the parent of an
 * owner of the other, when they have the same address (SO_REUSEPORT), or when one parent started the same program for
 * both in one service or container. A service manager that holds both does not make them one, unless they wait in one
 * unit for a service that is still to be started. One with hidden owners may be any other of the same user and unit.
 * While the owners of one are not known yet, there is no warning.
 *
 * Facts: `localhost`, `over IPv6` and `over IPv4` (the endpoint that answers, or `refused`); then each listener as
 * `endpoint`, followed by the `pid` of its oldest owner, or by `uid` and `unit` where the owners are hidden; beyond 16
 * only `more` says how many there are.
 *
 * @p families: those of the addresses of `localhost`, in the order in which they are tried; asked for only when there
 * is a warning.
 *
 * Threads: pure function, callable from any thread, but for @p families.
 */
[[nodiscard]] std::vector<std::optional<Warning>>
splitBrainWarnings(std::span<const ListenerPtr> sameport,
                   const std::function<std::vector<IpFamily>()> &families = localhostFamilies);

} // namespace Quay
