// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/**
 * The inodes of the sockets of programs that startDetached() has started: of themselves, of whoever is below them, and
 * of whoever is in their sessions, which includes those that have lost their parent. Nothing when not all of them can
 * be looked into.
 *
 * Source:  /proc/PID/stat of all processes, 3 us each; /proc/PID/fd of these.
 * Threads: any; blocks for that long.
 */
[[nodiscard]] std::optional<std::set<std::uint64_t>> socketsOfStarted(const ProcFs &proc,
                                                                      std::span<const pid_t> started);

} // namespace Quay
