// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/ownercomposer.h"

#include "core/kernel/cgroupindex.h"
#include "core/kernel/netinterface.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/profilecache.h"
#include "core/ports/socketholders.h"
#include "core/ports/toldholders.h"
#include "core/processes/processinfo.h"
#include "core/processes/processtable.h"
#include "core/processes/unit.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr pid_t FirstPid = 1;

/// Oldest first, of a pre-forked server that is the master; but the service comes before who opened the socket for it.
auto orderOf(const Owner &owner)
{
    return std::tuple(isServiceManager(owner), owner.process->id.startTicks, owner.process->id.pid);
}

/// The unit of whoever answers, as far as it is known.
UnitInfo unitOf(const Listener &listener, const std::optional<std::string> &socketsCgroup)
{
    const auto hasUnit = [](const Owner &owner) { return owner.profile->unit.kind != UnitKind::None; };
    const auto owner = std::ranges::find_if(listener.owners, hasUnit);
    if (owner != listener.owners.end() && !isServiceManager(*owner)) {
        return owner->profile->unit;
    }
    auto unit = socketsCgroup ? unitFromCgroupPath(*socketsCgroup) : UnitInfo{};
    if (unit.kind == UnitKind::None && owner != listener.owners.end()) {
        return owner->profile->unit;
    }
    return unit;
}

} // namespace

OwnerComposer::OwnerComposer(ProcessTable &table, const SocketHolders &holders, const ToldHolders &told,
                             ProfileCache &profiles, CgroupIndex &cgroups, uid_t uid)
    : m_table(table)
    , m_holders(holders)
    , m_told(told)
    , m_profiles(profiles)
    , m_cgroups(cgroups)
    , m_uid(uid)
{
}

bool OwnerComposer::mayRead(const SocketRecord &socket) const
{
    return mayLookInto(m_uid, socket.uid);
}

void OwnerComposer::compose(Listener &listener, const SearchProgress &progress)
{
    listener.owners.clear();
    for (const auto &holder : m_holders.holdersOf(listener.socket.inode)) {
        if (auto owner = ownerFrom(holder)) {
            listener.owners.push_back(std::move(*owner));
        }
    }
    std::ranges::sort(listener.owners, {}, orderOf);
    if (!listener.owners.empty()) {
        listener.knowledge = progress.isComplete ? OwnerKnowledge::Complete : OwnerKnowledge::FirstFound;
    } else {
        listener.knowledge = knowledgeWithoutOwner(listener.socket, progress);
    }
    if (listener.knowledge == OwnerKnowledge::Hidden) {
        addTold(listener);
    }
    if (listener.knowledge == OwnerKnowledge::Hidden) {
        if (auto owner = onlyProcessOf(listener.socket)) {
            listener.owners.push_back(std::move(*owner));
            listener.knowledge = OwnerKnowledge::InferredFromUnit;
        }
    }

    const auto path = listener.socket.cgroupId ? m_cgroups.path(*listener.socket.cgroupId) : std::nullopt;
    listener.unit = unitOf(listener, path);
    listener.interfaceName = interfaceName(listener.socket.interfaceIndex);
}

void OwnerComposer::addTold(Listener &listener)
{
    for (const auto &holder : m_told.of(listener.socket.inode)) {
        if (m_table.find(holder.process) == nullptr) {
            continue; // it has ended, and whoever has its pid now holds nothing that we know of
        }
        if (auto owner = ownerFrom({.pid = holder.process.pid, .fd = holder.fd})) {
            listener.owners.push_back(std::move(*owner));
            listener.knowledge = OwnerKnowledge::Told;
        }
    }
    std::ranges::sort(listener.owners, {}, orderOf);
}

OwnerKnowledge OwnerComposer::knowledgeWithoutOwner(const SocketRecord &socket, const SearchProgress &progress) const
{
    if (socket.inode == 0) {
        return OwnerKnowledge::NoProcess;
    }
    if (!mayRead(socket)) {
        return OwnerKnowledge::Hidden;
    }
    if (!progress.isSearched) {
        return OwnerKnowledge::Pending;
    }
    // A process of one's own that may not be traced (a setuid program, one without dumps) hides its descriptors too.
    return m_holders.hasUnreadableOf(socket.uid) ? OwnerKnowledge::Hidden : OwnerKnowledge::NoProcess;
}

std::optional<Owner> OwnerComposer::ownerFrom(const SocketHolder &holder)
{
    auto process = m_table.find(holder.pid);
    if (!process) {
        return std::nullopt;
    }
    m_shown[holder.pid] = process;
    auto profile = m_profiles.profileOf(process);
    return Owner{.process = std::move(process), .profile = std::move(profile), .fd = holder.fd};
}

std::optional<Owner> OwnerComposer::onlyProcessOf(const SocketRecord &socket)
{
    if (!socket.cgroupId) {
        return std::nullopt;
    }
    const auto members = m_cgroups.processes(*socket.cgroupId);
    if (!members || members->size() != 1 || members->front() == FirstPid) {
        return std::nullopt;
    }
    auto owner = ownerFrom({.pid = members->front(), .fd = -1});
    return owner && !isServiceManager(*owner) ? std::move(owner) : std::nullopt;
}

void OwnerComposer::keepOnly(std::span<const pid_t> pids)
{
    std::erase_if(m_shown, [pids](const auto &shown) { return !std::ranges::binary_search(pids, shown.first); });
}

bool OwnerComposer::isOutdated(pid_t pid, bool fully)
{
    const auto shown = m_shown.find(pid);
    if (shown == m_shown.end()) {
        return true;
    }
    const auto now = m_table.find(pid);
    if (!now || fully) {
        return now != shown->second;
    }
    return !isSameProgram(*now, *shown->second) || now->state != shown->second->state;
}

} // namespace Quay
