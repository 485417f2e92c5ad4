// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/appendline.h"

#include "core/base/makedirectories.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr mode_t FileMode = 0600;
constexpr int MostRotations = 8; // others fill it as fast as it is emptied: then it may grow a little

/// An open log and what it was like when it was opened.
struct OpenLog
{
    UniqueFd fd;
    struct stat status = {};
};

Result<OpenLog> openLog(const std::string &path)
{
    constexpr int Flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;
    OpenLog log{.fd = UniqueFd(::open(path.c_str(), Flags, FileMode))};
    if (!log.fd && errno == ENOENT) {
        if (const auto made = makeDirectoriesOf(path); !made) {
            return std::unexpected(made.error());
        }
        log.fd = UniqueFd(::open(path.c_str(), Flags, FileMode));
    }
    if (!log.fd || ::fstat(log.fd.get(), &log.status) != 0) {
        return failErrno(errno, path);
    }
    return log;
}

/// Moves a full log away. False: it stays in use, because another writer is about to do the same.
Result<bool> rotate(const OpenLog &log, const std::string &path)
{
    if (::flock(log.fd.get(), LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK ? Result<bool>(false) : failErrno(errno, path);
    }
    struct stat now = {};
    const bool isInUse = ::stat(path.c_str(), &now) == 0 && now.st_ino == log.status.st_ino
        && now.st_dev == log.status.st_dev; // else another writer was quicker
    if (isInUse && ::rename(path.c_str(), fullLogPath(path).c_str()) != 0) {
        return failErrno(errno, path);
    }
    return true;
}

bool endsInTheMiddleOfALine(const OpenLog &log)
{
    char last = '\n';
    const bool isRead = log.status.st_size > 0 && ::pread(log.fd.get(), &last, 1, log.status.st_size - 1) == 1;
    return isRead && last != '\n';
}

} // namespace

std::string fullLogPath(const std::string &path)
{
    return path + ".1";
}

Result<> appendLine(const std::string &path, std::string_view line, std::uint64_t mostBytes)
{
    auto log = openLog(path);
    for (int tries = 0; log && tries < MostRotations; ++tries) {
        const bool isFull = S_ISREG(log->status.st_mode) && std::cmp_greater_equal(log->status.st_size, mostBytes);
        if (!isFull) {
            break;
        }
        const auto rotated = rotate(*log, path);
        if (!rotated) {
            return std::unexpected(rotated.error());
        }
        if (!*rotated) {
            break;
        }
        log = openLog(path);
    }
    if (!log) {
        return std::unexpected(log.error());
    }
    const std::string text = (endsInTheMiddleOfALine(*log) ? "\n" : "") + std::string(line);
    ssize_t written = -1;
    do {
        written = ::write(log->fd.get(), text.data(), text.size());
    } while (written < 0 && errno == EINTR);
    if (written < 0) {
        return failErrno(errno, path);
    }
    return std::cmp_equal(written, text.size()) ? Result<>() : failErrno(ENOSPC, path);
}

} // namespace Quay
