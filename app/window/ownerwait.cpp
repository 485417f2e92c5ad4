// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/ownerwait.h"

#include "app/window/endingplan.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace Quay {

namespace {

/// A look at every process takes a tenth of it on a machine with ten thousand of them.
constexpr auto Patience = std::chrono::milliseconds(2000);

/// As @p listener is in @p snapshot. Null: it is not there any more.
ListenerPtr nowIn(const PortSnapshotPtr &snapshot, const Listener &listener)
{
    if (!snapshot) {
        return nullptr;
    }
    const auto now = std::ranges::find(snapshot->listeners, listener.key(), &Listener::key);
    return now != snapshot->listeners.end() ? *now : nullptr;
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

OwnerTicket OwnerWait::begin(const ListenerPtr &listener)
{
    m_awaited.emplace(++m_lastTicket, listener);
    m_overdue.start();
    Q_EMIT ownersWanted();
    return m_lastTicket;
}

void OwnerWait::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_snapshot = snapshot;
    tellReady(false);
}

void OwnerWait::tellReady(bool isOverdue)
{
    for (auto &[ticket, listener] : std::exchange(m_awaited, {})) {
        const auto now = nowIn(m_snapshot, *listener);
        if (now && now->knowledge == OwnerKnowledge::FirstFound && !isOverdue) {
            m_awaited.emplace(ticket, listener);
            continue;
        }
        auto owners = ownersOf(*listener);
        if (now) {
            std::ranges::copy_if(ownersOf(*now), std::back_inserter(owners),
                                 [&owners](ProcessId owner) { return !std::ranges::contains(owners, owner); });
        }
        Q_EMIT ready(ticket, now ? now : listener, owners);
    }
    if (m_awaited.empty()) {
        m_overdue.stop();
    }
}

} // namespace Quay
