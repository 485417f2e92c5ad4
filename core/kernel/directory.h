// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace Quay {

/// One name in a directory.
struct DirectoryEntry
{
    const char *name = nullptr;
    std::uint64_t inode = 0;
    bool isDirectory = false; ///< Also false where the file system does not tell.
};

/**
 * Lists an open directory without an allocation per name; `.` and `..` are left out.
 *
 * Source:  getdents64(2). readdir(3) would allocate a stream per directory, and there is one per process.
 * Threads: not shared. 32 KiB large: keep it on the stack, not in containers.
 */
class DirectoryReader
{
public:
    /// @p fd: stays the caller's. @p subject: for errors.
    DirectoryReader(int fd, std::string subject) noexcept;

    /// The next entry, valid until the next call; null at the end. Errors: as errorFromErrno(); Gone when what it lists
    /// has ended.
    [[nodiscard]] Result<const DirectoryEntry *> next();

private:
    int m_fd;
    std::string m_subject;
    std::size_t m_position = 0;
    std::size_t m_filled = 0;
    DirectoryEntry m_entry;
    std::array<char, std::size_t{32} << 10U> m_buffer; // not zeroed: the kernel fills what is read
};

} // namespace Quay
