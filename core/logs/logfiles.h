// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/logs/logplace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

/// One of the files that the log of a server consists of.
struct LogFilePart
{
    UniqueFd fd;
    std::uint64_t inode = 0;
    std::uint64_t bytes = 0; ///< When it was opened.
};

/// Nothing when there is none, or it cannot be read. Threads: any; blocks.
[[nodiscard]] std::optional<LogFilePart> openLogFile(const std::string &path);

/**
 * All files of a log, the oldest first: `log.2`, `log.1`, `log`. None is missing or there twice, though files are put
 * aside while this looks.
 *
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] std::vector<LogFilePart> openLogFiles(const std::string &path);

/// What @p fd begins with, as LogPlace::head has it.
[[nodiscard]] std::string headOf(int fd);

/// Which of @p files the place is in. Nothing: it was removed since, or overwritten.
[[nodiscard]] std::optional<std::size_t> findPlace(std::span<const LogFilePart> files, const LogPlace &place);

/// Reads into @p buffer from @p offset on, as much as there is. Empty at the end, and when it cannot be read.
[[nodiscard]] std::string_view readAt(int fd, std::uint64_t offset, std::span<char> buffer);

} // namespace Quay
