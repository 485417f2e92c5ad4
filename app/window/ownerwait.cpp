// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/ownerwait.h"

#include <algorithm>
#include <chrono>
#include <utility>

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

} // namespace

OwnerWait::OwnerWait(QObject *parent)
    : QObject(parent)
    , m_overdue(this)
{
    m_overdue.setObjectName(QStringLiteral("overdue"));
    m_overdue.setSingleShot(true);
    m_overdue.setInterval(Patience);
    connect(&m_overdue, &QTimer::timeout, this, [this] { tellReady(true); });
}

void OwnerWait::begin(const ListenerPtr &listener, const EndingWay &way)
{
    const auto [known, isNew] = m_awaited.try_emplace(listener->key(), Awaited{.listener = listener, .way = way});
    if (!isNew) {
        known->second.way = known->second.way.isForced ? known->second.way : way;
        return;
    }
    if (!m_overdue.isActive()) {
        m_overdue.start();
    }
    Q_EMIT ownersWanted();
}

void OwnerWait::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    tellReady(false);
}

void OwnerWait::tellReady(bool isOverdue)
{
    for (auto &[key, awaited] : std::exchange(m_awaited, {})) {
        const auto now = nowIn(m_snapshot, key);
        if (now && isUnsure(*now) && !isOverdue) {
            m_awaited.emplace(key, awaited);
        } else {
            Q_EMIT ready(awaited.listener, now, awaited.way);
        }
    }
    if (m_awaited.empty()) {
        m_overdue.stop();
    }
}

} // namespace Quay
