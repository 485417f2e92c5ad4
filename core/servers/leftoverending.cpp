// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/leftoverending.h"

#include "core/control/pinnedprocess.h"
#include "core/kernel/procfs.h"
#include "core/servers/serverspec.h"
#include "core/supervise/lease.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <chrono>
#include <csignal>
#include <utility>

namespace Quay {

namespace {

constexpr auto Interval = std::chrono::milliseconds(50);

} // namespace

LeftOverEnding::LeftOverEnding(const ProcFs &proc, ServerPlaces places, const ServerIdentity &server,
                               const StopRule &rule, std::chrono::nanoseconds now)
    : m_proc(proc)
    , m_places(std::move(places))
    , m_key(serverKey(server))
    , m_due(now)
    , m_killAt(now + rule.grace)
{
    signalAll(presence(), rule.signal);
}

RunPresence LeftOverEnding::presence() const
{
    return runPresence(m_proc, m_places, m_key);
}

void LeftOverEnding::signalAll(const RunPresence &presence, int signal) const
{
    for (const auto &leftOver : presence.leftOvers) {
        if (const auto pinned = PinnedProcess::open(m_proc, leftOver.process.id, leftOver.process.serial)) {
            (void)pinned->handle().signal(signal); // whoever is gone meanwhile is what was wanted
        }
    }
}

bool LeftOverEnding::proceed(std::chrono::nanoseconds now)
{
    if (now < m_due) {
        return false;
    }
    const auto left = presence();
    if (left.state != RunState::LeftOver) {
        if (left.lease && left.state == RunState::Gone) {
            removeCgroup(*left.lease);
        }
        return true;
    }
    if (now >= m_killAt) {
        signalAll(left, SIGKILL);
    }
    m_due = now + Interval;
    return false;
}

} // namespace Quay
