// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <vector>

#include <sys/types.h>

namespace Quay {

class Clock;

/**
 * Says whose profiles are to be looked at again, and when: a part of the holders at a time, and each of them in turn.
 *
 * For a branch is checked out or a program file replaced without the server having run.
 *
 * Threads: not shared.
 */
class ProfileRounds
{
public:
    /// @p clock outlives this object.
    explicit ProfileRounds(const Clock &clock);

    /// Whether it is time for another turn. Then the time to the one after it begins.
    [[nodiscard]] bool takeDue();
    /// Whose turn it is among @p holders (ascending): a twentieth of them, those that follow the last ones.
    [[nodiscard]] std::vector<pid_t> nextTurn(std::vector<pid_t> holders);

private:
    const Clock &m_clock;
    std::chrono::nanoseconds m_lastTurnAt{};
    pid_t m_last = 0; ///< Whose turn it was, of all holders in the order of their pids.
};

} // namespace Quay
