// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/movementwatch.h"

#include "core/base/clock.h"
#include "core/ports/socketholders.h"
#include "core/processes/processtable.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr auto LongestTick = std::chrono::milliseconds(20); // HZ is 100 at least: twice that

} // namespace

MovementWatch::MovementWatch(ProcessTable &table, SocketHolders &holders, const Clock &clock)
    : m_table(table)
    , m_holders(holders)
    , m_clock(clock)
{
}

std::vector<pid_t> MovementWatch::beginLook()
{
    m_swept = Swept::Nothing;
    m_earlierListeners.swap(m_listeners);
    m_listeners.clear();
    const auto now = m_clock.monotonic();
    std::vector<pid_t> ran;
    auto earlier = m_earlierListeners.begin();
    for (const pid_t pid : m_holders.formerListeners()) {
        if (m_stop.stop_requested()) {
            return ran;
        }
        const auto cpuTime = m_table.cpuTime(pid);
        if (cpuTime) {
            m_listeners.emplace_back(pid, *cpuTime);
        }
        earlier = std::ranges::lower_bound(earlier, m_earlierListeners.end(), pid, {}, &CpuTimes::value_type::first);
        const bool isAwake = earlier == m_earlierListeners.end() || earlier->first != pid || earlier->second != cpuTime;
        if (!isAwake || !m_holders.isHolding(pid)) {
            continue;
        }
        switch (m_holders.recheck(pid, cpuTime)) {
        case SocketHolders::Activity::None:
            break;
        case SocketHolders::Activity::Scanned:
            ran.push_back(pid);
            if (!isSettled(pid)) {
                m_holderRanAt = std::max(m_holderRanAt.value_or(m_searchedAt), m_searchedAt);
            }
            break;
        case SocketHolders::Activity::Ran:
            ran.push_back(pid);
            m_holderRanAt = now;
            break;
        }
    }
    return ran;
}

/// Whether it has not run since a look that saw all that it had done until then.
bool MovementWatch::isSettled(pid_t pid) const
{
    const auto now = std::ranges::lower_bound(m_listeners, pid, {}, &CpuTimes::value_type::first);
    return now != m_listeners.end() && std::ranges::binary_search(m_settled, *now);
}

/// True when whoever had received something as this look began has shown that it ran: nobody was on a CPU any more.
bool MovementWatch::settle()
{
    if (m_swept != Swept::Everything || !m_table.wasAlone()) {
        return false;
    }
    m_settled = m_listeners;
    return true;
}

Result<> MovementWatch::discover()
{
    auto done = m_table.discover();
    m_movements.arrived.insert(m_table.arrived().begin(), m_table.arrived().end());
    return done;
}

Result<> MovementWatch::sweep()
{
    m_scansAtSweep = m_holders.scans();
    auto done = m_table.sweep();
    noteSweep();
    return done;
}

Result<> MovementWatch::readInTurn()
{
    m_scansAtSweep = m_holders.scans();
    m_swept = Swept::InTurn;
    auto done = m_table.readInTurn();
    noteSweep();
    return done;
}

/// When /proc cannot be listed at the moment, the next look will tell who came.
void MovementWatch::completeSweep()
{
    switch (std::exchange(m_swept, Swept::Everything)) {
    case Swept::Nothing:
        (void)sweep();
        break;
    case Swept::InTurn:
        m_table.sweepRest();
        noteSweep();
        break;
    case Swept::Everything:
        break;
    }
}

/// As of the sweep, or of a scan that came after it.
bool MovementWatch::wasStale(pid_t pid) const
{
    return !m_holders.isScannedSince(m_scansAtSweep, pid) && m_holders.wasStale(pid);
}

void MovementWatch::noteSweep()
{
    m_departures += m_table.departed().size();
    m_movements.arrived.insert(m_table.arrived().begin(), m_table.arrived().end());
    m_movements.ran.insert(m_table.ran().begin(), m_table.ran().end());
}

std::optional<MovementWatch::Movements> MovementWatch::follow()
{
    if (!m_holderRanAt) {
        m_earlier = std::exchange(m_movements, {}); // what came of a holder shows at the next look
        return std::nullopt;
    }
    // A process that is on a CPU at this instant shows the time it used only at the next tick: whoever received
    // something from a holder may be seen to have run only some looks after the holder was.
    const bool isAccounted = m_clock.monotonic() - *m_holderRanAt >= LongestTick;
    completeSweep();
    if (settle() || isAccounted) {
        m_holderRanAt.reset();
    }
    return take();
}

std::optional<MovementWatch::Movements> MovementWatch::afterSearch()
{
    noteSearch();
    const bool isPassable = std::ranges::any_of(
        m_listeners, [this](const auto &listener) { return m_holders.isScannedSince(m_scansAtSweep, listener.first); });
    return isPassable && settle() ? std::optional(take()) : std::nullopt;
}

void MovementWatch::noteSearch()
{
    m_searchedAt = m_clock.monotonic();
}

MovementWatch::Movements MovementWatch::take()
{
    auto movements = std::exchange(m_movements, {});
    auto earlier = std::exchange(m_earlier, {});
    movements.arrived.merge(earlier.arrived);
    movements.ran.merge(earlier.ran);
    return movements;
}

} // namespace Quay
