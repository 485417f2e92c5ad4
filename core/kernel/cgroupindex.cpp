// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/cgroupindex.h"

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/directory.h"
#include "core/kernel/mountinfo.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace Quay {

namespace {

constexpr auto MissingFor = std::chrono::minutes(1);
constexpr std::size_t MaximumCgroups = 65536; // ten times what a full Kubernetes node has

/// Most cgroups have none, and to list one that has sixty files costs ten times as much. Each child has a link to its
/// parent; a file system that does not count those says 1.
bool mayHaveChildren(int parent, const char *name)
{
    constexpr nlink_t LinksOfALeaf = 2;
    struct stat status{};
    return ::fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0 || status.st_nlink != LinksOfALeaf;
}

std::string below(const std::string &parent, std::string_view name)
{
    std::string path = parent == "/" ? std::string() : parent;
    path += '/';
    path += name;
    return path;
}

} // namespace

CgroupIndex::CgroupIndex(std::optional<std::string> mount, const Clock &clock)
    : m_mount(std::move(mount))
    , m_clock(clock)
    , m_missingSince(clock.monotonic())
{
}

void CgroupIndex::refresh()
{
    m_mayWalk = true;
    const auto now = m_clock.monotonic();
    if (now - m_missingSince >= MissingFor) {
        m_missing.clear();
        m_missingSince = now;
    }
}

std::optional<std::string> CgroupIndex::path(std::uint64_t id)
{
    auto found = m_paths.find(id);
    if (found == m_paths.end() && !m_missing.contains(id)) {
        m_wanted.insert(id);
        if (m_mayWalk) {
            walk();
            found = m_paths.find(id);
        }
    }
    return found == m_paths.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<pid_t>> CgroupIndex::processes(std::uint64_t id)
{
    const auto cgroup = path(id);
    if (!m_mount || !cgroup) {
        return fail(ErrorCode::Gone, "cgroup " + std::to_string(id));
    }
    return readFile(*m_mount + below(*cgroup, "cgroup.procs")).and_then(parseCgroupProcs);
}

void CgroupIndex::walk()
{
    m_mayWalk = false;
    m_paths.clear();
    readTree();
    // Who was asked for before this walk and is not in it is nowhere. Later ones may be newer than it.
    std::erase_if(m_wanted, [this](std::uint64_t id) { return m_paths.contains(id); });
    m_missing.merge(m_wanted);
    m_wanted.clear();
}

void CgroupIndex::readTree()
{
    struct stat root{};
    if (!m_mount || ::stat(m_mount->c_str(), &root) != 0) {
        return;
    }
    m_paths.emplace(root.st_ino, "/");
    std::vector<std::string> pending{"/"};
    while (!pending.empty()) {
        const std::string parent = std::move(pending.back());
        pending.pop_back();
        const auto directory = openDirectoryAt(AT_FDCWD, *m_mount + parent);
        if (!directory) {
            continue; // removed meanwhile
        }
        DirectoryReader reader(directory->get(), parent);
        for (auto entry = reader.next(); entry && *entry; entry = reader.next()) {
            if ((*entry)->isDirectory && m_paths.size() < MaximumCgroups) {
                std::string child = below(parent, (*entry)->name);
                m_paths.emplace((*entry)->inode, child);
                if (mayHaveChildren(directory->get(), (*entry)->name)) {
                    pending.push_back(std::move(child));
                }
            }
        }
    }
}

std::optional<std::string> findCgroup2Mount(std::string_view mountinfo)
{
    std::optional<std::string> partial;
    for (auto &mount : parseMountinfo(mountinfo)) {
        if (mount.type != "cgroup2") {
            continue;
        }
        if (mount.root == "/") {
            return std::move(mount.point);
        }
        if (!partial) {
            partial = std::move(mount.point); // a container that was given only its own part
        }
    }
    return partial;
}

Result<std::vector<pid_t>> parseCgroupProcs(std::string_view text)
{
    std::vector<pid_t> pids;
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        const auto line = cursor.takeLine();
        const auto pid = numberFromText<pid_t>(line);
        if (!pid || *pid < 0) {
            return fail(ErrorCode::Malformed, std::string(line));
        }
        if (*pid > 0) {
            pids.push_back(*pid);
        }
    }
    return pids;
}

} // namespace Quay
