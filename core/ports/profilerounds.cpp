// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/profilerounds.h"

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr auto TurnInterval = std::chrono::milliseconds(500); // of no account in a loop, and every look at 1 Hz
constexpr std::size_t TurnsOfARound = 20; // each holder once in so many

} // namespace

ProfileRounds::ProfileRounds(const Clock &clock)
    : m_clock(clock)
{
}

bool ProfileRounds::takeDue()
{
    const auto now = m_clock.monotonic();
    if (now - m_lastTurnAt < TurnInterval) {
        return false;
    }
    m_lastTurnAt = now;
    return true;
}

std::vector<pid_t> ProfileRounds::nextTurn(std::vector<pid_t> holders)
{
    if (holders.empty()) {
        return holders;
    }
    std::ranges::rotate(holders, std::ranges::upper_bound(holders, m_last));
    holders.resize((holders.size() + TurnsOfARound - 1) / TurnsOfARound);
    m_last = holders.back();
    return holders;
}

} // namespace Quay
