// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/logreader.h"

#include "core/base/result.h"
#include "core/logs/logsearch.h"
#include "core/logs/runspan.h"
#include "core/supervise/criline.h"
#include "core/supervise/serverplaces.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t BatchBytes = std::size_t{256} << 10U; // of each of several logs

} // namespace

LogReader::LogReader(const std::string &path, const LogRange &range)
    : m_tail(path, MostLineBytes)
    , m_range(range)
{
    m_tail.setReadLimit(BatchBytes);
    std::optional<LogStart> start;
    if (range.last) {
        start = findLastLines(path, *range.last, range.until);
    } else if (range.since) {
        start = findLogTime(path, *range.since).transform([](const LogPlace &place) {
            return LogStart{.place = place, .skippedLines = 0};
        });
    }
    if (start) {
        m_tail.goTo(start->place);
        m_skippedLines = start->skippedLines;
    } else {
        m_tail.goToBegin();
    }
}

const OutputLine *LogReader::peek()
{
    if (m_next == m_lines.size()) {
        fill();
    }
    return m_next < m_lines.size() ? &m_lines[m_next] : nullptr;
}

void LogReader::pop()
{
    ++m_next;
}

/// Reads until something is meant, or nothing is left.
void LogReader::fill()
{
    m_next = 0;
    m_lines.clear();
    if (m_isOver) {
        return;
    }
    do {
        m_lines = m_tail.read();
        std::erase_if(m_lines, [this](const OutputLine &line) { return !isMeant(line); });
    } while (m_lines.empty() && !m_isOver && m_tail.hasMore());
}

bool LogReader::isMeant(const OutputLine &line)
{
    if (m_skippedLines > 0) {
        --m_skippedLines;
        return false;
    }
    m_isOver = m_isOver || (m_range.until && line.realTime > *m_range.until);
    return !m_isOver && (!m_range.since || line.realTime >= *m_range.since);
}

Result<std::vector<OutputLine>> lastLogLines(const ServerPlaces &places, std::size_t count,
                                             const std::optional<std::string> &runId)
{
    LogRange range{.since = {}, .until = {}, .last = count};
    if (runId) {
        const auto span = findRunSpan(places, *runId);
        if (!span) {
            return std::unexpected(span.error());
        }
        range.since = span->begin;
        range.until = span->end;
    }
    LogReader reader(places.log(), range);
    std::vector<OutputLine> lines;
    while (const auto *const line = reader.peek()) {
        lines.push_back(*line);
        reader.pop();
    }
    return lines;
}

} // namespace Quay
