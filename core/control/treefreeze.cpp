// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/treefreeze.h"

#include "core/control/endingtarget.h"
#include "core/control/targetlist.h"

#include <algorithm>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto Interval = 1ms;
constexpr auto Patience = 50ms; // whoever waits for a device, or for a child that is stopped, stops later

} // namespace

void TreeFreeze::begin(std::chrono::nanoseconds now)
{
    m_wasStill = false;
    m_ends = now + Patience;
    m_nextLook = now;
}

void TreeFreeze::end()
{
    m_nextLook.reset();
}

TreeFreeze::Step TreeFreeze::goOn(std::chrono::nanoseconds now, const TargetList &targets, const ProcFs &proc)
{
    if (!m_nextLook || now < *m_nextLook) {
        return Step::Wait;
    }
    const bool isStill = std::ranges::all_of(targets, [&proc](const EndingTarget &target) {
        return target.isSettled() || !target.isFrozen() || target.isStill(proc);
    });
    if ((isStill && m_wasStill) || now >= m_ends) {
        end();
        return Step::Complete;
    }
    m_wasStill = isStill;
    m_nextLook = isStill ? now : now + Interval;
    return Step::Walk;
}

} // namespace Quay
