// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace Quay {

class ProcFs;
class TargetList;

/**
 * Leads through the stopping of a tree before SIGKILL. Stillness has to be seen, then everybody looked for, and nobody
 * new found: only then has nobody escaped by forking.
 *
 * Who sends SIGSTOP to whom is the ending's affair. Times are Clock::monotonic(). Threads: not shared.
 */
class TreeFreeze
{
public:
    enum class Step : std::uint8_t
    {
        Wait, ///< It is not time yet.
        Walk, ///< Look who is new, and go on then.
        Complete, ///< Nobody moves, or somebody would not stop in time: go on with SIGKILL.
    };

    void begin(std::chrono::nanoseconds now);
    void end();
    [[nodiscard]] bool isUnderWay() const noexcept { return m_nextLook.has_value(); }
    /// Somebody was stopped just now.
    void noteStopped() noexcept { m_wasStill = false; }
    [[nodiscard]] Step goOn(std::chrono::nanoseconds now, const TargetList &targets, const ProcFs &proc);
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextLook() const noexcept { return m_nextLook; }

private:
    bool m_wasStill = false; ///< At the last look.
    std::chrono::nanoseconds m_ends{};
    std::optional<std::chrono::nanoseconds> m_nextLook;
};

} // namespace Quay
