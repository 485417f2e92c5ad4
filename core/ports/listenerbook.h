// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenerlist.h"
#include "core/ports/listenersource.h"
#include "core/ports/ownercomposer.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Quay {

struct TableChange;

/// What is remembered about a listener beside what is published.
struct TrackedListener
{
    ListenerPtr listener; ///< As published.
    SearchProgress progress;
    std::optional<std::chrono::nanoseconds> soughtSince; ///< When its owners were first looked for in vain.
    std::chrono::nanoseconds retryDue{}; ///< Then, of the next search.
};

/// What a table of sockets brought.
struct TableNews
{
    std::vector<ListenerPtr> gone;
    std::vector<ListenerPtr> appeared;
    std::span<const SocketRecord> rows; ///< New or changed ones. Valid until the next table.
};

/**
 * The listeners from one table of sockets to the next: which came, which went, and what is published about each.
 *
 * Threads: not shared.
 */
class ListenerBook
{
public:
    /// @p clock outlives this object.
    explicit ListenerBook(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// Takes over what @p table says. @p complete: fills in a listener that is new, before it is published. Stopped
    /// half way, it has what it got to, and the next table is compared with that. What is in @p table then nobody
    /// needs.
    [[nodiscard]] TableNews update(SocketTable &table, const std::function<void(Listener &)> &complete,
                                   const std::stop_token &stop);

    /// Replaces what is published, unless that is equal already.
    void publish(TrackedListener &tracked, Listener listener);

    /// The key must be that of a listener that is there.
    [[nodiscard]] TrackedListener &at(const ListenerKey &key) { return m_tracked.at(key); }
    /// Several, when a table met one socket before and after it was bound elsewhere.
    [[nodiscard]] std::vector<ListenerKey> keysOf(std::uint64_t inode) const;
    [[nodiscard]] bool hasSocket(std::uint64_t inode) const { return m_byInode.contains(inode); }

    [[nodiscard]] auto begin() { return m_tracked.begin(); }
    [[nodiscard]] auto end() { return m_tracked.end(); }
    [[nodiscard]] const ListenerList &list() const noexcept { return m_list; }
    /// The last table.
    [[nodiscard]] std::span<const SocketRecord> rows() const noexcept { return m_rows; }
    /// Whether it may lack rows that are there, and have some that are not.
    [[nodiscard]] bool isInterrupted() const noexcept { return m_isInterrupted; }
    /// Whether anything published is different since this was last asked.
    [[nodiscard]] bool takeChanged() { return std::exchange(m_isChanged, false); }

private:
    [[nodiscard]] std::vector<ListenerKey> goneFrom(std::span<const SocketRecord> rows,
                                                    const TableChange &change) const;
    [[nodiscard]] std::vector<ListenerPtr> remove(const std::vector<ListenerKey> &gone);
    [[nodiscard]] std::vector<ListenerPtr> enter(std::span<const SocketRecord> rows,
                                                 const std::function<void(Listener &)> &complete,
                                                 const std::stop_token &stop);

    const Clock &m_clock;
    std::vector<SocketRecord> m_rows; ///< Equal ones need no second thought.
    bool m_isTracked = false; ///< Whether m_tracked has exactly what m_rows has.
    std::unordered_map<ListenerKey, TrackedListener> m_tracked;
    std::unordered_multimap<std::uint64_t, ListenerKey> m_byInode;
    ListenerList m_list;
    bool m_isInterrupted = false;
    std::uint32_t m_interruptedTables = 0; ///< In a row, since what is gone was last removed.
    bool m_isChanged = false;
};

} // namespace Quay
