// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/runjournal.h"

#include "app/supervise/controlserver.h"
#include "app/supervise/recordwriter.h"
#include "core/base/clock.h"
#include "core/supervise/lease.h"
#include "core/supervise/runevent.h"

#include <functional>
#include <utility>

namespace Quay {

RunJournal::RunJournal(RecordWriter record, ControlServer &control, const Clock &clock)
    : m_record(std::move(record))
    , m_control(control)
    , m_clock(clock)
{
}

void RunJournal::add(RunEvent event)
{
    add(std::move(event), runTimeOf(m_clock));
}

void RunJournal::add(RunEvent event, RunTime at)
{
    record(event, at); // first: who hears of it finds it there
    m_control.publish(event);
}

void RunJournal::addNote(RunEvent event)
{
    addNote(std::move(event), runTimeOf(m_clock));
}

void RunJournal::addNote(RunEvent event, RunTime at)
{
    if (m_notes < MostNotes) {
        add(std::move(event), at);
    } else if (m_notes == MostNotes) {
        add({.kind = RunEventKind::Limit});
    } else {
        return;
    }
    ++m_notes;
}

void RunJournal::end(const std::function<void()> &free)
{
    RunEvent event{.kind = RunEventKind::Ended};
    record(event, runTimeOf(m_clock));
    free();
    m_control.publish(event);
}

void RunJournal::record(RunEvent &event, RunTime at)
{
    event.number = ++m_count;
    event.at = at;
    m_record.write(event);
}

} // namespace Quay
