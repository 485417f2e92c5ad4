// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/recheckrounds.h"

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr auto TurnInterval = std::chrono::milliseconds(500); // of no account in a loop, and every look at 1 Hz

} // namespace

RecheckRounds::RecheckRounds(const Clock &clock, std::size_t turns)
    : m_clock(clock)
    , m_turns(turns)
{
}

bool RecheckRounds::takeDue()
{
    const auto now = m_clock.monotonic();
    if (now - m_lastTurnAt < TurnInterval) {
        return false;
    }
    m_lastTurnAt = now;
    return true;
}

std::vector<pid_t> RecheckRounds::nextTurn(std::vector<pid_t> pids)
{
    if (pids.empty()) {
        return pids;
    }
    std::ranges::rotate(pids, std::ranges::upper_bound(pids, m_last));
    pids.resize((pids.size() + m_turns - 1) / m_turns);
    m_last = pids.back();
    return pids;
}

} // namespace Quay
