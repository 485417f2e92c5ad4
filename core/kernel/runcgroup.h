// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace Quay {

class ProcFs;

/**
 * A cgroup (v2) below our own, for the processes of one run: whoever is forked by one of them is in it as well,
 * whatever session it moves to, and all can be ended at once. It is removed with this object, unless somebody is still
 * in it.
 *
 * Source:  cgroups(7); cgroup.kill, kernel >= 5.14.
 * Threads: not shared.
 */
class RunCgroup
{
public:
    /**
     * Makes it, named after @p runId.
     *
     * Errors: Unsupported where cgroup v2 is not mounted or we are in none of it; Denied, or Io with EROFS, where ours
     *         was not delegated to us.
     */
    [[nodiscard]] static Result<RunCgroup> make(const ProcFs &proc, const std::string &runId);
    RunCgroup(RunCgroup &&other) noexcept;
    RunCgroup &operator=(RunCgroup &&) = delete;
    RunCgroup(const RunCgroup &) = delete;
    RunCgroup &operator=(const RunCgroup &) = delete;
    ~RunCgroup();

    [[nodiscard]] const std::string &directory() const noexcept { return m_directory; }

    /// Moves the calling process into it. Safe after fork(). Whether it could.
    [[nodiscard]] bool enter() const noexcept;
    /// Ends everybody in it. Errors: Gone before kernel 5.14; as errorFromErrno().
    [[nodiscard]] Result<> kill() const;
    /// Whether somebody in it was ended for want of memory. Nothing where memory is not accounted for.
    [[nodiscard]] std::optional<bool> ranOutOfMemory() const;

private:
    explicit RunCgroup(std::string directory);

    std::string m_directory; ///< empty once moved from
    std::string m_procs; ///< its file cgroup.procs
};

/// The number of `oom_kill` in the text of memory.events. Threads: pure function.
[[nodiscard]] std::optional<unsigned long> parseOutOfMemoryKills(std::string_view text);

} // namespace Quay
