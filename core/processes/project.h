// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace Quay {

/// The source tree a process belongs to. A plain value; texts are raw bytes.
struct Project
{
    std::string root; ///< Directory that holds `.git`, else the nearest one with a project file (package.json ...).
    std::string name; ///< Name of the project: that of the main worktree's directory.
    std::optional<std::string> branch; ///< Checked-out branch; absent without git.
    std::optional<std::string> commit; ///< First 8 digits, when no branch is checked out.
    std::optional<std::string> worktree; ///< Name of the linked worktree, when root is one.

    bool operator==(const Project &) const = default;
};

using ProjectPtr = std::shared_ptr<const Project>;

/**
 * Finds the project of a directory and remembers it.
 *
 * Reads files only (`.git`, `HEAD`, `commondir`), never runs git. A home directory, `/` and system directories are not
 * projects. A remembered answer is used as long as HEAD has the same modification time.
 *
 * Threads: not shared; belongs to the collector's thread.
 */
class ProjectFinder
{
public:
    /// @p home: a project root is never this directory or above it.
    explicit ProjectFinder(std::string home);

    /// The project of @p directory, null when it has none or may not be read.
    [[nodiscard]] ProjectPtr find(const std::string &directory);
};

} // namespace Quay
