// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/supervise/controlserver.h"
#include "app/supervise/recordwriter.h"
#include "core/base/clock.h"
#include "core/supervise/runevent.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace Quay {

/**
 * Numbers what happens in a run, records it, and tells those who listen.
 *
 * What a server says of itself it can say without an end: of that, MostNotes are recorded, and those who listen are
 * told no more either.
 *
 * Threads: not shared.
 */
class RunJournal
{
public:
    static constexpr std::uint64_t MostNotes = 2000;

    /// @p control and @p clock outlive this object.
    RunJournal(RecordWriter record, ControlServer &control, const Clock &clock = systemClock());

    /// It happened now.
    void add(RunEvent event);
    /// It happened at @p at.
    void add(RunEvent event, RunTime at);
    /// The server said it, or it may come as often as somebody likes for another reason.
    void addNote(RunEvent event);
    void addNote(RunEvent event, RunTime at);

    /// The run has ended. @p free: called once that is on record and before anybody is told of it. Who finds nobody
    /// that supervises the server can read how it ended then, and who hears of the end can start it again at once.
    void end(const std::function<void()> &free);

    [[nodiscard]] std::uint64_t count() const noexcept { return m_count; }
    /// Why the record cannot be written; nothing while all is well.
    [[nodiscard]] std::optional<int> recordErrno() const noexcept { return m_record.sysErrno(); }
    void retryRecord() { m_record.retry(); }

private:
    void record(RunEvent &event, RunTime at);

    RecordWriter m_record;
    ControlServer &m_control;
    const Clock &m_clock;
    std::uint64_t m_count = 0;
    std::uint64_t m_notes = 0;
};

} // namespace Quay
