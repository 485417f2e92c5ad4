// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"

#include <span>

namespace Quay {

/// Where two tables of sockets differ: the rows in front of both parts are equal, and so are those behind.
struct TableChange
{
    std::span<const SocketRecord> before; ///< Of the older table.
    std::span<const SocketRecord> after; ///< Of the newer one.

    [[nodiscard]] bool isNothing() const { return before.empty() && after.empty(); }
};

/**
 * The kernel gives a table in the same order again, so one socket more or less leaves nearly all rows where they were
 * in relation to each other, and what differs is short.
 *
 * Threads: pure function, callable from any thread. The result refers to what was given.
 */
[[nodiscard]] TableChange changeOf(std::span<const SocketRecord> before, std::span<const SocketRecord> after);

} // namespace Quay
