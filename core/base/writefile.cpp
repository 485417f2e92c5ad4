// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/writefile.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr mode_t FileMode = 0600;

Result<> writeUnfinished(const std::string &unfinished, std::string_view bytes, const std::string &path,
                         Survives survives)
{
    const UniqueFd fd(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, FileMode));
    if (!fd) {
        return failErrno(errno, path);
    }
    const auto written = writeAll(fd.get(), bytes, path);
    if (written && survives == Survives::Machine && ::fsync(fd.get()) != 0) {
        return failErrno(errno, path);
    }
    return written;
}

} // namespace

Result<> writeAll(int fd, std::string_view bytes, const std::string &subject)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return failErrno(errno, subject);
        }
        bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    return {};
}

Result<> replaceFile(const std::string &path, std::string_view bytes, Survives survives)
{
    const std::string unfinished = path + ".new";
    auto written = writeUnfinished(unfinished, bytes, path, survives);
    if (written && ::rename(unfinished.c_str(), path.c_str()) != 0) {
        written = failErrno(errno, path);
    }
    if (!written) {
        ::unlink(unfinished.c_str());
    }
    return written;
}

} // namespace Quay
