// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/agechanges.h"

#include "app/shared/format.h"
#include "core/base/clock.h"

#include <chrono>
#include <cstdint>

namespace Quay {

namespace {

using namespace std::chrono_literals;

/// Worked out with as few texts as possible.
bool agesReadDifferently(std::uint64_t startTicks, const Clock &before, const Clock &now)
{
    const auto ageBefore = runningTime(startTicks, before);
    const auto age = runningTime(startTicks, now);
    const bool isSameMinute = ageBefore >= 1min && ageBefore / 1min == age / 1min;
    return ageBefore != age && !isSameMinute && durationText(ageBefore) != durationText(age);
}

} // namespace

AgeChanges::AgeChanges(const Clock &before, const Clock &now)
    : m_before(before)
    , m_now(now)
{
}

bool AgeChanges::isAnyPossible() const
{
    return m_before.sinceBoot() != m_now.sinceBoot();
}

bool AgeChanges::readsDifferently(std::uint64_t startTicks)
{
    const auto [known, isNew] = m_known.try_emplace(startTicks, false);
    if (isNew) {
        known->second = agesReadDifferently(startTicks, m_before, m_now);
    }
    return known->second;
}

} // namespace Quay
