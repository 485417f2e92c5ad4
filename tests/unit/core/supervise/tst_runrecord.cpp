// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/runevent.h"
#include "core/supervise/runrecord.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using Quay::RunEvent;
using Quay::runEventFrom;
using Quay::RunEventKind;
using Quay::runRecordFromText;

namespace {

RunEvent fullEvent(RunEventKind kind)
{
    return {.kind = kind,
            .number = 7,
            .at = {.realTime = 5s, .sinceBoot = 6s},
            .process = Quay::ProcessMark{.id = {.pid = 10, .startTicks = 20}, .serial = 30},
            .uid = 1000,
            .text = "two words\n\xff",
            .stream = "stdout",
            .signal = 15,
            .grace = 300ms,
            .status = Quay::ExitStatus{.code = std::nullopt, .signal = 11, .dumpedCore = true},
            .usage = Quay::ResourceUsage{.userTime = 1us, .systemTime = 2us, .mostResidentKib = 3},
            .outOfMemory = false,
            .count = 4,
            .sysErrno = 28};
}

} // namespace

class tst_RunRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eventIsReadAsItWasWritten();
    void whatIsUnknownStaysUnknown();
    void laterKindIsStillAnEvent();
    void longTextIsCut();
    void tornLinesAreCounted();
    void lineThatIsBeingWrittenIsLeftOut();
    void endIsSeen();
    void runsAreListedLastFirst();
};

void tst_RunRecord::eventIsReadAsItWasWritten()
{
    for (int kind = 0; kind <= static_cast<int>(RunEventKind::Ended); ++kind) {
        const auto event = fullEvent(static_cast<RunEventKind>(kind));

        const auto read = Quay::fieldLineFrom(Quay::toLine(event).line()).and_then(runEventFrom);

        QVERIFY(read.has_value());
        QCOMPARE(*read, event);
    }
}

void tst_RunRecord::whatIsUnknownStaysUnknown()
{
    const RunEvent event{.kind = RunEventKind::Ready, .number = 1, .at = {.realTime = 1ns, .sinceBoot = 2ns}};

    const auto line = Quay::toLine(event).line();

    QCOMPARE(line, std::string("ready n=1 real=1 boot=2"));
    QCOMPARE(Quay::fieldLineFrom(line).and_then(runEventFrom).value(), event);
}

void tst_RunRecord::laterKindIsStillAnEvent()
{
    const auto record = runRecordFromText("teleported n=1 real=1 boot=2 where=x\n");

    QCOMPARE(record.events.size(), std::size_t{1});
    QCOMPARE(record.events.front().kind, RunEventKind::Unknown);
    QCOMPARE(record.unreadableLines, std::size_t{0});
}

void tst_RunRecord::longTextIsCut()
{
    auto event = fullEvent(RunEventKind::Status);
    event.text = std::string(10'000, 'x');

    const auto read = Quay::fieldLineFrom(Quay::toLine(event).line()).and_then(runEventFrom);

    QCOMPARE(read->text->size(), RunEvent::MostTextBytes);
}

void tst_RunRecord::tornLinesAreCounted()
{
    const auto record = runRecordFromText("started n=1 real=1 boot=2\nexit\n\xff\n\nended n=2 real=1 boot=2\n");

    QCOMPARE(record.events.size(), std::size_t{2});
    QCOMPARE(record.unreadableLines, std::size_t{3});
}

void tst_RunRecord::lineThatIsBeingWrittenIsLeftOut()
{
    const auto record = runRecordFromText("started n=1 real=1 boot=2\nended n=2 real=1 boot=2");

    QCOMPARE(record.events.size(), std::size_t{1});
    QCOMPARE(record.unreadableLines, std::size_t{0});
    QVERIFY(!record.hasEnded());
}

void tst_RunRecord::endIsSeen()
{
    QVERIFY(runRecordFromText("ended n=2 real=1 boot=2\n").hasEnded());
    QVERIFY(!runRecordFromText("").hasEnded());
}

void tst_RunRecord::runsAreListedLastFirst()
{
    const QTemporaryDir made;
    const std::string directory = made.path().toStdString();
    for (const auto *const name : {"0001-a", "0003-b", "0002-c", "notes.txt"}) {
        std::ofstream(directory + '/' + name) << "x";
    }

    QCOMPARE(Quay::listRuns(directory), (std::vector<std::string>{"0003-b", "0002-c", "0001-a"}));
    QVERIFY(Quay::listRuns("/nowhere").empty());
}

QTEST_APPLESS_MAIN(tst_RunRecord)
#include "tst_runrecord.moc"
