// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/filelock.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/types.h>

namespace Quay {

namespace {

Result<UniqueFd> openLock(const std::string &path)
{
    constexpr mode_t FileMode = 0600;
    UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, FileMode));
    if (!fd) {
        return failErrno(errno, path);
    }
    return fd;
}

} // namespace

FileLock::FileLock(UniqueFd fd) noexcept
    : m_fd(std::move(fd))
{
}

Result<std::optional<FileLock>> FileLock::take(const std::string &path)
{
    auto fd = openLock(path);
    if (!fd) {
        return std::unexpected(fd.error());
    }
    if (::flock(fd->get(), LOCK_EX | LOCK_NB) == 0) {
        return FileLock(*std::move(fd));
    }
    if (errno == EWOULDBLOCK) {
        return std::nullopt;
    }
    return failErrno(errno, path);
}

Result<FileLock> FileLock::await(const std::string &path)
{
    auto fd = openLock(path);
    if (!fd) {
        return std::unexpected(fd.error());
    }
    while (::flock(fd->get(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            return failErrno(errno, path);
        }
    }
    return FileLock(*std::move(fd));
}

} // namespace Quay
