// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logsearch.h"

#include "core/logs/backwardlines.h"
#include "core/logs/logfiles.h"
#include "core/logs/logplace.h"
#include "core/supervise/criline.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t WindowBytes = std::size_t{32} << 10U;
constexpr std::uint64_t NearBytes = std::uint64_t{8} << 10U; // not worth another step
/// From a place back to where the lines begin whose later pieces are there: as much as a line is shown of.
constexpr std::uint64_t BackBytes = std::uint64_t{1} << 20U;
/// How far the beginning of the first of the last lines is looked for.
constexpr std::uint64_t MostWalkBytes = std::uint64_t{32} << 20U;

struct TimedLine
{
    std::uint64_t offset = 0;
    std::chrono::nanoseconds time{};
};

/// The first line that begins behind @p offset (at it, when that is 0), before @p end, and is one of a log.
std::optional<TimedLine> firstLine(int fd, std::uint64_t offset, std::uint64_t end)
{
    std::vector<char> window(WindowBytes);
    bool isLineBegin = offset == 0;
    while (offset < end) {
        const auto text = readAt(fd, offset, window);
        if (text.empty()) {
            break;
        }
        std::size_t begin = isLineBegin ? 0 : std::min(text.find('\n'), text.size() - 1) + 1;
        for (auto lineEnd = text.find('\n', begin); lineEnd != std::string_view::npos;
             lineEnd = text.find('\n', begin)) {
            if (offset + begin >= end) {
                return std::nullopt;
            }
            if (const auto line = criLineFrom(text.substr(begin, lineEnd - begin))) {
                return TimedLine{.offset = offset + begin, .time = line->realTime};
            }
            begin = lineEnd + 1;
        }
        // What the window has cut is read again from its beginning, unless it is longer than any line of a log.
        isLineBegin = begin > 0 && begin < text.size() ? true : text.ends_with('\n');
        offset += begin > 0 ? begin : text.size();
    }
    return std::nullopt;
}

LogPlace placeAt(const LogFilePart &file, std::uint64_t offset)
{
    return {.inode = file.inode, .offset = offset, .head = headOf(file.fd.get()), .begun = {}};
}

/// The beginning of some line of the file at least @p bytes before @p offset, so that one whose pieces are longer is
/// whole.
std::uint64_t lineBefore(const LogFilePart &file, std::uint64_t offset, std::uint64_t bytes)
{
    if (offset <= bytes) {
        return 0;
    }
    const auto line = firstLine(file.fd.get(), offset - bytes, offset);
    return line ? line->offset : offset;
}

/// Of one file: where the first line is that is not earlier, near enough; its end when there is none.
std::uint64_t findTime(const LogFilePart &file, std::chrono::nanoseconds time)
{
    std::uint64_t low = 0; // whatever begins before it is earlier
    std::uint64_t high = file.bytes; // whatever begins behind it is not
    while (high - low > NearBytes) {
        const auto middle = low + (high - low) / 2;
        const auto line = firstLine(file.fd.get(), middle, high);
        if (line && line->time < time) {
            low = line->offset;
        } else {
            high = middle;
        }
    }
    for (auto line = firstLine(file.fd.get(), low, file.bytes); line;) {
        if (line->time >= time) {
            return line->offset;
        }
        line = firstLine(file.fd.get(), line->offset + 1, file.bytes);
    }
    return file.bytes;
}

struct FoundTime
{
    std::size_t file = 0;
    std::uint64_t offset = 0;
};

/// The last file that begins before @p time has it, or else the next one does from its beginning on.
FoundTime findTime(std::span<const LogFilePart> files, std::chrono::nanoseconds time)
{
    std::size_t index = files.size() - 1;
    while (index > 0) {
        const auto first = firstLine(files[index].fd.get(), 0, files[index].bytes);
        if (first && first->time < time) {
            break;
        }
        --index;
    }
    return {.file = index, .offset = findTime(files[index], time)};
}

/// Goes back from the end and counts lines by their last pieces.
class LastLines
{
public:
    explicit LastLines(std::size_t count)
        : m_count(count)
    {
    }

    /// Whether it goes on.
    bool take(const BackwardLines::Line &line)
    {
        m_walked += line.text.size() + 1;
        const auto parsed = criLineFrom(line.text);
        if (m_lines < m_count) {
            if (!parsed || parsed->isPartial) {
                return true;
            }
            ++m_lines;
            m_first = line;
            m_stream = parsed->stream;
            m_walked = 0;
            return true;
        }
        if (!parsed) {
            return m_walked < MostWalkBytes;
        }
        m_first = line; // read from here on: what ends before the first that is meant is left out
        if (!parsed->isPartial) {
            ++m_skipped;
            m_isWhole = m_isWhole || parsed->stream == m_stream;
        }
        return m_walked < WindowBytes || (!m_isWhole && m_walked < MostWalkBytes);
    }

    [[nodiscard]] const std::optional<BackwardLines::Line> &first() const noexcept { return m_first; }
    [[nodiscard]] std::size_t skipped() const noexcept { return m_skipped; }

private:
    std::size_t m_count;
    std::size_t m_lines = 0;
    std::size_t m_skipped = 0;
    OutputStream m_stream = OutputStream::Output; ///< Of the first that is meant.
    bool m_isWhole = false; ///< The line of that stream before it was seen.
    std::uint64_t m_walked = 0; ///< bytes, since the first that is meant
    std::optional<BackwardLines::Line> m_first; ///< Its text is outdated.
};

} // namespace

std::optional<LogPlace> findLogTime(const std::string &path, std::chrono::nanoseconds time)
{
    const auto files = openLogFiles(path);
    if (files.empty()) {
        return std::nullopt;
    }
    const auto found = findTime(files, time);
    const auto &file = files[found.file];
    return placeAt(file, lineBefore(file, found.offset, BackBytes));
}

std::optional<LogStart> findLastLines(const std::string &path, std::size_t count,
                                      std::optional<std::chrono::nanoseconds> until)
{
    const auto files = openLogFiles(path);
    if (files.empty()) {
        return std::nullopt;
    }
    FoundTime end{.file = files.size() - 1, .offset = files.back().bytes};
    if (until) {
        end = findTime(files, *until + std::chrono::nanoseconds(1));
    }
    LastLines last(count);
    BackwardLines lines(files, end.file, end.offset);
    auto line = lines.next();
    if (line) { // what stands behind its break is being written
        end = {.file = line->file, .offset = line->offset + line->text.size() + 1};
    }
    while (line && count > 0 && last.take(*line)) {
        line = lines.next();
    }
    const auto &first = last.first();
    return LogStart{.place = first ? placeAt(files[first->file], first->offset) : placeAt(files[end.file], end.offset),
                    .skippedLines = last.skipped()};
}

} // namespace Quay
