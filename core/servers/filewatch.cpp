// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/filewatch.h"

#include "core/base/pollset.h"
#include "core/base/readfile.h"
#include "core/kernel/directory.h"
#include "core/kernel/inotify.h"
#include "core/servers/serverspec.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

namespace Quay {

namespace {

constexpr int ScansAStep = 200;
constexpr int MostWaits = 10; // of the debounce time, when changes do not cease

bool isDirectory(const std::string &path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool isThere(const std::string &path)
{
    struct stat status{};
    return ::lstat(path.c_str(), &status) == 0;
}

bool isBelow(std::string_view path, std::string_view directory)
{
    return path.starts_with(directory)
        && (path.size() == directory.size() || path[directory.size()] == '/' || directory.ends_with('/'));
}

std::string below(const std::string &directory, std::string_view name)
{
    return directory + (directory.ends_with('/') ? "" : "/") + std::string(name);
}

} // namespace

FileWatch::FileWatch(WatchRule rule, std::size_t mostDirectories)
    : m_rule(std::move(rule))
    , m_filter(m_rule)
    , m_mostDirectories(mostDirectories)
{
    for (auto &path : m_rule.paths) {
        while (path.size() > 1 && path.ends_with('/')) {
            path.pop_back();
        }
    }
}

void FileWatch::begin()
{
    if (m_inotify || m_rule.paths.empty()) {
        return;
    }
    auto inotify = Inotify::open();
    if (!inotify) {
        const bool isLimit = inotify.error().sysErrno == EMFILE;
        report(isLimit ? WatchProblemKind::TooManyInstances : WatchProblemKind::CannotWatch, m_rule.paths.front(),
               inotify.error().sysErrno);
        return;
    }
    m_inotify = *std::move(inotify);
    for (std::size_t root = 0; root < m_rule.paths.size(); ++root) {
        lookAtRoot(root, false);
    }
}

void FileWatch::end()
{
    m_inotify.reset();
    m_uses.clear();
    m_scans.clear();
    forgetChanges();
}

void FileWatch::forgetChanges()
{
    m_changedFile.clear();
    m_firstChangeAt.reset();
    m_hasNewChange = false;
}

void FileWatch::lookAtRoot(std::size_t root, bool isNew)
{
    const std::string &path = m_rule.paths[root];
    if (isDirectory(path)) {
        m_scans.push_back({.root = root, .directory = path, .isNew = isNew});
    } else if (!isThere(path)) {
        report(WatchProblemKind::Missing, path);
    }
    watchName(root, path); // also of a directory: it may be removed, and made again
    if (isNew && isThere(path)) {
        change(path);
    }
}

/// In the nearest directory above @p path that there is.
void FileWatch::watchName(std::size_t root, const std::string &path)
{
    std::string directory = path;
    for (auto slash = path.rfind('/'); directory.size() > 1 && slash != std::string::npos;
         slash = directory.rfind('/')) {
        const std::string name = directory.substr(slash + 1);
        directory.resize(std::max<std::size_t>(slash, 1));
        if (isDirectory(directory)) {
            (void)watch({.root = root, .directory = directory, .name = name});
            return;
        }
    }
}

bool FileWatch::watch(const Use &use)
{
    if (m_uses.size() >= m_mostDirectories) {
        report(WatchProblemKind::TooManyDirectories, m_rule.paths[use.root]);
        m_scans.clear();
        return false;
    }
    const auto number = m_inotify->watchDirectory(use.directory, WriteNotice::WhenClosed);
    if (!number) {
        const auto &error = number.error();
        if (error.sysErrno == ENOSPC) {
            report(WatchProblemKind::TooManyWatches, m_rule.paths[use.root]);
            m_scans.clear();
        } else if (error.code != ErrorCode::Gone && error.sysErrno != ENOTDIR) {
            report(WatchProblemKind::CannotWatch, use.directory, error.sysErrno);
        }
        return false;
    }
    auto &uses = m_uses[*number];
    const auto isSame = [&use](const Use &known) { return known.root == use.root && known.name == use.name; };
    std::erase_if(uses, isSame); // it may have another name by now
    uses.push_back(use);
    return true;
}

/// Watched first, and then read: what comes in between is told or read, or both.
void FileWatch::scan(const Scan &scan)
{
    if (!watch({.root = scan.root, .directory = scan.directory, .name = {}})) {
        return;
    }
    const auto directory = openDirectoryAt(AT_FDCWD, scan.directory);
    if (!directory) {
        return; // gone again, or not ours to read: then nothing below it can be watched either
    }
    DirectoryReader reader(directory->get(), scan.directory);
    for (;;) {
        const auto entry = reader.next();
        if (!entry || *entry == nullptr) {
            return;
        }
        const std::string path = below(scan.directory, (*entry)->name);
        const std::string relative = relativeToRoot(scan.root, path);
        if ((*entry)->isDirectory && m_filter.mayContain(relative)) {
            m_scans.push_back({.root = scan.root, .directory = path, .isNew = scan.isNew});
        } else if (!(*entry)->isDirectory && scan.isNew && m_filter.isMeant(relative)) {
            change(path);
        }
    }
}

std::optional<pollfd> FileWatch::awaited() const
{
    return m_inotify ? std::optional(m_inotify->awaited()) : std::nullopt;
}

std::optional<std::chrono::nanoseconds> FileWatch::due() const
{
    return m_scans.empty() ? std::nullopt : std::optional(std::chrono::nanoseconds(0));
}

void FileWatch::proceed(std::chrono::nanoseconds now, const PollSet &set)
{
    if (!m_inotify) {
        return;
    }
    if (set.hasCome(m_inotify->awaited().fd)) {
        const auto events = m_inotify->take();
        for (const auto &event : events.value_or(std::vector<FileEvent>())) {
            take(event);
        }
        if (!events || std::exchange(m_hasOverflowed, false)) {
            takeOverflow();
        }
    }
    for (int count = 0; count < ScansAStep && !m_scans.empty(); ++count) {
        const Scan next = m_scans.front();
        m_scans.pop_front();
        scan(next);
    }
    if (std::exchange(m_hasNewChange, false)) {
        m_firstChangeAt = m_firstChangeAt.value_or(now);
        m_lastChangeAt = now;
    }
}

void FileWatch::take(const FileEvent &event)
{
    m_hasOverflowed = m_hasOverflowed || event.hasOverflowed;
    const auto found = m_uses.find(event.watch);
    if (found == m_uses.end()) {
        return;
    }
    const auto uses = found->second; // they change
    if (event.hasEnded) {
        m_uses.erase(found);
    }
    for (const auto &use : uses) {
        if (use.name.empty()) {
            takeInDirectory(use, event);
        } else if (event.name == use.name || event.name.empty()) {
            const bool wasWay = below(use.directory, use.name) != m_rule.paths[use.root];
            const bool isOurs = !wasWay && !event.name.empty();
            if (isOurs && !event.isDirectory && !isDirectory(m_rule.paths[use.root])) {
                change(m_rule.paths[use.root]);
            }
            if (event.hasAppeared || event.hasGone) { // its place, or the way there, is another one
                lookAtRoot(use.root, event.hasAppeared && event.isDirectory);
            }
        }
    }
}

void FileWatch::takeInDirectory(const Use &use, const FileEvent &event)
{
    if (event.name.empty()) {
        return; // the directory itself: whoever watches the one above it is told too
    }
    const std::string path = below(use.directory, event.name);
    const std::string relative = relativeToRoot(use.root, path);
    if (!event.isDirectory) {
        if (m_filter.isMeant(relative)) {
            change(path);
        }
    } else if (m_filter.mayContain(relative)) {
        forgetBelow(path);
        if (event.hasAppeared) {
            m_scans.push_back({.root = use.root, .directory = path, .isNew = true});
        } else if (event.hasGone) {
            change(path);
        }
    }
}

/// Whatever it was: everything is looked at again, and something has changed.
void FileWatch::takeOverflow()
{
    const auto firstChangeAt = m_firstChangeAt;
    end();
    begin();
    m_firstChangeAt = firstChangeAt;
    change(m_rule.paths.front());
}

/// A directory that was moved away tells its changes on, under a name that is not its own any more.
void FileWatch::forgetBelow(const std::string &directory)
{
    for (auto entry = m_uses.begin(); entry != m_uses.end();) {
        std::erase_if(entry->second,
                      [&directory](const Use &use) { return use.name.empty() && isBelow(use.directory, directory); });
        if (entry->second.empty()) {
            m_inotify->forget(entry->first);
            entry = m_uses.erase(entry);
        } else {
            ++entry;
        }
    }
}

void FileWatch::change(const std::string &file)
{
    m_hasNewChange = true;
    m_changedFile = file;
}

std::optional<std::chrono::nanoseconds> FileWatch::changeDue() const
{
    if (!m_firstChangeAt) {
        return std::nullopt;
    }
    return std::min<std::chrono::nanoseconds>(m_lastChangeAt + m_rule.debounce,
                                              *m_firstChangeAt + MostWaits * m_rule.debounce);
}

void FileWatch::report(WatchProblemKind kind, const std::string &path, int sysErrno)
{
    const WatchProblem problem{.kind = kind, .path = path, .sysErrno = sysErrno};
    constexpr std::size_t Most = 20; // a directory that cannot be read seldom comes alone
    if (m_toldProblems.size() < Most && !std::ranges::contains(m_toldProblems, problem)) {
        m_toldProblems.push_back(problem);
        m_problems.push_back(problem);
    }
}

std::vector<WatchProblem> FileWatch::takeProblems()
{
    return std::exchange(m_problems, {});
}

std::string FileWatch::relativeToRoot(std::size_t root, const std::string &path) const
{
    const std::string &top = m_rule.paths[root];
    return isBelow(path, top) && path.size() > top.size() ? path.substr(top.size() + (top.ends_with('/') ? 0 : 1))
                                                          : path;
}

} // namespace Quay
