// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/endingtarget.h"
#include "core/processes/processid.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace Quay {

class EventPoll;

/// The targets of one ending, in the order in which they came. Threads: not shared.
class TargetList
{
public:
    /// @p poll outlives the list. The token of a target is @p firstToken and its number.
    TargetList(EventPoll &poll, std::uint64_t firstToken);

    /// Adds a target, and watches it when it is pinned.
    void add(EndingTarget target);

    [[nodiscard]] std::size_t size() const noexcept { return m_targets.size(); }
    [[nodiscard]] EndingTarget &operator[](std::size_t number) { return m_targets[number]; }
    [[nodiscard]] const EndingTarget &operator[](std::size_t number) const { return m_targets[number]; }
    [[nodiscard]] auto begin() noexcept { return m_targets.begin(); }
    [[nodiscard]] auto end() noexcept { return m_targets.end(); }
    [[nodiscard]] auto begin() const noexcept { return m_targets.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_targets.end(); }

    [[nodiscard]] bool contains(ProcessId process) const;
    /// The target that @p pid means now; null when it means none.
    [[nodiscard]] const EndingTarget *living(pid_t pid) const;

private:
    [[nodiscard]] const EndingTarget *latest(pid_t pid) const;

    EventPoll &m_poll;
    std::uint64_t m_firstToken;
    std::vector<EndingTarget> m_targets;
    std::unordered_map<pid_t, std::size_t> m_latest; ///< Of each pid.
};

} // namespace Quay
