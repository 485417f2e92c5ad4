// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Quay {

class ProcFs;
struct Owner;
struct SocketRecord;

/**
 * Whether @p owner is seen not to hold @p socket any more. False as well when that cannot be told: it has ended, or is
 * another user's.
 *
 * For who is about to end it: between two looks a socket is closed or handed on.
 *
 * Source:  /proc/PID/fd: the one link while it still leads there, else all of them.
 * Threads: any, as many as @p proc allows.
 */
[[nodiscard]] bool hasGivenUp(const ProcFs &proc, const Owner &owner, const SocketRecord &socket);

} // namespace Quay
