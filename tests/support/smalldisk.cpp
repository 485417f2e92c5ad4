// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smalldisk.h"

#include <filesystem>
#include <string>
#include <utility>

#include <sched.h>
#include <sys/mount.h>

namespace Quay::Test {

namespace {

/// What is mounted below it stays in our namespace: of whatever mount the directory is in.
bool keepToOurselves(const std::filesystem::path &directory)
{
    for (auto path = directory;; path = path.parent_path()) {
        if (::mount(nullptr, path.c_str(), nullptr, MS_PRIVATE, nullptr) == 0) {
            return true;
        }
        if (path == path.root_path()) {
            return false;
        }
    }
}

} // namespace

SmallDisk::SmallDisk(std::string directory, unsigned long flags, const std::string &options)
    : m_directory(std::move(directory))
{
    std::filesystem::create_directories(m_directory);
    m_isMounted = ::unshare(CLONE_NEWNS) == 0 && keepToOurselves(m_directory)
        && ::mount("tmpfs", m_directory.c_str(), "tmpfs", flags, options.c_str()) == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted) {
        ::umount2(m_directory.c_str(), MNT_DETACH);
    }
}

bool SmallDisk::grow(const std::string &options) const
{
    return ::mount(nullptr, m_directory.c_str(), nullptr, MS_REMOUNT, options.c_str()) == 0;
}

} // namespace Quay::Test
