// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include <sys/types.h>

namespace Quay {

/**
 * A set of pids in one piece of memory: gone through at every look, when little of it is in a cache, and rarely
 * changed.
 *
 * Threads: not shared.
 */
class PidSet
{
public:
    void insert(pid_t pid)
    {
        const auto place = std::ranges::lower_bound(m_pids, pid);
        if (place == m_pids.end() || *place != pid) {
            m_pids.insert(place, pid);
        }
    }
    void erase(pid_t pid)
    {
        const auto place = std::ranges::lower_bound(m_pids, pid);
        if (place != m_pids.end() && *place == pid) {
            m_pids.erase(place);
        }
    }
    [[nodiscard]] bool contains(pid_t pid) const { return std::ranges::binary_search(m_pids, pid); }

    /// Ascending.
    [[nodiscard]] const std::vector<pid_t> &pids() const noexcept { return m_pids; }

private:
    std::vector<pid_t> m_pids;
};

} // namespace Quay
