// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/pollset.h"
#include "core/kernel/inotify.h"
#include "core/servers/serverspec.h"
#include "core/servers/watchfilter.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

namespace Quay {

/// Why not all is watched that was asked for.
enum class WatchProblemKind : std::uint8_t
{
    CannotWatch, ///< `sysErrno`
    Missing, ///< It is not there; it is watched from when it is.
    TooManyDirectories, ///< More than FileWatch takes.
    TooManyWatches, ///< More than the kernel gives this user: fs.inotify.max_user_watches.
    TooManyInstances, ///< The same: fs.inotify.max_user_instances.
    RestartsForEver, ///< See FileRestart. `path`: the file.
};

struct WatchProblem
{
    WatchProblemKind kind = WatchProblemKind::CannotWatch;
    std::string path; ///< Raw bytes.
    int sysErrno = 0;

    bool operator==(const WatchProblem &) const = default;
};

/**
 * Tells that files have changed: of directories all that is below them, also what comes later; of a file also when an
 * editor puts another one in its place.
 *
 * Symbolic links are not followed below the paths of the rule. When the kernel has lost events, something counts as
 * changed.
 *
 * Threads: not shared. Looks into some hundred directories a step; never waits otherwise.
 */
class FileWatch
{
public:
    static constexpr std::size_t MostDirectories = 10'000;

    explicit FileWatch(WatchRule rule, std::size_t mostDirectories = MostDirectories);

    /// Begins to watch, unless it does or there is nothing to watch.
    void begin();
    /// Nothing is watched any more, and what has changed is forgotten.
    void end();
    [[nodiscard]] bool isWatching() const noexcept { return m_inotify.has_value(); }

    [[nodiscard]] std::optional<pollfd> awaited() const;
    /// When proceed() is to be called without an event; CLOCK_MONOTONIC.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const;
    void proceed(std::chrono::nanoseconds now, const PollSet &set);

    /// When what has changed is to be acted upon, for nothing more seems to come. Nothing: nothing has changed.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> changeDue() const;
    /// When the first of them was seen.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> firstChangeAt() const noexcept { return m_firstChangeAt; }
    /// One of the files that have changed.
    [[nodiscard]] const std::string &changedFile() const noexcept { return m_changedFile; }
    void forgetChanges();

    /// Those that were met since the last call, each once.
    [[nodiscard]] std::vector<WatchProblem> takeProblems();

private:
    /// What a watched directory is watched for.
    struct Use
    {
        std::size_t root = 0; ///< Index in WatchRule::paths.
        std::string directory;
        std::string name; ///< Only what is called so: a file that is watched, or the way to one that is not there.
    };
    struct Scan
    {
        std::size_t root = 0;
        std::string directory;
        bool isNew = false; ///< What is in it was not there before.
    };

    void lookAtRoot(std::size_t root, bool isNew);
    void watchName(std::size_t root, const std::string &path);
    [[nodiscard]] bool watch(const Use &use);
    void scan(const Scan &scan);
    void take(const FileEvent &event);
    void takeInDirectory(const Use &use, const FileEvent &event);
    void takeOverflow();
    void forgetBelow(const std::string &directory);
    void change(const std::string &file);
    void report(WatchProblemKind kind, const std::string &path, int sysErrno = 0);
    [[nodiscard]] std::string relativeToRoot(std::size_t root, const std::string &path) const;

    WatchRule m_rule;
    WatchFilter m_filter;
    std::size_t m_mostDirectories;
    std::optional<Inotify> m_inotify;
    std::map<int, std::vector<Use>> m_uses; ///< By the kernel's number of the directory.
    std::deque<Scan> m_scans; ///< Still to be done.
    bool m_hasOverflowed = false;
    bool m_hasNewChange = false;
    std::string m_changedFile;
    std::optional<std::chrono::nanoseconds> m_firstChangeAt;
    std::chrono::nanoseconds m_lastChangeAt{};
    std::vector<WatchProblem> m_problems;
    std::vector<WatchProblem> m_toldProblems;
};

} // namespace Quay
