// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/remotemounts.h"

#include "core/base/readfile.h"
#include "core/kernel/mountinfo.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>

namespace Quay {

namespace {

/// The kernel has no mark for them.
constexpr std::array<std::string_view, 20> RemoteTypes{
    "9p",     "afs",   "autofs", "beegfs", "ceph",  "cifs",  "coda", "fuse",  "fuseblk",  "gfs2",
    "lustre", "ncpfs", "nfs",    "nfs4",   "ocfs2", "pvfs2", "smb3", "smbfs", "virtiofs", "vboxsf"};

bool isRemote(std::string_view type)
{
    return std::ranges::contains(RemoteTypes, type) || type.starts_with("fuse.");
}

std::string withSlash(std::string_view path)
{
    std::string directory(path);
    if (!directory.ends_with('/')) {
        directory += '/';
    }
    return directory;
}

} // namespace

RemoteMounts::RemoteMounts(std::string mountinfoPath)
    : m_path(std::move(mountinfoPath))
    , m_file(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC))
{
    read();
}

std::optional<int> RemoteMounts::above(std::string_view path)
{
    if (isOutdated()) {
        read();
    }
    const std::string directory = withSlash(path);
    const Mount *nearest = nullptr;
    for (const auto &mount : m_mounts) { // of two at one place, the later one is seen
        if (directory.starts_with(mount.point) && (nearest == nullptr || mount.point.size() >= nearest->point.size())) {
            nearest = &mount;
        }
    }
    return nearest != nullptr ? std::optional(nearest->id) : std::nullopt;
}

/// Says so once for each change.
bool RemoteMounts::isOutdated() const
{
    pollfd changes{.fd = m_file.get(), .events = POLLPRI, .revents = 0};
    return m_file && ::poll(&changes, 1, 0) > 0 && (changes.revents & POLLPRI) != 0;
}

void RemoteMounts::read()
{
    m_mounts.clear();
    if (const auto text = readFile(m_path)) {
        for (auto &mount : parseMountinfo(*text)) {
            if (isRemote(mount.type)) {
                mount.point = withSlash(mount.point);
                m_mounts.push_back(std::move(mount));
            }
        }
    }
}

} // namespace Quay
