// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/treewatch.h"

#include "core/base/clock.h"
#include "core/kernel/procevents.h"
#include "core/kernel/proclist.h"
#include "core/processes/processinfo.h"
#include "core/processes/processtable.h"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

using namespace std::chrono_literals;

constexpr auto WalkInterval = 25ms;
constexpr auto WalkIntervalWhileHearing = 250ms;
constexpr auto HearingInterval = 25ms;

} // namespace

TreeWatch::TreeWatch(const ProcFs &proc, const Clock &clock)
    : m_clock(clock)
    , m_table(proc, processCpuTime, clock)
{
}

std::vector<ProcessInfoPtr> TreeWatch::begin()
{
    const bool wasAwake = std::exchange(m_isAwake, true);
    if (!wasAwake) {
        if (auto events = ProcEvents::open()) {
            m_events.emplace(*std::move(events));
        }
    }
    scheduleWalk();
    m_heardAt = m_clock.monotonic();
    static_cast<void>(m_table.readAll()); // a failure leaves what was read before, and the next walk tries again
    if (wasAwake) { // for whom has begun before; who came during a rest is new to nobody
        m_notWalked.insert(m_notWalked.end(), m_table.arrived().begin(), m_table.arrived().end());
    }
    return m_table.all();
}

void TreeWatch::rest()
{
    m_isAwake = false;
    m_events.reset();
    m_notWalked.clear();
}

HeardForks TreeWatch::hear()
{
    m_heardAt = m_clock.monotonic();
    if (!m_events) {
        return {};
    }
    auto forks = m_events->drain();
    if (!forks) {
        return {.forks = {}, .isIncomplete = true};
    }
    return {.forks = *std::move(forks), .isIncomplete = false};
}

std::vector<ProcessInfoPtr> TreeWatch::walk()
{
    scheduleWalk();
    std::vector<ProcessInfoPtr> arrived;
    if (!m_table.sweep()) {
        return arrived;
    }
    auto pids = std::exchange(m_notWalked, {});
    pids.insert(pids.end(), m_table.arrived().begin(), m_table.arrived().end());
    for (const pid_t pid : pids) {
        if (auto process = m_table.find(pid)) {
            arrived.push_back(std::move(process));
        }
    }
    return arrived;
}

std::optional<std::chrono::nanoseconds> TreeWatch::nextHearing() const noexcept
{
    return m_events ? std::optional(m_heardAt + HearingInterval) : std::nullopt;
}

void TreeWatch::scheduleWalk()
{
    m_nextWalk = m_clock.monotonic() + (m_events ? WalkIntervalWhileHearing : WalkInterval);
}

} // namespace Quay
