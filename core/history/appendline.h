// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Quay {

/// What a log that was full is called, beside the one in use: @p path with `.1`. There is one.
[[nodiscard]] std::string fullLogPath(const std::string &path);

/**
 * Appends a line to a file that several programs append to, for nobody but the user.
 *
 * The line is written at once, so that lines of several writers never mix (write(2) with O_APPEND). Missing directories
 * are made, 0700, and the file, 0600. Once it holds @p mostBytes it is renamed to fullLogPath(), in the place of the
 * one before, and a new one is begun; a line that another writer is about to write then lands in the renamed one. After
 * a line that was cut off (the disk was full) the next one begins in a line of its own.
 *
 * Nothing is waited for but the disk: who cannot have the lock leaves the renaming to the other.
 *
 * @p line: with its line break.
 * Errors:  as errorFromErrno(), with @p path as subject; Io with ENOSPC also when a part was written.
 * Threads: any; blocks for as long as the file system does.
 */
[[nodiscard]] Result<> appendLine(const std::string &path, std::string_view line, std::uint64_t mostBytes);

} // namespace Quay
