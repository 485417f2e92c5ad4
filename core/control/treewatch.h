// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kernel/procevents.h"
#include "core/processes/processinfo.h"
#include "core/processes/processtable.h"

#include <chrono>
#include <optional>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// What has been forked, as far as it was heard.
struct HeardForks
{
    std::vector<ForkEvent> forks; ///< in order
    bool isIncomplete = false; ///< Some were lost: what was concluded from earlier ones may be outdated.
};

/**
 * Finds processes that are new: heard of through ProcEvents where the kernel lets us, and seen by walking.
 *
 * Threads: not shared.
 */
class TreeWatch
{
public:
    /// @p proc and @p clock outlive this object.
    TreeWatch(const ProcFs &proc, const Clock &clock);

    /// Begins to listen, unless it does already, and gives every process that runs by then.
    [[nodiscard]] std::vector<ProcessInfoPtr> begin();
    /// Stops listening: nobody needs it for now.
    void rest();
    [[nodiscard]] bool isAwake() const noexcept { return m_isAwake; }

    /// What was forked since this was asked last. Empty where that cannot be heard.
    [[nodiscard]] HeardForks hear();
    /// Processes that came since the last walk; those of a rest are left out. Costs 0.2 us a process of the machine.
    [[nodiscard]] std::vector<ProcessInfoPtr> walk();
    /// When the next walk() is due: seldom while forks can be heard.
    [[nodiscard]] std::chrono::nanoseconds nextWalk() const noexcept { return m_nextWalk; }
    /// When hear() is due again; nothing where nothing can be heard.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> nextHearing() const noexcept;

    [[nodiscard]] ProcessInfoPtr find(pid_t pid) { return m_table.find(pid); }

private:
    void scheduleWalk();

    const Clock &m_clock;
    ProcessTable m_table;
    std::optional<ProcEvents> m_events;
    std::vector<pid_t> m_notWalked; ///< Came, but no walk() has told of them.
    bool m_isAwake = false;
    std::chrono::nanoseconds m_nextWalk{};
    std::chrono::nanoseconds m_heardAt{};
};

} // namespace Quay
