// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <fcntl.h>

namespace Quay {

/// The limit that readFile() applies unless told otherwise: 1 MiB.
inline constexpr std::size_t DefaultReadLimitBytes = std::size_t{1} << 20U;

/**
 * Reads a whole file, relative to a directory.
 *
 * The size is not asked first: files under /proc report 0.
 *
 * Units:   @p limitBytes in bytes.
 * Errors:  as errorFromErrno(); Io with EFBIG when the file holds more than @p limitBytes (a cap is an error, not a
 *          truncation). The subject is @p path.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<std::string> readFileAt(int directoryFd, const std::string &path,
                                             std::size_t limitBytes = DefaultReadLimitBytes);

/// The same for a path on its own.
[[nodiscard]] inline Result<std::string> readFile(const std::string &path,
                                                  std::size_t limitBytes = DefaultReadLimitBytes)
{
    return readFileAt(AT_FDCWD, path, limitBytes);
}

/// The beginning of a file: what lies beyond @p limitBytes is left out. Errors: as errorFromErrno().
[[nodiscard]] Result<std::string> readFileStartAt(int directoryFd, const std::string &path, std::size_t limitBytes);

/**
 * Reads a small file with a single read, into memory of the caller: the result is a view of @p buffer.
 *
 * Only for files that the kernel writes in one piece (stat, loadavg, cmdline); tables may come in several.
 *
 * Errors:  as errorFromErrno(); Io with EFBIG when @p buffer is filled to its end.
 */
[[nodiscard]] Result<std::string_view> readOnceAt(int directoryFd, const std::string &path, std::span<char> buffer);
/// The same of a file that is open, from its beginning whatever was read of it before. @p path: for the error.
[[nodiscard]] Result<std::string_view> readOnce(int fd, const std::string &path, std::span<char> buffer);

/// Opens a directory for use as the base of the ...At() functions. Errors: as errorFromErrno().
[[nodiscard]] Result<UniqueFd> openDirectoryAt(int directoryFd, const std::string &path);

/// The target of a symbolic link, as raw bytes. Errors: as errorFromErrno(); Io with ENAMETOOLONG beyond PATH_MAX.
[[nodiscard]] Result<std::string> readLinkAt(int directoryFd, const std::string &path);

} // namespace Quay
