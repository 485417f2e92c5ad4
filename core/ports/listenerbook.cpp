// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/listenerbook.h"

#include "core/base/clock.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"
#include "core/ports/listenersource.h"
#include "core/ports/tablechange.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <ranges>
#include <span>
#include <stop_token>
#include <unordered_set>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t FewGone = 8; // so few are looked for one by one
constexpr std::uint32_t MostInterruptedTables = 10; // in a row; then one that is never whole is believed

} // namespace

TableNews ListenerBook::update(SocketTable &table, const std::function<void(Listener &)> &complete,
                               const std::stop_token &stop)
{
    const bool wasInterrupted = std::exchange(m_isInterrupted, table.isInterrupted);
    m_isChanged = m_isChanged || wasInterrupted != m_isInterrupted;
    const auto change =
        m_isTracked ? changeOf(m_rows, table.records) : TableChange{.before = {}, .after = table.records};
    if (m_isTracked && change.isNothing()) {
        return {};
    }
    TableNews news;
    // A dump that was interrupted may lack rows that are there: who is gone, the next whole one tells.
    m_interruptedTables = m_isInterrupted ? m_interruptedTables + 1 : 0;
    if (m_interruptedTables % MostInterruptedTables == 0) {
        news.gone = remove(goneFrom(table.records, change));
    }
    news.appeared = enter(change.after, complete, stop);
    m_isChanged = m_isChanged || !news.gone.empty() || !news.appeared.empty();
    // One that is named twice was tracked as it was the second time, and may be the first next time.
    m_isTracked = !stop.stop_requested() && !m_isInterrupted && m_tracked.size() == table.records.size();
    m_rows.swap(table.records);
    news.rows = change.after;
    return news;
}

/// Those that may be gone and are not among @p rows. A dump during which sockets come and go may name one twice.
std::vector<ListenerKey> ListenerBook::goneFrom(std::span<const SocketRecord> rows, const TableChange &change) const
{
    std::vector<ListenerKey> candidates;
    if (m_isTracked) {
        std::ranges::transform(change.before, std::back_inserter(candidates), listenerKey);
    } else {
        std::ranges::copy(m_tracked | std::views::keys, std::back_inserter(candidates));
    }
    const auto eraseThoseIn = [&candidates](std::span<const SocketRecord> table) {
        std::unordered_set<ListenerKey> present;
        present.reserve(table.size());
        for (const auto &row : table) {
            present.insert(listenerKey(row));
        }
        std::erase_if(candidates, [&present](const ListenerKey &key) { return present.contains(key); });
    };
    eraseThoseIn(change.after);
    if (candidates.size() > FewGone) {
        eraseThoseIn(rows);
    } else {
        std::erase_if(candidates,
                      [rows](const ListenerKey &key) { return std::ranges::contains(rows, key, listenerKey); });
    }
    return candidates;
}

std::vector<ListenerPtr> ListenerBook::remove(const std::vector<ListenerKey> &gone)
{
    m_list.update(gone, {});
    std::vector<ListenerPtr> removed;
    for (const auto &key : gone) {
        const auto tracked = m_tracked.extract(key);
        const auto [first, last] = m_byInode.equal_range(key.inode);
        const auto found = std::find_if(first, last, [&key](const auto &entry) { return entry.second == key; });
        if (found != last) {
            m_byInode.erase(found);
        }
        removed.push_back(tracked.mapped().listener);
    }
    return removed;
}

/// Those that are new.
std::vector<ListenerPtr> ListenerBook::enter(std::span<const SocketRecord> rows,
                                             const std::function<void(Listener &)> &complete,
                                             const std::stop_token &stop)
{
    std::vector<ListenerKey> keys;
    for (const auto &row : rows) {
        if (stop.stop_requested()) {
            break;
        }
        const auto key = listenerKey(row);
        auto &tracked = m_tracked[key];
        if (tracked.listener) {
            if (tracked.listener->socket != row) {
                Listener changed = *tracked.listener;
                changed.socket = row;
                publish(tracked, std::move(changed));
            }
            continue;
        }
        Listener listener;
        listener.socket = row;
        listener.firstSeen = m_clock.monotonic();
        complete(listener);
        tracked.listener = std::make_shared<const Listener>(std::move(listener));
        keys.push_back(key);
        if (key.inode != 0) {
            m_byInode.emplace(key.inode, key);
        }
    }
    // Now, not at once: a dump that was interrupted may give a new socket twice, the second time as it has become.
    std::vector<ListenerPtr> appeared;
    std::ranges::transform(keys, std::back_inserter(appeared),
                           [this](const ListenerKey &key) { return m_tracked.at(key).listener; });
    m_list.update({}, appeared);
    return appeared;
}

void ListenerBook::publish(TrackedListener &tracked, Listener listener)
{
    if (listener == *tracked.listener) {
        return;
    }
    tracked.listener = std::make_shared<const Listener>(std::move(listener));
    m_list.replace(tracked.listener);
    m_isChanged = true;
}

std::vector<ListenerKey> ListenerBook::keysOf(std::uint64_t inode) const
{
    const auto [first, last] = m_byInode.equal_range(inode);
    std::vector<ListenerKey> keys;
    std::ranges::copy(std::ranges::subrange(first, last) | std::views::values, std::back_inserter(keys));
    return keys;
}

} // namespace Quay
