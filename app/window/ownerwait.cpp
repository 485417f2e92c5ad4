// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/ownerwait.h"

#include <QTimerEvent>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace Quay {

namespace {

/// A look at every process takes a tenth of it on a machine with ten thousand of them.
constexpr auto Patience = std::chrono::milliseconds(2000);

/// As a listener is in @p snapshot. Null: it is not there any more.
ListenerPtr nowIn(const PortSnapshotPtr &snapshot, const ListenerKey &key)
{
    if (!snapshot) {
        return nullptr;
    }
    const auto now = std::ranges::find(snapshot->listeners, key, &Listener::key);
    return now != snapshot->listeners.end() ? *now : nullptr;
}

bool isUnsure(const Listener &listener)
{
    return listener.knowledge == OwnerKnowledge::FirstFound || listener.knowledge == OwnerKnowledge::Pending;
}

/// What both ask for.
EndingWay joined(const EndingWay &left, const EndingWay &right)
{
    return {.scope = std::max(left.scope, right.scope),
            .isForced = left.isForced || right.isForced,
            .asksFirst = left.asksFirst || right.asksFirst};
}

} // namespace

void OwnerWait::begin(const ListenerPtr &listener, const EndingWay &way)
{
    const auto [known, isNew] = m_awaited.try_emplace(listener->key());
    Awaited &awaited = known->second;
    if (!isNew) {
        awaited.way = joined(awaited.way, way);
        return;
    }
    awaited.listener = listener;
    awaited.way = way;
    awaited.overdue.start(Patience, this);
    tellReady(); // the look at hand may be younger than the row
    if (m_awaited.contains(listener->key())) {
        Q_EMIT ownersWanted();
    }
}

void OwnerWait::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    tellReady();
}

void OwnerWait::timerEvent(QTimerEvent *event)
{
    const auto overdue = std::ranges::find(m_awaited, event->timerId(),
                                           [](const auto &entry) { return entry.second.overdue.timerId(); });
    if (overdue != m_awaited.end()) {
        const auto awaited = m_awaited.extract(overdue);
        Q_EMIT ready(awaited.mapped().listener, nowIn(m_snapshot, awaited.key()), awaited.mapped().way);
    }
}

void OwnerWait::tellReady()
{
    if (!m_snapshot) {
        return;
    }
    struct Ready
    {
        Awaited awaited;
        ListenerPtr now;
    };
    std::vector<Ready> known; // whoever hears of one may ask who is still awaited
    for (auto entry = m_awaited.begin(); entry != m_awaited.end();) {
        auto now = nowIn(m_snapshot, entry->first);
        if (now && isUnsure(*now)) {
            ++entry;
        } else {
            known.push_back({.awaited = std::move(entry->second), .now = std::move(now)});
            entry = m_awaited.erase(entry);
        }
    }
    for (const auto &[awaited, now] : known) {
        Q_EMIT ready(awaited.listener, now, awaited.way);
    }
}

} // namespace Quay
