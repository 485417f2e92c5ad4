// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/procfd.h"
#include "core/ports/pidset.h"
#include "core/processes/processtable.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// A process and its lowest descriptor of one socket.
struct SocketHolder
{
    pid_t pid = 0;
    int fd = -1;

    bool operator==(const SocketHolder &) const = default;
};

/**
 * Remembers which processes hold which of the sockets that matter, and when their descriptors were read.
 *
 * Reading descriptors is what costs; so this knows whose descriptors cannot have changed since.
 *
 * Threads: not shared.
 */
class SocketHolders
{
public:
    /// @p proc and @p table outlive this object.
    SocketHolders(const ProcFs &proc, const ProcessTable &table);

    /// From now on the holders of these sockets are told. Those who are known to hold one already are told at once.
    void watch(std::span<const std::uint64_t> inodes);
    void unwatch(std::uint64_t inode);

    /// Reads the descriptors of @p pid, whether or not that is needed. False when they may not be read, or it is gone.
    bool scan(pid_t pid);
    /// The same for all of them, on several cores when they are many. Leaves out the rest once @p stop asks for it.
    void scanAll(std::span<const pid_t> pids, const std::stop_token &stop);
    /// Whether a scan of @p pid could find something that the last one did not: it ran since, or was never scanned.
    [[nodiscard]] bool isStale(pid_t pid) const;
    /// The same as of the last sweep of the table, which had every clock read: costs no look.
    [[nodiscard]] bool wasStale(pid_t pid) const;
    /// isStale(), and the number of its descriptors is not what it was (or cannot be told).
    [[nodiscard]] bool hasOtherFdCount(pid_t pid) const;

    /// How many there have been, of all processes together.
    [[nodiscard]] std::uint64_t scans() const noexcept { return m_scans; }
    /// Whether its descriptors were read when there had been @p scans already.
    [[nodiscard]] bool isScannedSince(std::uint64_t scans, pid_t pid) const;

    /// Whether it was ever seen to hold a watched socket.
    [[nodiscard]] bool hasListened(pid_t pid) const { return m_formerListeners.contains(pid); }
    /// All of these, ascending.
    [[nodiscard]] std::vector<pid_t> formerListeners() const { return m_formerListeners.pids(); }

    /// What recheck() found.
    enum class Activity : std::uint8_t
    {
        None,
        Scanned, ///< It ran since it was last asked here, but not since it was scanned.
        Ran, ///< Or is gone.
    };
    /// Looks again at a process that holds something, whose clock has just been read: nothing while it has not run.
    Activity recheck(pid_t pid, std::optional<std::chrono::nanoseconds> cpuTime);

    /// Scans those of @p pids that have other descriptors than they had, though their clocks say that they did not run:
    /// what a hypervisor takes of a processor is subtracted from who was on it, which can be all that one ran for.
    /// Costs a microsecond each, and one for each socket that is watched.
    void scanChanged(std::span<const pid_t> pids);

    void forget(pid_t pid);
    /// Drops what is remembered of processes that are not in @p pids (ascending).
    void keepOnly(std::span<const pid_t> pids);

    /// By pid. Empty when none is known.
    [[nodiscard]] const std::vector<SocketHolder> &holdersOf(std::uint64_t inode) const;
    /// The processes that hold at least one watched socket, ascending.
    [[nodiscard]] std::vector<pid_t> holders() const { return m_holding.pids(); }
    [[nodiscard]] bool isHolding(pid_t pid) const { return m_holding.contains(pid); }
    /// The watched sockets among those that @p pid holds.
    [[nodiscard]] std::vector<std::uint64_t> watchedSocketsOf(pid_t pid) const;
    /// Sockets whose holders changed since this was last asked.
    [[nodiscard]] std::unordered_set<std::uint64_t> takeChanged();

    [[nodiscard]] bool isUnreadable(pid_t pid) const { return m_unreadable.contains(pid); }
    /// Whether a process of that user did not let its descriptors be read.
    [[nodiscard]] bool hasUnreadableOf(uid_t uid) const;

private:
    using HeldSocket = std::pair<std::uint64_t, int>; // inode and lowest descriptor
    struct Scanned
    {
        std::chrono::nanoseconds cpuTime{}; ///< Read just before the descriptors were.
        std::chrono::nanoseconds recheckedCpuTime{}; ///< Read just before the last recheck().
        std::uint64_t fdCount = 0; ///< 0: unknown, on kernels before 6.2.
        std::uint64_t scan = 0; ///< Which it was, of all scans.
        std::vector<HeldSocket> sockets; ///< All of them, by inode: one that is no listener yet may become one.
    };

    /// What a scan reads, without what is made of it: any thread may do that.
    struct Reading
    {
        std::optional<std::chrono::nanoseconds> cpuTime;
        Result<SocketFds> fds;
    };

    [[nodiscard]] Reading read(pid_t pid) const;
    bool note(pid_t pid, const Reading &reading);
    void addHolder(pid_t pid, const HeldSocket &socket);
    void removeHolder(pid_t pid, std::uint64_t inode);
    void updateHolding(pid_t pid, const Scanned &scanned);
    [[nodiscard]] bool stillHoldsAll(pid_t pid, const Scanned &scanned) const;

    const ProcFs &m_proc;
    const ProcessTable &m_table;
    std::unordered_map<std::uint64_t, std::vector<SocketHolder>> m_watched;
    std::unordered_map<pid_t, Scanned> m_scanned;
    std::uint64_t m_scans = 0;
    PidSet m_holding;
    PidSet m_formerListeners; ///< Those that listen now included.
    std::unordered_set<pid_t> m_unreadable;
    std::unordered_set<std::uint64_t> m_changed;
};

} // namespace Quay
