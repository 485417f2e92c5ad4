// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// The source tree a process belongs to. A plain value; texts are raw bytes.
struct Project
{
    std::string root; ///< Directory that holds `.git`, else the nearest one with a project file (package.json ...).
    std::string name; ///< Name of the project: that of the main worktree's directory.
    std::optional<std::string> branch; ///< Checked-out branch; absent without git or where HEAD cannot be read.
    std::optional<std::string> commit; ///< First 8 digits, when no branch is checked out.
    std::optional<std::string> worktree; ///< Name of the linked worktree's directory, when root is one.

    bool operator==(const Project &) const = default;
};

using ProjectPtr = std::shared_ptr<const Project>;

/// @p home, without a slash at its end, and what its symbolic links lead to; empty when it is empty. Threads: any;
/// blocks for as long as the file system does.
[[nodiscard]] std::vector<std::string> homesOf(std::string home);

/**
 * Finds the project of a directory and remembers it.
 *
 * The nearest directory with a `.git` wins (also one whose repository cannot be read: then without a branch), else the
 * nearest one with a project file. Home directories, what is above them, and system directories are not projects.
 * Reads files only (`.git`, `HEAD`, `commondir`), never runs git. An answer is used again as long as HEAD, or where
 * there is none every directory that was looked into, has the same inode and modification time. Equal answers are the
 * same object.
 *
 * Threads: not shared; belongs to the collector's thread. Blocks for as long as the file system does.
 */
class ProjectFinder
{
public:
    /// @p homes: a project root is never one of these directories or above it. See homesOf().
    explicit ProjectFinder(std::vector<std::string> homes);

    /// The project of @p directory, null when it has none or may not be read.
    [[nodiscard]] ProjectPtr find(const std::string &directory);

private:
    /// What tells that a file or directory is not as it was.
    struct Stamp
    {
        ino_t inode = 0;
        std::int64_t modifiedSeconds = 0;
        std::int64_t modifiedNanoseconds = 0;

        bool operator==(const Stamp &) const = default;
    };
    struct Witness
    {
        std::string path;
        std::optional<Stamp> stamp; ///< Absent: it was not there.
    };
    struct Answer
    {
        ProjectPtr project;
        std::vector<Witness> witnesses;
    };

    [[nodiscard]] static Witness witness(std::string path);
    [[nodiscard]] static bool isStillTrue(const Answer &answer);
    [[nodiscard]] bool mayBeRoot(const std::string &directory) const;
    [[nodiscard]] std::vector<std::string> candidatesAbove(std::string directory) const;
    [[nodiscard]] Answer look(const std::string &directory);
    [[nodiscard]] ProjectPtr shared(Project project);

    std::vector<std::string> m_homes;
    std::unordered_map<std::string, Answer> m_answers; ///< by directory
    std::unordered_map<std::string, ProjectPtr> m_projects; ///< by root
};

} // namespace Quay
