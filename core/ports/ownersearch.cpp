// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/ownersearch.h"

#include "core/kernel/cgroupindex.h"
#include "core/kernel/procstat.h"
#include "core/ports/movementwatch.h"
#include "core/ports/socketholders.h"
#include "core/processes/processtable.h"
#include "core/processes/unit.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t LargestFamilyGroup = 32; // processes

} // namespace

OwnerSearch::OwnerSearch(const ProcFs &proc, ProcessTable &table, SocketHolders &holders, CgroupIndex &cgroups,
                         const Clock &clock)
    : m_proc(proc)
    , m_table(table)
    , m_holders(holders)
    , m_cgroups(cgroups)
    , m_watch(table, holders, clock)
{
}

void OwnerSearch::setStopToken(const std::stop_token &token)
{
    m_stop = token;
    m_watch.setStopToken(token);
}

bool OwnerSearch::isFound(const WantedSocket &socket) const
{
    return !m_holders.holdersOf(socket.inode).empty();
}

bool OwnerSearch::isHeldBy(std::uint64_t inode, pid_t pid) const
{
    return std::ranges::contains(m_holders.holdersOf(inode), pid, &SocketHolder::pid);
}

bool OwnerSearch::isPassedOn(const WantedSocket &socket)
{
    const auto path = socket.cgroupId ? m_cgroups.path(*socket.cgroupId) : std::nullopt;
    return path && isServiceManagersCgroup(*path);
}

bool OwnerSearch::areFound(std::span<const WantedSocket> wanted) const
{
    return std::ranges::all_of(wanted, [this](const WantedSocket &socket) { return isFound(socket); });
}

bool OwnerSearch::find(std::span<const WantedSocket> wanted)
{
    m_watch.completeSweep();
    const bool isComplete = findAmongAll(wanted);
    scanParents(wanted);
    scanFormerListeners();
    if (const auto movements = m_watch.afterSearch()) {
        follow(*movements);
    }
    return isComplete;
}

/// Who handed a new socket on and keeps it may have been on a CPU until now, and its time was not accounted: then it is
/// stale only now. A clock reading each.
void OwnerSearch::scanFormerListeners()
{
    for (const pid_t pid : m_holders.formerListeners()) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (m_holders.isStale(pid)) {
            m_holders.scan(pid);
        }
    }
}

bool OwnerSearch::findAmongAll(std::span<const WantedSocket> wanted)
{
    const bool isAnyPassedOn =
        std::ranges::any_of(wanted, [this](const WantedSocket &socket) { return isPassedOn(socket); });
    const auto isEnough = [this, wanted, isAnyPassedOn] { return !isAnyPassedOn && areFound(wanted); };
    const auto scansBefore = m_holders.scans();
    const auto members = membersOf(wanted);
    const bool sawAllMembers = scanStale(members, isEnough);
    if (isEnough()) {
        // Somebody in another cgroup may hold one too, unless there is no other cgroup.
        return sawAllMembers && members.size() >= m_table.count();
    }
    const bool isWorthIt = isAnyPassedOn
        || std::ranges::any_of(wanted, [this](const WantedSocket &socket) { return deservesFullSearch(socket); });
    const bool sawAll = isWorthIt && scanStale(m_table.pids(), isEnough) && sawAllMembers;
    if (std::ranges::any_of(wanted, [this](const WantedSocket &socket) {
            return socket.isOurs && socket.isRecent && !isFound(socket);
        })) {
        scanUnaccounted(members.empty() ? m_table.pids() : members, scansBefore);
    }
    return sawAll;
}

/// Who is on a CPU at this instant shows the time that it used only at the next tick; how many descriptors it has shows
/// at once. Those that were read since have shown what they hold, unless it is handed on at this very moment.
void OwnerSearch::scanUnaccounted(std::span<const pid_t> pids, std::uint64_t scansBefore)
{
    for (const pid_t pid : pids) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (!m_holders.isScannedSince(scansBefore, pid) && !m_watch.wasStale(pid) && m_holders.hasOtherFdCount(pid)) {
            m_holders.scan(pid);
        }
    }
}

bool OwnerSearch::deservesFullSearch(const WantedSocket &socket)
{
    if (!socket.isOurs || isFound(socket)) {
        return false;
    }
    if (socket.isRetry || !socket.cgroupId) {
        return true;
    }
    const auto members = m_cgroups.processes(*socket.cgroupId);
    return !members || std::ranges::none_of(*members, [this](pid_t pid) { return m_holders.isUnreadable(pid); });
}

std::vector<pid_t> OwnerSearch::membersOf(std::span<const WantedSocket> wanted)
{
    std::set<std::uint64_t> ids;
    for (const auto &socket : wanted) {
        if (socket.cgroupId) {
            ids.insert(*socket.cgroupId);
        }
    }
    std::vector<pid_t> members;
    for (const auto id : ids) {
        if (const auto found = m_cgroups.processes(id)) {
            members.insert(members.end(), found->begin(), found->end());
        }
    }
    std::ranges::sort(members);
    const auto duplicates = std::ranges::unique(members);
    members.erase(duplicates.begin(), duplicates.end());
    return members;
}

/// True when no stale process was left out.
bool OwnerSearch::scanStale(std::vector<pid_t> pids, const std::function<bool()> &isEnough)
{
    std::erase_if(pids, [this](pid_t pid) { return !m_watch.wasStale(pid); });
    m_counted = pids;
    const auto others = std::ranges::stable_partition(pids, [this](pid_t pid) {
        return !m_stop.stop_requested() && (m_holders.hasListened(pid) || m_holders.hasOtherFdCount(pid));
    });
    m_holders.scanAll({pids.begin(), others.begin()}, m_stop);
    return scanInTurn(others, isEnough);
}

/// Who opened a socket and forked a child that has it too may be left out by scanStale(), as having one descriptor more
/// and one less: the child was enough.
void OwnerSearch::scanParents(std::span<const WantedSocket> wanted)
{
    std::set<pid_t> known;
    for (const auto &socket : wanted) {
        for (const auto &holder : m_holders.holdersOf(socket.inode)) {
            known.insert(holder.pid);
        }
    }
    std::vector<pid_t> children(known.begin(), known.end());
    while (!children.empty() && !m_stop.stop_requested()) {
        const auto child = m_table.find(children.back());
        children.pop_back();
        const pid_t parent = child ? child->parentPid : 0;
        const bool isNews = parent > 0 && known.insert(parent).second && m_holders.isStale(parent);
        if (isNews && m_holders.scan(parent) && !m_holders.watchedSocketsOf(parent).empty()) {
            children.push_back(parent);
        }
    }
}

/// True when none was left out.
bool OwnerSearch::scanInTurn(std::span<const pid_t> pids, const std::function<bool()> &isEnough)
{
    for (const pid_t pid : pids) {
        if (isEnough() || m_stop.stop_requested()) {
            return false;
        }
        m_holders.scan(pid);
    }
    return !m_stop.stop_requested();
}

bool OwnerSearch::findFirst(std::span<const WantedSocket> wanted)
{
    if (std::ranges::any_of(wanted, [this](const WantedSocket &socket) { return isPassedOn(socket); })) {
        return find(wanted);
    }
    const auto scanNewestFirst = [this, wanted](std::vector<pid_t> pids) {
        std::erase_if(pids, [this](pid_t pid) { return !m_holders.isStale(pid); });
        std::ranges::reverse(pids);
        return scanInTurn(pids, [this, wanted] { return areFound(wanted); });
    };
    (void)scanNewestFirst(membersOf(wanted));
    if (std::ranges::any_of(wanted, [this](const WantedSocket &socket) { return deservesFullSearch(socket); })
        && scanNewestFirst(m_table.pids())) {
        return true;
    }
    for (const auto &socket : wanted) {
        scanFamily(socket.inode);
    }
    return false;
}

/// Who was forked by a holder, forked one, or was started in one pipeline with one is likely to hold the socket too.
void OwnerSearch::scanFamily(std::uint64_t inode)
{
    if (m_holders.holdersOf(inode).empty()) {
        return;
    }
    std::map<pid_t, ProcStat> others;
    for (const pid_t pid : m_table.pids()) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (auto stat = readProcStat(m_proc, pid)) {
            others.emplace(pid, *std::move(stat));
        }
    }
    std::set<pid_t> children; // of these
    std::set<pid_t> parents;
    std::set<pid_t> groups; // but not all that one script started
    std::map<pid_t, std::size_t> groupSizes;
    for (const auto &[pid, stat] : others) {
        ++groupSizes[stat.processGroup];
    }
    const auto isRelated = [&](const auto &other) {
        const auto &[pid, stat] = other;
        return parents.contains(pid) || children.contains(stat.parentPid) || groups.contains(stat.processGroup);
    };
    for (;;) {
        for (const auto &holder : m_holders.holdersOf(inode)) {
            if (const auto found = others.extract(holder.pid)) {
                children.insert(holder.pid);
                parents.insert(found.mapped().parentPid);
                if (const pid_t group = found.mapped().processGroup; groupSizes[group] <= LargestFamilyGroup) {
                    groups.insert(group);
                }
            }
        }
        const auto relative = std::ranges::find_if(others, isRelated);
        if (relative == others.end() || m_stop.stop_requested()) {
            return;
        }
        if (m_holders.isStale(relative->first)) {
            m_holders.scan(relative->first);
        }
        if (!isHeldBy(inode, relative->first)) {
            others.erase(relative);
        }
    }
}

std::vector<pid_t> OwnerSearch::beginLook()
{
    m_counted.clear();
    return m_watch.beginLook();
}

void OwnerSearch::follow()
{
    if (const auto movements = m_watch.follow()) {
        follow(*movements);
    }
}

void OwnerSearch::follow(const MovementWatch::Movements &movements)
{
    followInheritance(movements.arrived);
    followHandOvers(movements.ran);
}

void OwnerSearch::followInheritance(const std::set<pid_t> &arrived)
{
    for (const pid_t pid : arrived) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (m_watch.wasStale(pid)) {
            m_holders.scan(pid);
        }
    }
}

void OwnerSearch::followHandOvers(const std::set<pid_t> &ran)
{
    for (const pid_t pid : ran) {
        if (m_stop.stop_requested()) {
            return;
        }
        if (!std::ranges::binary_search(m_counted, pid) && m_watch.wasStale(pid) && m_holders.hasOtherFdCount(pid)) {
            m_holders.scan(pid);
        }
    }
}

bool OwnerSearch::scanEverything()
{
    const auto scansBefore = m_holders.scans();
    (void)m_watch.sweep();
    scanAllStale(); // which takes long enough for somebody to fork meanwhile
    (void)m_watch.sweep();
    scanAllStale();
    scanUnaccounted(m_table.pids(), scansBefore);
    m_watch.noteSearch();
    return !m_stop.stop_requested();
}

void OwnerSearch::scanAllStale()
{
    auto pids = m_table.pids();
    // Where everybody was read before, who cannot have a descriptor is known: that is a third of a quiet machine.
    std::erase_if(pids, [this](pid_t pid) { return m_table.isKernelThread(pid) || !m_watch.wasStale(pid); });
    m_holders.scanAll(pids, m_stop);
}

} // namespace Quay
