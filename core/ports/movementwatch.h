// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <stop_token>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

class Clock;
class ProcessTable;
class SocketHolders;

/**
 * Knows who came and who ran between two looks, with one sweep of the process table in each at most, and none where no
 * holder of a socket has run.
 *
 * Threads: not shared.
 */
class MovementWatch
{
public:
    /// Who came and who ran.
    struct Movements
    {
        std::set<pid_t> arrived;
        std::set<pid_t> ran;
    };

    /// All arguments outlive this object.
    MovementWatch(ProcessTable &table, SocketHolders &holders, const Clock &clock);

    /// beginLook() returns early, with what it has seen until then, once @p token asks for it.
    void setStopToken(std::stop_token token) { m_stop = std::move(token); }

    /// Another look: asks those that hold something, or did, before anything else is asked. While none of them has run
    /// that is a clock reading each. Returns the holders that ran.
    std::vector<pid_t> beginLook();

    /// ProcessTable::discover(), ::sweep() and ::readInTurn() with a memory: whom they find is followed, also by the
    /// next look but one.
    [[nodiscard]] Result<> discover();
    [[nodiscard]] Result<> sweep();
    [[nodiscard]] Result<> readInTurn();
    /// Sweeps the table, or what readInTurn() left out of it, unless that was done in this look.
    void completeSweep();

    /// Whether a scan could find something that the last one did not, as of the sweep, or of a scan that came after it.
    [[nodiscard]] bool wasStale(pid_t pid) const;
    /// How many processes were seen to have ended, ever.
    [[nodiscard]] std::uint64_t departures() const noexcept { return m_departures; }

    /// Those who may have got something from a holder since this was last asked. Nothing: no holder ran, and who did
    /// not run neither forked nor handed anything over. Else the table is swept for it, and once more in a later look,
    /// unless everybody else slept as the sweep began.
    [[nodiscard]] std::optional<Movements> follow();
    /// The same after a search: who may have got something from a listener that the search found to have another
    /// socket. Nothing: there is none, or the next look is to tell, when everybody can be seen.
    [[nodiscard]] std::optional<Movements> afterSearch();
    /// There was a search, which nothing is to be followed of.
    void noteSearch();

private:
    using CpuTimes = std::vector<std::pair<pid_t, std::chrono::nanoseconds>>; ///< by pid

    /// Whose clocks have been read.
    enum class Swept : std::uint8_t
    {
        Nothing,
        InTurn,
        Everything,
    };

    void noteSweep();
    [[nodiscard]] bool isSettled(pid_t pid) const;
    bool settle();
    [[nodiscard]] Movements take();

    ProcessTable &m_table;
    SocketHolders &m_holders;
    const Clock &m_clock;
    std::stop_token m_stop;
    Swept m_swept = Swept::Nothing; ///< In this look.
    std::uint64_t m_scansAtSweep = 0; ///< How many there had been.
    CpuTimes m_listeners; ///< Those that hold something or did, when this look began.
    CpuTimes m_earlierListeners; ///< The same of the look before.
    CpuTimes m_settled; ///< The same when the last look began whose sweep saw all that they had done until then.
    std::chrono::nanoseconds m_searchedAt{}; ///< monotonic
    std::optional<std::chrono::nanoseconds> m_holderRanAt; ///< Until everybody who was awake with it has shown that.
    std::uint64_t m_departures = 0;
    Movements m_movements; ///< Since the last follow().
    Movements m_earlier; ///< Between that and the one before: see follow() for why they still count.
};

} // namespace Quay
