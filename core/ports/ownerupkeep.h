// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <stop_token>

#include <sys/types.h>

namespace Quay {

class Clock;
class ListenerBook;
class OwnerComposer;
class PortJudge;
class SocketHolders;
struct TrackedListener;
struct WantedSocket;

/**
 * Keeps the owners in a book of listeners up to date: it knows whose are to be searched for, whose are to be composed
 * again, and of whom it can no longer be said that these are all.
 *
 * Who holds what is found out by others, and SocketHolders remembers it.
 *
 * Threads: not shared.
 */
class OwnerUpkeep
{
public:
    /// Searches for the holders of these sockets. Whether all there are were found: see OwnerSearch::find().
    using Search = std::function<bool(std::span<const WantedSocket>)>;

    /// All arguments outlive this object.
    OwnerUpkeep(ListenerBook &book, SocketHolders &holders, OwnerComposer &composer, const Clock &clock);

    /// The listener is new in the book.
    void add(const ListenerKey &listener) { m_unowned.insert(listener); }
    /// The listener is gone from the book.
    void forget(const ListenerKey &listener);

    /// Something about the owners of this socket changed.
    void touchSocket(std::uint64_t inode);
    /// Something about this process changed.
    void touchSocketsOf(pid_t pid);

    /// These holders ran since the last look. Once in half a minute the owners of what such holders hold are no longer
    /// said to be Complete: they can have handed it to somebody.
    void doubtAfter(std::span<const pid_t> ran);

    /// Has the owners of those that have none searched for with @p search, unless that was in vain not long ago.
    void searchMissing(const Search &search);
    /// The descriptors of every process were read; @p isComplete: none was left out, so that all owners are Complete
    /// until there is reason to doubt it.
    void noteSearchedAll(bool isComplete);

    /// Publishes those that were touched with their owners as they are now, and has @p judge look at their ports. What
    /// it had no time for before @p stop asked it to end is composed the next time.
    void composeTouched(PortJudge &judge, const std::stop_token &stop);

private:
    void doubtOwnersOf(std::uint64_t inode);
    [[nodiscard]] bool isOwned(const TrackedListener &tracked) const;
    [[nodiscard]] bool isSearchDue(TrackedListener &tracked) const;
    [[nodiscard]] WantedSocket wantedSocket(const TrackedListener &tracked) const;

    ListenerBook &m_book;
    SocketHolders &m_holders;
    OwnerComposer &m_composer;
    const Clock &m_clock;
    std::set<ListenerKey> m_unowned; ///< Listeners without a known owner.
    std::set<ListenerKey> m_touched; ///< To be composed again in this look.
    std::set<ListenerKey> m_bereft; ///< Listeners whose owners were there at the last look, and were not to be found.
    std::set<pid_t> m_ranSinceVerified; ///< Holders.
    std::chrono::nanoseconds m_doubtDue{}; ///< When they are held against Complete.
};

} // namespace Quay
