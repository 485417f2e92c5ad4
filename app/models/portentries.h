// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portentry.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace Quay {

/// How long a row is shown as new, and how long one that is gone stays.
inline constexpr std::chrono::seconds FreshDuration{4};

/**
 * Every listener of the last snapshot and those that vanished a moment ago.
 *
 * An entry keeps its address until it is taken out. What a snapshot did not change costs one comparison of pointers.
 *
 * Units:   times are Clock::monotonic().
 * Threads: not shared.
 */
class PortEntries
{
public:
    /// What the next snapshot made of an entry.
    struct Replaced
    {
        PortEntry *entry = nullptr;
        ListenerPtr before; ///< What it was; entry->listener is what it is.
    };
    struct Changes
    {
        std::vector<PortEntry *> added;
        std::vector<Replaced> replaced;
        std::vector<PortEntry *> refreshed; ///< Their freshness changed.
    };

    /// Takes a snapshot in. Listeners of the first one do not count as new.
    [[nodiscard]] Changes update(const PortSnapshotPtr &snapshot, std::chrono::nanoseconds now);

    /// Settles what has been new for long enough.
    [[nodiscard]] std::vector<PortEntry *> settle(std::chrono::nanoseconds now);
    /// Forgets what has been gone for long enough. The caller keeps them until nothing shows them any more.
    [[nodiscard]] std::vector<std::unique_ptr<PortEntry>> takeExpired(std::chrono::nanoseconds now);
    /// When there is something to settle or, @p grace later than it could be, to forget again.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextExpiry(std::chrono::nanoseconds grace = {}) const;

    /// The listener of that key in the last snapshot, null when there is none.
    [[nodiscard]] PortEntry *find(const ListenerKey &key) const;
    [[nodiscard]] std::size_t listenerCount() const noexcept { return m_current.size(); }

private:
    [[nodiscard]] PortEntry *known(const ListenerPtr &listener, std::size_t expected) const;
    [[nodiscard]] PortEntry &add(const ListenerPtr &listener);
    void markVanished(const std::vector<PortEntry *> &before, std::chrono::nanoseconds now, Changes &changes);

    std::unordered_map<ListenerKey, std::unique_ptr<PortEntry>> m_entries;
    std::vector<PortEntry *> m_current; ///< In the order of the last snapshot.
    std::vector<PortEntry *> m_fresh; ///< Everything that is not settled.
    std::uint64_t m_lookNumber = 0;
};

} // namespace Quay
