// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/cgroupindex.h"
#include "core/ports/movementwatch.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <unordered_set>
#include <vector>

#include <sys/types.h>

namespace Quay {

class Clock;
class ProcFs;
class ProcessTable;
class SocketHolders;

/// A socket whose holders are to be found.
struct WantedSocket
{
    std::uint64_t inode = 0;
    std::optional<std::uint64_t> cgroupId; ///< Where to look first.
    bool isOurs = true; ///< False: another user's, and we may not read that user's descriptors.
    bool isRetry = false; ///< Was looked for before: now every process is worth a look.
    bool isRecent = true; ///< Whoever opened it may be on a CPU still, and not have shown the time that it used.
};

/**
 * Finds who holds a socket with as few looks at descriptors as possible.
 *
 * First among the members of the socket's cgroup, then among all processes; each time all whose number of descriptors
 * changed since they were read and all that held a listener before, for a server that closes one and opens another has
 * as many as it had; then those that merely ran, until somebody is found. Who did not run is known already. A socket
 * whose cgroup has a process that does not let itself be read is most likely held by that one: the others are looked at
 * only when it is asked for again. A socket in a service manager's own cgroup was opened for somebody in another one:
 * whoever holds it there, everybody is looked at, also for another user's socket, which it may have opened for us.
 *
 * Threads: not shared. Returns early, with what was found, when the stop token asks for it.
 */
class OwnerSearch
{
public:
    /// All arguments outlive this object.
    OwnerSearch(const ProcFs &proc, ProcessTable &table, SocketHolders &holders, CgroupIndex &cgroups,
                const Clock &clock);

    void setStopToken(const std::stop_token &token);

    /// As of MovementWatch.
    std::vector<pid_t> beginLook();

    /// As of MovementWatch: everything that looks at the table goes through here.
    [[nodiscard]] Result<> discover() { return m_watch.discover(); }
    [[nodiscard]] Result<> sweep() { return m_watch.sweep(); }
    [[nodiscard]] Result<> readInTurn() { return m_watch.readInTurn(); }
    [[nodiscard]] std::uint64_t departures() const noexcept { return m_watch.departures(); }

    /// Whether every process that may hold one of them was looked at, so that the holders found are all there are.
    /// The table is swept for it, unless follow() has just done that.
    bool find(std::span<const WantedSocket> wanted);

    /// Finds a holder of each, and those of its family that hold it too. For one who asks once about a port or two:
    /// processes that nothing is known of yet are looked at from the newest one on, and only until there is a holder,
    /// since a server that somebody asks for was mostly started not long ago.
    /// As find() otherwise.
    bool findFirst(std::span<const WantedSocket> wanted);

    /**
     * Looks at those that may have got something from a holder since: children that were forked and processes that were
     * handed a descriptor.
     *
     * Who did not run neither forked nor handed anything over: only when beginLook() found a holder that ran is the
     * table swept, or what readInTurn(), if it came between them, left out of it; and once more in a later look, unless
     * everybody else slept as the sweep began.
     */
    void follow();

    /// Reads the descriptors of every process that ran since they were read last, or has another number of them; also
    /// of those that come meanwhile. False when it was stopped.
    bool scanEverything();

private:
    [[nodiscard]] bool deservesFullSearch(const WantedSocket &socket);
    [[nodiscard]] bool isPassedOn(const WantedSocket &socket);
    [[nodiscard]] std::vector<pid_t> membersOf(std::span<const WantedSocket> wanted);
    [[nodiscard]] bool areFound(std::span<const WantedSocket> wanted) const;
    [[nodiscard]] bool scanStale(std::vector<pid_t> pids, const std::function<bool()> &isEnough);
    [[nodiscard]] bool scanInTurn(std::span<const pid_t> pids, const std::function<bool()> &isEnough);
    bool findAmongAll(std::span<const WantedSocket> wanted);
    void scanUnaccounted(std::span<const pid_t> pids, std::uint64_t scansBefore);
    void scanAllStale();
    void scanFormerListeners();
    void scanParents(std::span<const WantedSocket> wanted);
    void scanFamily(std::uint64_t inode);
    void follow(const MovementWatch::Movements &movements);
    void followInheritance(const std::set<pid_t> &arrived);
    void followHandOvers(const std::set<pid_t> &ran);
    [[nodiscard]] bool isFound(const WantedSocket &socket) const;
    [[nodiscard]] bool isHeldBy(std::uint64_t inode, pid_t pid) const;

    const ProcFs &m_proc;
    ProcessTable &m_table;
    SocketHolders &m_holders;
    CgroupIndex &m_cgroups;
    MovementWatch m_watch;
    std::stop_token m_stop;
    std::vector<pid_t> m_counted; ///< Stale, and the number of their descriptors compared in this look. Ascending.
};

} // namespace Quay
