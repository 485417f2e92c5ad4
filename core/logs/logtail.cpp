// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logtail.h"

#include "core/logs/logfiles.h"
#include "core/logs/logplace.h"
#include "core/supervise/criline.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr std::size_t ChunkBytes = std::size_t{256} << 10U;
constexpr int MostFiles = 1'000; // put aside; nobody keeps as many
constexpr std::size_t MostRawLineBytes = 4 * MostPieceBytes; // who writes longer ones is not a supervisor

std::optional<std::uint64_t> inodeOf(const std::string &path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? std::optional<std::uint64_t>(status.st_ino) : std::nullopt;
}

} // namespace

LogTail::LogTail(std::string path, std::size_t mostLineBytes)
    : m_path(std::move(path))
    , m_joiner(mostLineBytes)
{
}

void LogTail::take(LogFilePart &&file)
{
    m_file = std::move(file.fd);
    m_inode = file.inode;
    m_offset = 0;
    m_lineOffset = 0;
    m_begun.clear(); // files are changed between two lines: what is there was cut off
}

bool LogTail::open(const std::string &path)
{
    auto file = openLogFile(path);
    if (!file) {
        return false;
    }
    take(*std::move(file));
    return true;
}

void LogTail::skipToEnd()
{
    if (auto file = openLogFile(m_path)) {
        const auto bytes = file->bytes;
        take(*std::move(file));
        m_offset = bytes;
        m_lineOffset = bytes;
    }
}

void LogTail::goToBegin()
{
    auto files = openLogFiles(m_path);
    if (!files.empty()) {
        take(std::move(files.front()));
    }
}

bool LogTail::goTo(const LogPlace &place)
{
    auto files = openLogFiles(m_path);
    const auto index = findPlace(files, place);
    if (!index) {
        ++m_gaps;
        if (!files.empty()) {
            take(std::move(files.front()));
        }
        return false;
    }
    take(std::move(files[*index]));
    m_offset = place.offset;
    m_lineOffset = place.offset;
    m_joiner.goOnWith(place.begun);
    return true;
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

/// Somebody has emptied the file: what is written from then on begins where it did.
bool LogTail::wasCutOff()
{
    struct stat status{};
    if (::fstat(m_file.get(), &status) != 0 || static_cast<std::uint64_t>(status.st_size) >= m_offset) {
        return false;
    }
    ++m_gaps;
    m_offset = 0;
    m_lineOffset = 0;
    m_begun.clear();
    return true;
}

/// Of this file; 0 when the end is behind us.
std::size_t LogTail::bytesToEnd() const
{
    if (!m_end || m_end->inode != m_inode) {
        return ChunkBytes;
    }
    return m_end->offset > m_offset ? std::min<std::size_t>(m_end->offset - m_offset, ChunkBytes) : 0;
}

std::vector<OutputLine> LogTail::read()
{
    std::vector<OutputLine> lines;
    std::string chunk(std::min(ChunkBytes, m_mostReadBytes), '\0');
    std::size_t taken = 0;
    m_hasMore = false;
    if (!m_file && !openNext()) {
        return lines;
    }
    for (;;) {
        const auto wanted = std::min(bytesToEnd(), chunk.size());
        if (wanted == 0) {
            return lines;
        }
        const ssize_t count = ::pread(m_file.get(), chunk.data(), wanted, static_cast<off_t>(m_offset));
        if (count > 0) {
            m_offset += static_cast<std::size_t>(count);
            taken += static_cast<std::size_t>(count);
            take(std::string_view(chunk).substr(0, static_cast<std::size_t>(count)), lines);
        } else if (!wasCutOff() && !openNext()) {
            return lines;
        }
        if (taken >= m_mostReadBytes) {
            m_hasMore = true;
            return lines;
        }
    }
}

std::optional<LogPlace> LogTail::place() const
{
    if (!m_file) {
        return std::nullopt;
    }
    return LogPlace{.inode = m_inode, .offset = m_lineOffset, .head = headOf(m_file.get()), .begun = m_joiner.begun()};
}

void LogTail::take(std::string_view bytes, std::vector<OutputLine> &lines)
{
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const auto piece = bytes.substr(0, end);
        m_begun += piece.substr(0, MostRawLineBytes - std::min(m_begun.size(), MostRawLineBytes));
        if (end == std::string_view::npos) {
            return;
        }
        bytes.remove_prefix(end + 1);
        m_lineOffset = m_offset - bytes.size();
        if (const auto line = criLineFrom(m_begun)) { // else it was torn
            if (auto whole = m_joiner.add(*line)) {
                lines.push_back(*std::move(whole));
            }
        }
        m_begun.clear();
    }
}

} // namespace Quay
