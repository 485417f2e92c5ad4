// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processid.h"
#include "core/processes/processinfo.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

/**
 * Who started whom, among the processes of one look.
 *
 * A parent that started later than its child is a recycled pid and counts as none. That does not exclude circles (made
 * up, or read while pids were given out again): who walks must expect them.
 *
 * Threads: immutable; share it freely.
 */
class ProcessTree
{
public:
    using Index = std::size_t;

    /// @p processes: by pid, never null; must outlive the tree. Costs O(n log n).
    explicit ProcessTree(std::span<const ProcessInfoPtr> processes);

    [[nodiscard]] std::size_t size() const noexcept { return m_processes.size(); }
    [[nodiscard]] const ProcessInfoPtr &process(Index index) const { return m_processes[index]; }
    [[nodiscard]] const ProcessInfo &info(Index index) const { return *m_processes[index]; }

    [[nodiscard]] std::optional<Index> find(pid_t pid) const;
    /// The same, and nothing when the pid means another process.
    [[nodiscard]] std::optional<Index> find(ProcessId id) const;

    [[nodiscard]] std::optional<Index> parentOf(Index index) const;
    /// By pid.
    [[nodiscard]] std::span<const Index> childrenOf(Index index) const;

private:
    std::span<const ProcessInfoPtr> m_processes;
    std::vector<std::optional<Index>> m_parents;
    std::vector<Index> m_children; ///< Those of the first process, then those of the second ...
    std::vector<std::size_t> m_begins; ///< Where the children of each begin in m_children; one more than processes.
};

} // namespace Quay
