// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/processtree.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

#include <sys/types.h>

namespace Quay {

namespace {

pid_t pidOf(const ProcessInfoPtr &process)
{
    return process->id.pid;
}

} // namespace

ProcessTree::ProcessTree(std::span<const ProcessInfoPtr> processes)
    : m_processes(processes)
    , m_parents(processes.size())
    , m_begins(processes.size() + 1)
{
    for (Index index = 0; index < m_processes.size(); ++index) {
        const auto parent = find(info(index).parentPid);
        const bool isReal = parent && *parent != index && info(*parent).id.startTicks <= info(index).id.startTicks;
        if (isReal) {
            m_parents[index] = parent;
            ++m_begins[*parent + 1];
        }
    }
    std::partial_sum(m_begins.begin(), m_begins.end(), m_begins.begin());
    m_children.resize(m_begins.back());
    auto ends = m_begins;
    for (Index index = 0; index < m_processes.size(); ++index) {
        if (const auto parent = m_parents[index]) {
            m_children[ends[*parent]++] = index;
        }
    }
}

std::optional<ProcessTree::Index> ProcessTree::find(pid_t pid) const
{
    const auto found = std::ranges::lower_bound(m_processes, pid, {}, pidOf);
    if (found == m_processes.end() || pidOf(*found) != pid) {
        return std::nullopt;
    }
    return static_cast<Index>(found - m_processes.begin());
}

std::optional<ProcessTree::Index> ProcessTree::find(ProcessId id) const
{
    const auto found = find(id.pid);
    return found && info(*found).id == id ? found : std::nullopt;
}

std::optional<ProcessTree::Index> ProcessTree::parentOf(Index index) const
{
    return m_parents[index];
}

std::span<const ProcessTree::Index> ProcessTree::childrenOf(Index index) const
{
    return std::span(m_children).subspan(m_begins[index], m_begins[index + 1] - m_begins[index]);
}

} // namespace Quay
