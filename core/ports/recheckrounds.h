// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include <sys/types.h>

namespace Quay {

class Clock;

/**
 * Says who is to be looked at again though nothing says that he changed, and when: a part of them at a time, and each
 * of them in turn.
 *
 * For a branch is checked out or a program file replaced without the server having run, and a clock can stand still
 * although its process runs: see SocketHolders::scanChanged().
 *
 * Threads: not shared.
 */
class RecheckRounds
{
public:
    /// A round has @p turns. @p clock outlives this object.
    RecheckRounds(const Clock &clock, std::size_t turns);

    /// Whether it is time for another turn. Then the time to the one after it begins.
    [[nodiscard]] bool takeDue();
    /// Whose turn it is among @p pids (ascending): as many as there have to be, those that follow the last ones.
    [[nodiscard]] std::vector<pid_t> nextTurn(std::vector<pid_t> pids);

private:
    const Clock &m_clock;
    std::size_t m_turns;
    std::chrono::nanoseconds m_lastTurnAt{};
    pid_t m_last = 0; ///< Whose turn it was, of all in the order of their pids.
};

} // namespace Quay
