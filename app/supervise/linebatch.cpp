// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/linebatch.h"

#include "core/supervise/criline.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

void LineBatch::put(OutputStream stream, std::chrono::nanoseconds time, std::string_view text, bool isPartial)
{
    m_formatter.append(m_text, {.realTime = time, .stream = stream, .isPartial = isPartial, .text = text});
    m_waiting[static_cast<std::size_t>(stream)].isInsideLine = isPartial;
}

void LineBatch::add(OutputStream stream, Arrival now, std::string_view bytes)
{
    Waiting &waiting = m_waiting[static_cast<std::size_t>(stream)];
    while (!bytes.empty()) {
        const auto lineEnd = bytes.find('\n');
        const auto piece = bytes.substr(0, lineEnd);
        const auto room = MostPieceBytes - waiting.text.size();
        const bool isTooLong = piece.size() > room;
        if (lineEnd == std::string_view::npos && !isTooLong) {
            waiting.since = waiting.text.empty() ? now.monotonic : waiting.since;
            waiting.lastTime = now.realTime;
            waiting.text += piece;
            return;
        }
        const auto taken = piece.substr(0, room);
        if (waiting.text.empty()) { // most lines come whole: not copied twice
            put(stream, now.realTime, taken, isTooLong);
        } else {
            waiting.text += taken;
            put(stream, now.realTime, waiting.text, isTooLong);
            waiting.text.clear();
        }
        bytes.remove_prefix(taken.size() + (isTooLong ? 0 : 1));
    }
}

void LineBatch::flush(std::chrono::nanoseconds limit)
{
    for (const auto stream : {OutputStream::Output, OutputStream::Error}) {
        Waiting &waiting = m_waiting[static_cast<std::size_t>(stream)];
        if (!waiting.text.empty() && waiting.since <= limit) {
            put(stream, waiting.lastTime, waiting.text, true);
            waiting.text.clear();
        }
    }
}

void LineBatch::end(OutputStream stream)
{
    Waiting &waiting = m_waiting[static_cast<std::size_t>(stream)];
    if (!waiting.text.empty() || waiting.isInsideLine) {
        put(stream, waiting.lastTime, waiting.text, false);
        waiting.text.clear();
    }
}

bool LineBatch::isBetweenLines() const noexcept
{
    return std::ranges::none_of(m_waiting, &Waiting::isInsideLine);
}

std::optional<std::chrono::nanoseconds> LineBatch::waitingSince() const noexcept
{
    std::optional<std::chrono::nanoseconds> since;
    for (const auto &waiting : m_waiting) {
        if (!waiting.text.empty() && (!since || waiting.since < *since)) {
            since = waiting.since;
        }
    }
    return since;
}

} // namespace Quay
