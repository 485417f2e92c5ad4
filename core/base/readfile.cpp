// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t FirstReadBytes = 2048; // one stat, cgroup or ordinary command line: no second buffer needed

} // namespace

Result<std::string> readFileAt(int directoryFd, const std::string &path, std::size_t limitBytes)
{
    const UniqueFd fd(::openat(directoryFd, path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!fd) {
        return failErrno(errno, path);
    }
    std::string text;
    std::size_t used = 0;
    text.resize(FirstReadBytes);
    for (;;) {
        if (used == text.size()) {
            text.resize(text.size() * 2);
        }
        const ssize_t count = ::read(fd.get(), text.data() + used, text.size() - used);
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            return failErrno(errno, path);
        }
        if (count == 0) {
            break;
        }
        used += static_cast<std::size_t>(count);
        if (used > limitBytes) {
            return failErrno(EFBIG, path);
        }
    }
    text.resize(used);
    return text;
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
