// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/backwardlines.h"

#include "core/logs/logfiles.h"
#include "core/supervise/criline.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace Quay {

namespace {

constexpr std::size_t BlockBytes = std::size_t{256} << 10U;
constexpr std::size_t MostRawLineBytes = 4 * MostPieceBytes;

} // namespace

BackwardLines::BackwardLines(std::span<const LogFilePart> files, std::size_t file, std::uint64_t offset)
    : m_files(files)
{
    if (file < m_files.size()) {
        startFile(file, offset);
    }
}

void BackwardLines::startFile(std::size_t file, std::uint64_t offset)
{
    m_file = file;
    m_blockOffset = std::min(offset, m_files[file].bytes);
    m_text.clear();
    m_end = 0;
    m_isBehindBreak = false;
    m_isAtBegin = false;
}

/// Puts the block before into m_text, in front of what is left there.
void BackwardLines::readBlock()
{
    std::string begin = m_text.substr(0, m_end);
    if (begin.size() > MostRawLineBytes) {
        begin.clear(); // of something that is no line of a log
    }
    const auto bytes = std::min<std::uint64_t>(m_blockOffset, BlockBytes);
    m_blockOffset -= bytes;
    m_text.assign(bytes, '\0');
    const auto read = readAt(m_files[m_file].fd.get(), m_blockOffset, m_text);
    m_text.resize(read.size());
    m_text += begin;
    m_end = m_text.size();
}

std::optional<BackwardLines::Line> BackwardLines::next()
{
    while (m_file < m_files.size()) {
        if (m_isAtBegin && m_file == 0) {
            break;
        }
        if (m_isAtBegin) {
            startFile(m_file - 1, m_files[m_file - 1].bytes);
        }
        const auto text = std::string_view(m_text).substr(0, m_end);
        const auto lineBreak = text.rfind('\n');
        if (lineBreak == std::string_view::npos && m_blockOffset > 0) {
            readBlock();
            continue;
        }
        const auto begin = lineBreak + 1; // npos + 1 is 0
        const bool isWhole = std::exchange(m_isBehindBreak, true);
        m_isAtBegin = lineBreak == std::string_view::npos;
        m_end = m_isAtBegin ? 0 : lineBreak;
        if (isWhole) {
            return Line{.file = m_file, .offset = m_blockOffset + begin, .text = text.substr(begin)};
        }
    }
    return std::nullopt;
}

} // namespace Quay
