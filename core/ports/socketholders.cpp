// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/socketholders.h"

#include "core/base/cores.h"
#include "core/base/error.h"
#include "core/kernel/procfd.h"
#include "core/kernel/proclist.h"
#include "core/processes/processtable.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <unordered_set>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

SocketHolders::SocketHolders(const ProcFs &proc, const ProcessTable &table)
    : m_proc(proc)
    , m_table(table)
{
}

void SocketHolders::watch(std::span<const std::uint64_t> inodes)
{
    std::unordered_set<std::uint64_t> fresh;
    for (const auto inode : inodes) {
        if (m_watched.try_emplace(inode).second) {
            fresh.insert(inode);
        }
    }
    if (fresh.empty()) {
        return;
    }
    for (const auto &[pid, scanned] : m_scanned) {
        for (const auto &socket : scanned.sockets) {
            if (fresh.contains(socket.first)) {
                addHolder(pid, socket);
            }
        }
    }
}

void SocketHolders::unwatch(std::uint64_t inode)
{
    const auto watched = m_watched.extract(inode);
    if (watched.empty()) {
        return;
    }
    m_changed.erase(inode);
    for (const auto &holder : watched.mapped()) {
        updateHolding(holder.pid, m_scanned.at(holder.pid));
    }
}

bool SocketHolders::scan(pid_t pid)
{
    return note(pid, read(pid));
}

void SocketHolders::scanAll(std::span<const pid_t> pids, const std::stop_token &stop)
{
    std::vector<std::optional<Reading>> readings(pids.size());
    onSeveralCores(pids.size(), [&](std::size_t index) {
        if (!stop.stop_requested()) {
            readings[index] = read(pids[index]);
        }
    });
    for (std::size_t index = 0; index < pids.size(); ++index) {
        if (readings[index]) {
            note(pids[index], *readings[index]);
        }
    }
}

SocketHolders::Reading SocketHolders::read(pid_t pid) const
{
    // The clock first: what the process does while its descriptors are read makes it stale again.
    const auto cpuTime = m_table.cpuTime(pid);
    return {.cpuTime = cpuTime, .fds = readSocketFds(m_proc, pid)};
}

bool SocketHolders::note(pid_t pid, const Reading &reading)
{
    const auto &[cpuTime, read] = reading;
    if (!cpuTime || !read) {
        forget(pid);
        if (cpuTime && read.error().code == ErrorCode::Denied) {
            m_unreadable.insert(pid);
        }
        return false;
    }
    m_unreadable.erase(pid);
    std::vector<HeldSocket> sockets;
    sockets.reserve(read->sockets.size());
    for (const auto &socket : read->sockets) {
        sockets.emplace_back(socket.inode, socket.fd);
    }
    std::ranges::sort(sockets);
    const auto duplicates = std::ranges::unique(sockets, {}, &HeldSocket::first);
    sockets.erase(duplicates.begin(), duplicates.end());

    const auto [entry, isNew] = m_scanned.try_emplace(pid);
    auto &scanned = entry->second;
    scanned.scan = ++m_scans;
    scanned.cpuTime = *cpuTime;
    if (isNew) { // else recheck() is still to tell that it ran: more than descriptors may have changed
        scanned.recheckedCpuTime = *cpuTime;
    }
    scanned.fdCount = read->fdCount;
    if (scanned.sockets != sockets) {
        const auto before = std::exchange(scanned.sockets, std::move(sockets));
        for (const auto &[inode, fd] : before) {
            removeHolder(pid, inode);
        }
        for (const auto &socket : scanned.sockets) {
            addHolder(pid, socket);
        }
        updateHolding(pid, scanned);
    }
    return true;
}

void SocketHolders::addHolder(pid_t pid, const HeldSocket &socket)
{
    const auto watched = m_watched.find(socket.first);
    if (watched == m_watched.end()) {
        return;
    }
    auto &holders = watched->second;
    holders.insert(std::ranges::lower_bound(holders, pid, {}, &SocketHolder::pid), {.pid = pid, .fd = socket.second});
    m_holding.insert(pid);
    m_formerListeners.insert(pid);
    m_changed.insert(socket.first);
}

void SocketHolders::removeHolder(pid_t pid, std::uint64_t inode)
{
    if (const auto watched = m_watched.find(inode); watched != m_watched.end()) {
        std::erase_if(watched->second, [pid](const SocketHolder &holder) { return holder.pid == pid; });
        m_changed.insert(inode);
    }
}

void SocketHolders::updateHolding(pid_t pid, const Scanned &scanned)
{
    const bool holds = std::ranges::any_of(
        scanned.sockets, [this](const HeldSocket &socket) { return m_watched.contains(socket.first); });
    if (holds) {
        m_holding.insert(pid);
    } else {
        m_holding.erase(pid);
    }
}

bool SocketHolders::isStale(pid_t pid) const
{
    const auto scanned = m_scanned.find(pid);
    if (scanned == m_scanned.end()) {
        return true;
    }
    return m_table.cpuTime(pid) != scanned->second.cpuTime;
}

bool SocketHolders::wasStale(pid_t pid) const
{
    const auto scanned = m_scanned.find(pid);
    return scanned == m_scanned.end() || m_table.sweptCpuTime(pid) != scanned->second.cpuTime;
}

bool SocketHolders::hasOtherFdCount(pid_t pid) const
{
    const auto scanned = m_scanned.find(pid);
    // A kernel that does not tell the number gives an error, which is unlike every number.
    return scanned == m_scanned.end() || openFdCount(m_proc, pid) != scanned->second.fdCount;
}

bool SocketHolders::isScannedSince(std::uint64_t scans, pid_t pid) const
{
    const auto scanned = m_scanned.find(pid);
    return scanned != m_scanned.end() && scanned->second.scan > scans;
}

SocketHolders::Activity SocketHolders::recheck(pid_t pid, std::optional<std::chrono::nanoseconds> cpuTime)
{
    const auto known = m_scanned.find(pid);
    if (known == m_scanned.end()) {
        return Activity::Ran;
    }
    if (cpuTime == known->second.recheckedCpuTime) {
        return Activity::None;
    }
    if (!cpuTime) {
        forget(pid);
        return Activity::Ran;
    }
    const bool isScanned = *cpuTime == known->second.cpuTime;
    const bool isSame = isScanned || (!hasOtherFdCount(pid) && stillHoldsAll(pid, known->second));
    if (isSame || scan(pid)) {
        m_scanned.at(pid).recheckedCpuTime = *cpuTime;
    }
    return isScanned ? Activity::Scanned : Activity::Ran;
}

void SocketHolders::scanChanged(std::span<const pid_t> pids)
{
    for (const pid_t pid : pids) {
        const auto known = m_scanned.find(pid);
        const bool isChanged = known != m_scanned.end() && (hasOtherFdCount(pid) || !stillHoldsAll(pid, known->second));
        if (isChanged && !isStale(pid)) { // else it is noticed anyway
            scan(pid);
        }
    }
}

bool SocketHolders::stillHoldsAll(pid_t pid, const Scanned &scanned) const
{
    return std::ranges::all_of(scanned.sockets, [this, pid](const HeldSocket &socket) {
        return !m_watched.contains(socket.first)
            || isSocketFd(m_proc, pid, {.fd = socket.second, .inode = socket.first}).value_or(false);
    });
}

void SocketHolders::forget(pid_t pid)
{
    m_unreadable.erase(pid);
    m_holding.erase(pid);
    m_formerListeners.erase(pid);
    const auto scanned = m_scanned.extract(pid);
    if (scanned.empty()) {
        return;
    }
    for (const auto &[inode, fd] : scanned.mapped().sockets) {
        removeHolder(pid, inode);
    }
}

void SocketHolders::keepOnly(std::span<const pid_t> pids)
{
    std::vector<pid_t> gone;
    for (const auto &[pid, scanned] : m_scanned) {
        if (!std::ranges::binary_search(pids, pid)) {
            gone.push_back(pid);
        }
    }
    for (const pid_t pid : gone) {
        forget(pid);
    }
    std::erase_if(m_unreadable, [pids](pid_t pid) { return !std::ranges::binary_search(pids, pid); });
}

const std::vector<SocketHolder> &SocketHolders::holdersOf(std::uint64_t inode) const
{
    static const std::vector<SocketHolder> nobody;
    const auto watched = m_watched.find(inode);
    return watched == m_watched.end() ? nobody : watched->second;
}

bool SocketHolders::hasUnreadableOf(uid_t uid) const
{
    return std::ranges::any_of(m_unreadable, [this, uid](pid_t pid) { return processUid(m_proc, pid) == uid; });
}

std::vector<std::uint64_t> SocketHolders::watchedSocketsOf(pid_t pid) const
{
    std::vector<std::uint64_t> inodes;
    if (const auto scanned = m_scanned.find(pid); scanned != m_scanned.end()) {
        for (const auto &[inode, fd] : scanned->second.sockets) {
            if (m_watched.contains(inode)) {
                inodes.push_back(inode);
            }
        }
    }
    return inodes;
}

std::unordered_set<std::uint64_t> SocketHolders::takeChanged()
{
    return std::exchange(m_changed, {});
}

} // namespace Quay
