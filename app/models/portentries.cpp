// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/portentries.h"

#include "app/models/portentry.h"
#include "app/shared/listenerfacts.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace Quay {

namespace {

void setListener(PortEntry &entry, const ListenerPtr &listener)
{
    entry.listener = listener;
    const Owner *const owner = firstOwner(*listener);
    entry.startTicks = owner != nullptr ? std::optional(owner->process->id.startTicks) : std::nullopt;
}

} // namespace

PortEntries::Changes PortEntries::update(const PortSnapshotPtr &snapshot, std::chrono::nanoseconds now)
{
    Changes changes;
    const bool isFirst = m_lookNumber++ == 0;
    std::vector<PortEntry *> current;
    current.reserve(snapshot->listeners.size());
    std::size_t expected = 0;
    for (const ListenerPtr &listener : snapshot->listeners) {
        PortEntry *entry = known(listener, expected);
        if (entry == nullptr) {
            entry = &add(listener);
            changes.added.push_back(entry);
            if (!isFirst) {
                entry->freshness = RowFreshness::Appeared;
                entry->freshUntil = now + FreshDuration;
                m_fresh.push_back(entry);
            }
        } else if (entry->lookNumber == m_lookNumber) {
            continue; // the kernel listed it twice while its table changed
        } else {
            expected = entry->position + 1;
            if (entry->freshness == RowFreshness::Vanished) { // missed by a look that was interrupted
                entry->freshness = RowFreshness::Settled;
                changes.refreshed.push_back(entry);
            }
            if (entry->listener != listener) {
                changes.replaced.push_back({.entry = entry, .before = entry->listener});
                setListener(*entry, listener);
            }
        }
        entry->lookNumber = m_lookNumber;
        entry->position = current.size();
        current.push_back(entry);
    }
    m_current.swap(current);
    std::erase_if(m_fresh, [](const PortEntry *entry) { return entry->freshness == RowFreshness::Settled; });
    markVanished(current, now, changes);
    return changes;
}

std::vector<PortEntry *> PortEntries::settle(std::chrono::nanoseconds now)
{
    std::vector<PortEntry *> settled;
    std::erase_if(m_fresh, [now, &settled](PortEntry *entry) {
        const bool isOver = entry->freshness == RowFreshness::Appeared && entry->freshUntil <= now;
        if (isOver) {
            entry->freshness = RowFreshness::Settled;
            settled.push_back(entry);
        }
        return isOver;
    });
    return settled;
}

std::vector<std::unique_ptr<PortEntry>> PortEntries::takeExpired(std::chrono::nanoseconds now)
{
    std::vector<std::unique_ptr<PortEntry>> taken;
    std::erase_if(m_fresh, [this, now, &taken](PortEntry *entry) {
        if (entry->freshness != RowFreshness::Vanished || entry->freshUntil > now) {
            return false;
        }
        auto node = m_entries.extract(entry->listener->key());
        entry->isForgotten = true;
        taken.push_back(std::move(node.mapped()));
        return true;
    });
    return taken;
}

std::optional<std::chrono::nanoseconds> PortEntries::nextExpiry(std::chrono::nanoseconds grace) const
{
    std::optional<std::chrono::nanoseconds> next;
    for (const PortEntry *const entry : m_fresh) {
        const bool isGone = entry->freshness == RowFreshness::Vanished;
        const auto expiry = isGone ? entry->freshUntil + grace : entry->freshUntil;
        next = std::min(next.value_or(expiry), expiry);
    }
    return next;
}

PortEntry *PortEntries::find(const ListenerKey &key) const
{
    const auto found = m_entries.find(key);
    const bool isThere = found != m_entries.end() && found->second->lookNumber == m_lookNumber;
    return isThere ? found->second.get() : nullptr; // those that vanished a moment ago are kept too
}

PortEntry *PortEntries::known(const ListenerPtr &listener, std::size_t expected) const
{
    // Snapshots are all in the same order, so that most entries are where they are looked for first.
    if (expected < m_current.size() && m_current[expected]->listener == listener) {
        return m_current[expected];
    }
    const auto found = m_entries.find(listener->key());
    return found != m_entries.end() ? found->second.get() : nullptr;
}

PortEntry &PortEntries::add(const ListenerPtr &listener)
{
    auto entry = std::make_unique<PortEntry>();
    setListener(*entry, listener);
    return *m_entries.emplace(listener->key(), std::move(entry)).first->second;
}

void PortEntries::markVanished(const std::vector<PortEntry *> &before, std::chrono::nanoseconds now, Changes &changes)
{
    for (PortEntry *const entry : before) {
        if (entry->lookNumber == m_lookNumber) {
            continue;
        }
        if (entry->freshness == RowFreshness::Settled) {
            m_fresh.push_back(entry);
        }
        entry->freshness = RowFreshness::Vanished;
        entry->freshUntil = now + FreshDuration;
        changes.refreshed.push_back(entry);
    }
}

} // namespace Quay
