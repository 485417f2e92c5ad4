// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/processes/processinfo.h"

#include <optional>
#include <span>
#include <unordered_map>

#include <sys/types.h>

namespace Quay {

class CgroupIndex;
class ProcessTable;
class ProfileCache;
class SocketHolders;
class ToldHolders;
struct SocketHolder;

/// How far the search for the owners of a socket has come.
struct SearchProgress
{
    bool isSearched = false; ///< Looked for at least once.
    bool isComplete = false; ///< Every readable process was looked at.
};

/**
 * Says who owns a socket, from what SocketHolders knows, else from what we were told: processes with their profiles, or
 * the reason why there are none.
 *
 * Threads: not shared.
 */
class OwnerComposer
{
public:
    /// The references outlive this object. @p uid: whose descriptors may be read; 0: everybody's.
    OwnerComposer(ProcessTable &table, const SocketHolders &holders, const ToldHolders &told, ProfileCache &profiles,
                  CgroupIndex &cgroups, uid_t uid);

    /// Fills in owners, knowledge and unit of @p listener.
    void compose(Listener &listener, const SearchProgress &progress);

    /// Whether the user may see who holds a socket of that user.
    [[nodiscard]] bool mayRead(const SocketRecord &socket) const;

    /// Whether @p pid is shown otherwise than it is now. With @p fully, CPU time and memory count as well.
    [[nodiscard]] bool isOutdated(pid_t pid, bool fully);
    /// Drops what is remembered of processes that are not in @p pids (ascending).
    void keepOnly(std::span<const pid_t> pids);

private:
    [[nodiscard]] std::optional<Owner> ownerFrom(const SocketHolder &holder);
    void addTold(Listener &listener);
    [[nodiscard]] std::optional<Owner> onlyProcessOf(const SocketRecord &socket);
    [[nodiscard]] OwnerKnowledge knowledgeWithoutOwner(const SocketRecord &socket,
                                                       const SearchProgress &progress) const;

    ProcessTable &m_table;
    const SocketHolders &m_holders;
    const ToldHolders &m_told;
    ProfileCache &m_profiles;
    CgroupIndex &m_cgroups;
    uid_t m_uid;
    std::unordered_map<pid_t, ProcessInfoPtr> m_shown; ///< As composed last.
};

} // namespace Quay
