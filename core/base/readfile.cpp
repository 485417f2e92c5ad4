// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t FirstReadBytes = 2048; // one stat, cgroup or ordinary command line: no second buffer needed

UniqueFd openForReading(int directoryFd, const std::string &path)
{
    return UniqueFd(::openat(directoryFd, path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
}

ssize_t readSome(int fd, std::span<char> buffer)
{
    ssize_t count = -1;
    do {
        count = ::read(fd, buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    return count;
}

/// One byte more than @p limitBytes when the file holds more.
Result<std::string> readPastLimit(int directoryFd, const std::string &path, std::size_t limitBytes)
{
    const UniqueFd fd = openForReading(directoryFd, path);
    if (!fd) {
        return failErrno(errno, path);
    }
    std::string text(std::min(FirstReadBytes, limitBytes + 1), '\0');
    std::size_t used = 0;
    while (used <= limitBytes) {
        if (used == text.size()) {
            text.resize(std::min(text.size() * 2, limitBytes + 1));
        }
        const ssize_t count = readSome(fd.get(), std::span(text).subspan(used));
        if (count < 0) {
            return failErrno(errno, path);
        }
        if (count == 0) {
            break;
        }
        used += static_cast<std::size_t>(count);
    }
    text.resize(used);
    return text;
}

} // namespace

Result<std::string> readFileAt(int directoryFd, const std::string &path, std::size_t limitBytes)
{
    auto text = readPastLimit(directoryFd, path, limitBytes);
    if (text && text->size() > limitBytes) {
        return failErrno(EFBIG, path);
    }
    return text;
}

Result<std::string> readFileStartAt(int directoryFd, const std::string &path, std::size_t limitBytes)
{
    auto text = readPastLimit(directoryFd, path, limitBytes);
    if (text && text->size() > limitBytes) {
        text->resize(limitBytes);
    }
    return text;
}

Result<std::string_view> readOnceAt(int directoryFd, const std::string &path, std::span<char> buffer)
{
    const UniqueFd fd = openForReading(directoryFd, path);
    if (!fd) {
        return failErrno(errno, path);
    }
    return readOnce(fd.get(), path, buffer);
}

Result<std::string_view> readOnce(int fd, const std::string &path, std::span<char> buffer)
{
    ssize_t count = -1;
    do {
        count = ::pread(fd, buffer.data(), buffer.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return failErrno(errno, path);
    }
    const auto size = static_cast<std::size_t>(count);
    if (size == buffer.size()) {
        return failErrno(EFBIG, path);
    }
    return std::string_view(buffer.data(), size);
}

Result<UniqueFd> openDirectoryAt(int directoryFd, const std::string &path)
{
    UniqueFd fd(::openat(directoryFd, path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) {
        return failErrno(errno, path);
    }
    return fd;
}

Result<std::string> readLinkAt(int directoryFd, const std::string &path)
{
    std::array<char, PATH_MAX + 1> buffer{};
    const ssize_t count = ::readlinkat(directoryFd, path.c_str(), buffer.data(), buffer.size());
    if (count < 0) {
        return failErrno(errno, path);
    }
    const auto size = static_cast<std::size_t>(count);
    if (size == buffer.size()) {
        return failErrno(ENAMETOOLONG, path);
    }
    return std::string(buffer.data(), size);
}

} // namespace Quay
