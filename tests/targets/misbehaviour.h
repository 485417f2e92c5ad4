// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <sys/types.h>

namespace Quay::Test {

/// How a server that was asked to end (SIGTERM) does anything but.
enum class Misbehaviour
{
    Deaf, ///< It ignores that.
    Stopped, ///< It is stopped, and hears nothing.
    Family, ///< It ends, but its child and grandchild hold the socket too, and stay.
    Heir, ///< It forks a child that stays, and only then ends.
    DeafHeir, ///< The same, and the child ignores that it is asked to end.
    Escape, ///< As Heir, twice, and in a session of its own.
    Turncoat, ///< It becomes another user's (65533) and stays.
    Yielding, ///< It closes its socket and stays.
    Changeling, ///< It executes another program, which stays.
    Undead, ///< A child of it has ended, and it never asks how.
    Relay, ///< It forks a successor in a new session, which does the same after a few milliseconds, and ends.
};

/**
 * Misbehaves, with @p socket open. Whatever it does, all of it ends with the lifeline.
 *
 * @p sayReady is called with the processes that this is about, once they are as they should be.
 */
[[noreturn]] void misbehave(Misbehaviour how, int socket,
                            const std::function<void(const std::vector<pid_t> &)> &sayReady);

/// Starts @p serve in a child, which says when it is ready, and starts it anew whenever it ends.
[[noreturn]] void revive(const std::function<void()> &serve);

} // namespace Quay::Test
