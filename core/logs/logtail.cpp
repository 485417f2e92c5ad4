// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logtail.h"

#include "core/base/uniquefd.h"
#include "core/supervise/criline.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t ChunkBytes = std::size_t{256} << 10U;
constexpr int MostFiles = 1'000; // put aside; nobody keeps as many

std::optional<std::uint64_t> inodeOf(const std::string &path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? std::optional<std::uint64_t>(status.st_ino) : std::nullopt;
}

} // namespace

LogTail::LogTail(std::string path)
    : m_path(std::move(path))
{
}

bool LogTail::open(const std::string &path)
{
    UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    struct stat status{};
    if (!file || ::fstat(file.get(), &status) != 0) {
        return false;
    }
    m_file = std::move(file);
    m_inode = status.st_ino;
    m_offset = 0;
    m_begun.clear(); // files are changed between two lines: what is there was cut off
    return true;
}

void LogTail::skipToEnd()
{
    struct stat status{};
    if (open(m_path) && ::fstat(m_file.get(), &status) == 0) {
        m_offset = static_cast<std::size_t>(status.st_size);
    }
}

/// A file keeps its inode when it is put aside, and the next newer one has the number before.
bool LogTail::openNext()
{
    const auto current = inodeOf(m_path);
    if (!m_file) {
        return current && open(m_path);
    }
    if (!current || *current == m_inode) {
        return false; // or it is being put aside at this instant
    }
    std::string newer = m_path;
    for (int number = 1; number < MostFiles; ++number) {
        const std::string older = m_path + '.' + std::to_string(number);
        const auto inode = inodeOf(older);
        if (!inode) {
            break;
        }
        if (*inode == m_inode) {
            return open(newer);
        }
        newer = older;
    }
    ++m_gaps;
    return open(newer); // the oldest that there is
}

std::vector<OutputLine> LogTail::read()
{
    std::vector<OutputLine> lines;
    std::string chunk(ChunkBytes, '\0');
    std::size_t taken = 0;
    m_hasMore = false;
    if (!m_file && !openNext()) {
        return lines;
    }
    for (;;) {
        const ssize_t count = ::pread(m_file.get(), chunk.data(), chunk.size(), static_cast<off_t>(m_offset));
        if (count > 0) {
            m_offset += static_cast<std::size_t>(count);
            taken += static_cast<std::size_t>(count);
            take(std::string_view(chunk).substr(0, static_cast<std::size_t>(count)), lines);
        } else if (!openNext()) {
            return lines;
        }
        if (taken >= MostReadBytes) {
            m_hasMore = true;
            return lines;
        }
    }
}

void LogTail::take(std::string_view bytes, std::vector<OutputLine> &lines)
{
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        m_begun += bytes.substr(0, end);
        if (end == std::string_view::npos) {
            return;
        }
        bytes.remove_prefix(end + 1);
        if (const auto line = criLineFrom(m_begun)) { // else it was torn
            if (auto whole = m_joiner.add(*line)) {
                lines.push_back(*std::move(whole));
            }
        }
        m_begun.clear();
    }
}

} // namespace Quay
