// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/smalldisk.h"

#include "tests/support/ownmounts.h"

#include <filesystem>
#include <string>
#include <utility>

#include <sys/mount.h>

namespace Quay::Test {

SmallDisk::SmallDisk(std::string directory, unsigned long flags, const std::string &options)
    : m_directory(std::move(directory))
{
    std::filesystem::create_directories(m_directory);
    m_isMounted =
        haveOwnMounts(m_directory) && ::mount("tmpfs", m_directory.c_str(), "tmpfs", flags, options.c_str()) == 0;
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
