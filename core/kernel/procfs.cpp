// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procfs.h"

#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <utility>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace Quay {

namespace {

/// A /proc of another pid namespace has another number for us, or none.
bool knowsUsByOurPid(int directory)
{
    const auto self = readLinkAt(directory, "self");
    return self && *self == std::to_string(::getpid());
}

} // namespace

ProcFs::ProcFs(UniqueFd directory, std::string path, bool isKernels)
    : m_directory(std::move(directory))
    , m_path(std::move(path))
    , m_isKernels(isKernels)
{
}

Result<ProcFs> ProcFs::open(std::string path)
{
    auto directory = openDirectoryAt(AT_FDCWD, path);
    if (!directory) {
        return std::unexpected(std::move(directory).error());
    }
    struct statfs system{};
    const bool isKernels = ::fstatfs(directory->get(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
    if (path == SystemPath && !(isKernels && knowsUsByOurPid(directory->get()))) {
        return fail(ErrorCode::Unsupported, std::move(path));
    }
    return ProcFs(*std::move(directory), std::move(path), isKernels);
}

std::string pidPath(pid_t pid, const char *name)
{
    std::array<char, std::numeric_limits<pid_t>::digits10 + 2> digits{}; // and a sign
    const auto written = std::to_chars(digits.begin(), digits.end(), pid);
    std::string path(digits.begin(), written.ptr); // the usual names fit into the string itself: no allocation
    path += '/';
    path += name;
    return path;
}

} // namespace Quay
