// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/directory.h"

#include "core/base/result.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <dirent.h>
#include <sys/types.h>

namespace Quay {

DirectoryReader::DirectoryReader(int fd, std::string subject) noexcept
    : m_fd(fd)
    , m_subject(std::move(subject))
{
}

Result<const DirectoryEntry *> DirectoryReader::next()
{
    for (;;) {
        if (m_position == m_filled) {
            const ssize_t count = ::getdents64(m_fd, m_buffer.data(), m_buffer.size());
            if (count < 0) {
                return failErrno(errno, m_subject);
            }
            if (count == 0) {
                return nullptr;
            }
            m_position = 0;
            m_filled = static_cast<std::size_t>(count);
        }
        const char *const record = m_buffer.data() + m_position;
        decltype(dirent64::d_reclen) length = 0;
        decltype(dirent64::d_ino) inode = 0;
        std::memcpy(&length, record + offsetof(dirent64, d_reclen), sizeof length);
        std::memcpy(&inode, record + offsetof(dirent64, d_ino), sizeof inode);
        const auto type = static_cast<unsigned char>(record[offsetof(dirent64, d_type)]);
        const char *const name = record + offsetof(dirent64, d_name);
        m_position += length;
        if (const std::string_view view(name); view != "." && view != "..") {
            m_entry = {.name = name, .inode = inode, .isDirectory = type == DT_DIR};
            return &m_entry;
        }
    }
}

} // namespace Quay
