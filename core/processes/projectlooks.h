// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/remotemounts.h"
#include "core/processes/project.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <utility>

namespace Quay {

/**
 * Finds projects without waiting for a file system that does not answer.
 *
 * A directory on this machine is looked at at once. One that somebody else answers for is looked at on a thread of its
 * own, one at a time for each mount; who takes longer than a moment is left behind, and its mount is not asked again
 * until it comes back. What a local directory leads to elsewhere, as the `.git` of a linked worktree does, is looked at
 * here.
 *
 * Threads: not shared.
 */
class ProjectLooks
{
public:
    /// Looks at one directory, on any thread, never at two at the same time. ProjectFinder::find(), unless a test looks
    /// otherwise.
    using Look = std::function<ProjectPtr(const std::string &directory)>;
    using MakeLook = std::function<Look()>;

    /// @p home: as of homesOf(). @p mountinfoPath: as of RemoteMounts.
    ProjectLooks(const std::string &home, std::string mountinfoPath);
    /// @p patience: how long an answer from elsewhere is waited for.
    ProjectLooks(MakeLook makeLook, std::string mountinfoPath, std::chrono::milliseconds patience);

    /// Waiting ends early when it asks for it.
    void setStopToken(std::stop_token token) { m_stop = std::move(token); }

    /// The project of @p directory, null when it has none; as it was told last while there is no answer. Nothing: there
    /// never was one.
    [[nodiscard]] std::optional<ProjectPtr> find(const std::string &directory);

private:
    struct Inquiry; ///< Of one mount. Shared with the thread that asks.

    [[nodiscard]] std::optional<ProjectPtr> ask(const std::shared_ptr<Inquiry> &inquiry, const std::string &directory);

    MakeLook m_makeLook;
    Look m_lookHere;
    RemoteMounts m_mounts;
    std::chrono::milliseconds m_patience;
    std::stop_token m_stop;
    std::unordered_map<int, std::shared_ptr<Inquiry>> m_inquiries; ///< by number of the mount
};

} // namespace Quay
