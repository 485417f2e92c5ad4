// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/memoryfile.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/base/writefile.h"

#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr const char *Name = "quaymaster";

} // namespace

Result<UniqueFd> makeMemoryFile(std::string_view bytes)
{
    UniqueFd fd(::memfd_create(Name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd) {
        return failErrno(errno, Name);
    }
    if (const auto written = writeAll(fd.get(), bytes, Name); !written) {
        return std::unexpected(written.error());
    }
    if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
        return failErrno(errno, Name);
    }
    return fd;
}

Result<std::string> readMemoryFile(int fd, std::size_t limitBytes)
{
    struct stat status = {};
    if (::fstat(fd, &status) != 0) {
        return failErrno(errno, Name);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::Invalid, Name);
    }
    if (std::cmp_greater(status.st_size, limitBytes)) {
        return failErrno(EFBIG, Name);
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t used = 0;
    while (used < bytes.size()) {
        const ssize_t count = ::pread(fd, bytes.data() + used, bytes.size() - used, static_cast<off_t>(used));
        if (count < 0 && errno != EINTR) {
            return failErrno(errno, Name);
        }
        if (count == 0) {
            break; // it was made shorter meanwhile: not by us
        }
        used += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    bytes.resize(used);
    return bytes;
}

} // namespace Quay
