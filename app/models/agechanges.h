// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>

namespace Quay {

class Clock;

/**
 * Which ages of processes read differently now than at an earlier time.
 *
 * Each is worked out once, however many rows show the same process: in its first minute a process reads differently
 * every second, and two texts a row are what a look at ten thousand rows would cost most.
 *
 * Threads: not shared.
 */
class AgeChanges
{
public:
    /// Both must outlive it and stand still meanwhile.
    AgeChanges(const Clock &before, const Clock &now);

    /// False when no age does, since no time has passed.
    [[nodiscard]] bool isAnyPossible() const;
    /// Of a process that was started then.
    [[nodiscard]] bool readsDifferently(std::uint64_t startTicks);

private:
    const Clock &m_before;
    const Clock &m_now;
    std::unordered_map<std::uint64_t, bool> m_known;
};

} // namespace Quay
