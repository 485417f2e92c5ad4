// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/controlserver.h"
#include "app/supervise/eventloop.h"
#include "app/supervise/recordwriter.h"
#include "app/supervise/runjournal.h"
#include "core/base/uniquefd.h"
#include "core/supervise/runrecord.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::ControlReply;
using Quay::ControlServer;
using Quay::EventLoop;
using Quay::RecordWriter;
using Quay::RunEventKind;
using Quay::RunJournal;

class tst_RunJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void eventsAreNumbered();
    void endIsOnRecordBeforeTheServerIsFree();
    void notesHaveALimit();

private:
    [[nodiscard]] std::vector<RunEventKind> recorded() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
    std::optional<EventLoop> m_loop;
    std::unique_ptr<ControlServer> m_control; ///< Nobody has subscribed.
    std::optional<RunJournal> m_journal;
};

void tst_RunJournal::init()
{
    m_journal.reset();
    m_control.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_path = m_directory->filePath(QStringLiteral("record")).toStdString();
    m_loop.emplace(EventLoop::open().value());
    m_control = std::make_unique<ControlServer>(*m_loop, Quay::UniqueFd(),
                                                [](const auto &, const auto &) { return ControlReply(); });
    m_journal.emplace(RecordWriter::open(m_path).value(), *m_control);
}

std::vector<RunEventKind> tst_RunJournal::recorded() const
{
    const auto record = Quay::readRunRecord(m_path);
    std::vector<RunEventKind> kinds;
    std::ranges::transform(record->events, std::back_inserter(kinds), &Quay::RunEvent::kind);
    return kinds;
}

void tst_RunJournal::eventsAreNumbered()
{
    m_journal->add({.kind = RunEventKind::Ready});
    m_journal->add({.kind = RunEventKind::Watchdog});

    const auto record = Quay::readRunRecord(m_path);

    QVERIFY(record.has_value());
    QCOMPARE(record->events.at(0).number, 1U);
    QCOMPARE(record->events.at(1).number, 2U);
    QCOMPARE(m_journal->count(), 2U);
}

/// An agent that comes in this moment finds no lease, and takes a record without an end for a killed supervisor.
void tst_RunJournal::endIsOnRecordBeforeTheServerIsFree()
{
    m_journal->add({.kind = RunEventKind::Ready});
    std::vector<RunEventKind> found;

    m_journal->end([&] { found = recorded(); });

    QCOMPARE(found, (std::vector{RunEventKind::Ready, RunEventKind::Ended}));
}

void tst_RunJournal::notesHaveALimit()
{
    for (std::uint64_t i = 0; i < RunJournal::MostNotes + 2; ++i) {
        m_journal->addNote({.kind = RunEventKind::Watchdog});
    }

    const auto kinds = recorded();

    QCOMPARE(kinds.size(), RunJournal::MostNotes + 1);
    QCOMPARE(kinds.back(), RunEventKind::Limit);
}

QTEST_GUILESS_MAIN(tst_RunJournal)
#include "tst_runjournal.moc"
