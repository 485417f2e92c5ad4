// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"
#include "core/processes/processinfo.h"
#include "core/processes/projectlooks.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

class KindRules;
class ProcFs;
class ProcessTable;

using OwnerProfilePtr = std::shared_ptr<const OwnerProfile>;

/**
 * Reads what changes rarely about a process, and remembers it.
 *
 * It is read again when the process took another name, arguments, user or parent, and else now and then: a program file
 * can be replaced and a parent can end without the process noticing.
 *
 * Threads: not shared.
 */
class ProfileCache
{
public:
    /// The references outlive this object.
    ProfileCache(const ProcFs &proc, ProcessTable &table, const KindRules &rules, ProjectLooks projects);

    /// Waiting for a file system ends early when it asks for it.
    void setStopToken(std::stop_token token) { m_projects.setStopToken(std::move(token)); }

    /// Never null; parts that may not be read are empty.
    [[nodiscard]] OwnerProfilePtr profileOf(const ProcessInfoPtr &process);

    /// Those of whom the program file, the directory, the project, the unit or the chain of parents is not what it was,
    /// though they may not have run since; of the unit that is noticed once they have. profileOf() reads everything
    /// about them again. The rest is left out once @p stop asks for it.
    [[nodiscard]] std::vector<pid_t> changedAmong(std::span<const pid_t> pids, const std::stop_token &stop);

    /// Drops what is remembered of processes that are not in @p pids (ascending).
    void keepOnly(std::span<const pid_t> pids);

private:
    struct Cached
    {
        ProcessInfoPtr process;
        OwnerProfilePtr profile;
        std::uint64_t uses = 0;
        bool isOutdated = false;
    };
    void readDirectory(OwnerProfile &profile, pid_t pid);
    [[nodiscard]] bool hasOtherUnit(const ProcessInfo &process, const OwnerProfile &profile) const;
    /// @p now answers with the process as it is now, or null.
    [[nodiscard]] bool hasOtherParents(const Ancestry &ancestry, const std::function<ProcessInfoPtr(pid_t)> &now);
    [[nodiscard]] OwnerProfilePtr read(const ProcessInfoPtr &process);

    const ProcFs &m_proc;
    ProcessTable &m_table;
    const KindRules &m_rules;
    ProjectLooks m_projects;
    std::unordered_map<pid_t, Cached> m_cached;
};

} // namespace Quay
