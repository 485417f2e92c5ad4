// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/history/appendline.h"
#include "core/history/audithistory.h"
#include "core/history/auditrecord.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;

using Quay::AuditRecordKind;
using Quay::AuditState;

namespace {

constexpr Quay::ProcessId Living{.pid = 10, .startTicks = 20};
constexpr Quay::ProcessId Dead{.pid = 10, .startTicks = 19};
constexpr std::chrono::nanoseconds Start = 1'700'000'000s;

bool isLiving(Quay::ProcessId process)
{
    return process == Living;
}

std::string line(AuditRecordKind kind, const std::string &id, std::chrono::nanoseconds at = Start,
                 Quay::ProcessId writer = Dead)
{
    Quay::AuditRecord record{.kind = kind, .at = at, .entry = {}};
    record.entry.id = id;
    record.entry.begunAt = at;
    record.entry.writer = writer;
    return Quay::lineFrom(record);
}

std::string lineAbout(AuditRecordKind kind, pid_t pid)
{
    Quay::AuditRecord record{.kind = kind, .at = Start, .entry = {}};
    record.entry.id = "a";
    record.entry.begunAt = Start;
    record.entry.targets.emplace_back().id = {.pid = pid, .startTicks = 1};
    return Quay::lineFrom(record);
}

std::vector<std::string> idsOf(const Quay::AuditHistory &history)
{
    std::vector<std::string> ids;
    for (const auto &entry : history.entries) {
        ids.push_back(entry.id);
    }
    return ids;
}

Quay::AuditEntry entry(pid_t pid, const std::string &name, const std::vector<std::string> &arguments,
                       std::uint16_t port)
{
    Quay::AuditTarget target;
    target.id.pid = pid;
    target.name = name;
    target.arguments = arguments;
    Quay::AuditPort held;
    held.port = port;
    Quay::AuditEntry entry;
    entry.targets = {target};
    entry.ports = {held};
    entry.begunAt = Start;
    return entry;
}

} // namespace

class tst_AuditHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missingFileIsEmpty();
    void bothFilesAreRead();
    void unreadableFileIsAnError();
    void lastAttemptComesFirst();
    void recordsOfOneAttemptAreJoined();
    void recordsMayComeInAnyOrder();
    void attemptIsRunningAsLongAsItsWriter();
    void endedWithoutBeginningIsKept();
    void forcedWithoutBeginningIsDropped();
    void garbageIsSkippedAndCounted();
    void tornLastLineOfTheFullFileHarmsNoOther();
    void recycledWriterDoesNotRun();
    void wordsFit_data();
    void wordsFit();
    void filterKeepsWhatFits();
    void whoJoinedIsNamedUntilTheEndNamesAll();
    void whatWasSentIsKnownUntilTheEndTells();
    void refusedIsOver();
    void attemptBeginsWithTheStopOfItsServices();
};

void tst_AuditHistory::missingFileIsEmpty()
{
    const QTemporaryDir directory;

    const auto history = Quay::readAuditHistory(directory.path().toStdString() + "/none/audit.jsonl", isLiving);

    QVERIFY(history.has_value());
    QVERIFY(history->entries.empty());
    QCOMPARE(history->skippedLines, std::size_t{0});
}

void tst_AuditHistory::bothFilesAreRead()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString() + "/audit.jsonl";
    QVERIFY(Quay::appendLine(path, line(AuditRecordKind::Begun, "a"), 1).has_value());
    QVERIFY(Quay::appendLine(path, line(AuditRecordKind::Ended, "a"), 1).has_value()); // in a file of its own

    const auto history = Quay::readAuditHistory(path, isLiving);

    QVERIFY(history.has_value());
    QCOMPARE(idsOf(*history), (std::vector<std::string>{"a"}));
    QCOMPARE(history->entries.front().state, AuditState::Ended);
}

void tst_AuditHistory::unreadableFileIsAnError()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString(); // a directory

    const auto history = Quay::readAuditHistory(path, isLiving);

    QVERIFY(!history);
    QCOMPARE(history.error().code, Quay::ErrorCode::Io);
    QCOMPARE(history.error().subject, path);
}

void tst_AuditHistory::lastAttemptComesFirst()
{
    const auto text = line(AuditRecordKind::Ended, "second", Start + 1s)
        + line(AuditRecordKind::Ended, "third", Start + 1s) + line(AuditRecordKind::Ended, "first");

    QCOMPARE(idsOf(Quay::joinAuditRecords(text, isLiving)), (std::vector<std::string>{"third", "second", "first"}));
}

void tst_AuditHistory::recordsOfOneAttemptAreJoined()
{
    const auto text = line(AuditRecordKind::Begun, "a") + line(AuditRecordKind::Begun, "b", Start - 1s)
        + line(AuditRecordKind::Forced, "a", Start + 5s) + line(AuditRecordKind::Ended, "b", Start - 1s);

    const auto history = Quay::joinAuditRecords(text, isLiving);

    QCOMPARE(idsOf(history), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(history.entries.at(0).state, AuditState::Interrupted);
    QVERIFY(history.entries.at(0).forcedAt == std::optional(Start + 5s));
    QCOMPARE(history.entries.at(1).state, AuditState::Ended);
    QVERIFY(!history.entries.at(1).forcedAt);
}

void tst_AuditHistory::recordsMayComeInAnyOrder()
{
    const auto text = line(AuditRecordKind::Ended, "a") + line(AuditRecordKind::Forced, "a", Start + 5s)
        + line(AuditRecordKind::Begun, "a");

    const auto history = Quay::joinAuditRecords(text, isLiving);

    QCOMPARE(history.entries.size(), std::size_t{1});
    QCOMPARE(history.entries.front().state, AuditState::Ended);
    QVERIFY(history.entries.front().forcedAt.has_value());
}

void tst_AuditHistory::attemptIsRunningAsLongAsItsWriter()
{
    const auto text = line(AuditRecordKind::Begun, "living", Start, Living) + line(AuditRecordKind::Begun, "dead");

    const auto history = Quay::joinAuditRecords(text, isLiving);

    QCOMPARE(idsOf(history), (std::vector<std::string>{"dead", "living"}));
    QCOMPARE(history.entries.at(0).state, AuditState::Interrupted);
    QCOMPARE(history.entries.at(1).state, AuditState::Running);
}

void tst_AuditHistory::endedWithoutBeginningIsKept()
{
    const auto history = Quay::joinAuditRecords(line(AuditRecordKind::Ended, "a"), isLiving);

    QCOMPARE(idsOf(history), (std::vector<std::string>{"a"}));
}

void tst_AuditHistory::forcedWithoutBeginningIsDropped()
{
    const auto history = Quay::joinAuditRecords(line(AuditRecordKind::Forced, "a"), isLiving);

    QVERIFY(history.entries.empty());
    QCOMPARE(history.skippedLines, std::size_t{0});
}

void tst_AuditHistory::garbageIsSkippedAndCounted()
{
    const auto good = line(AuditRecordKind::Ended, "a");
    const auto text = "garbage\n" + good.substr(0, good.size() / 2) + "\n\n" + good + std::string("\0\xff\n", 3)
        + line(AuditRecordKind::Ended, "b") + good.substr(0, 20);

    const auto history = Quay::joinAuditRecords(text, isLiving);

    QCOMPARE(idsOf(history), (std::vector<std::string>{"b", "a"}));
    QCOMPARE(history.skippedLines, std::size_t{4});
}

void tst_AuditHistory::tornLastLineOfTheFullFileHarmsNoOther()
{
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString() + "/audit.jsonl";
    QVERIFY(Quay::appendLine(Quay::fullLogPath(path), "torn", 1000).has_value());
    QVERIFY(Quay::appendLine(path, line(AuditRecordKind::Ended, "a"), 1000'000).has_value());

    const auto history = Quay::readAuditHistory(path, isLiving);

    QVERIFY(history.has_value());
    QCOMPARE(idsOf(*history), (std::vector<std::string>{"a"}));
    QCOMPARE(history->skippedLines, std::size_t{1});
}

void tst_AuditHistory::recycledWriterDoesNotRun()
{
    QVERIFY(!Quay::isProcessRunning({.pid = 1, .startTicks = 1}));
    QVERIFY(!Quay::isProcessRunning({.pid = 0, .startTicks = 0}));
    QVERIFY(!Quay::isProcessRunning({.pid = -1, .startTicks = 0}));
}

void tst_AuditHistory::wordsFit_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *word, bool fits) { QTest::addRow("%s", word) << std::string(word) << fits; };
    row("3000", true);
    row("4711", true);
    row("300", false);
    row(":3000", true);
    row(":4711", false);
    row("pid:4711", true);
    row("pid:3000", false);
    row("pid:4712", true);
    row("4712", true);
    row("pid:4713", true);
    row("pid:4714", false);
    row("NODE", true);
    row("Server", true);
    row("python", false);
    row("postgres", true);
    row("worker", true);
    row(":", false);
    row("pid:", false);
    row("", true);
}

void tst_AuditHistory::wordsFit()
{
    QFETCH(const std::string, word);
    QFETCH(const bool, fits);
    auto attempt = entry(4711, "node", {"node", "my-server.js"}, 3000);
    attempt.zombies = {{.id = {.pid = 4713, .startTicks = 1}, .name = "worker"}};
    attempt.actions = {{.key = "stopUnit", .subject = "postgresql.service", .error = {}},
                       {.key = "startProcess",
                        .subject = "ruby",
                        .error = {},
                        .process = Quay::ProcessId{.pid = 4712, .startTicks = 1}}};

    QCOMPARE(Quay::matches(attempt, {.since = {}, .words = {word}, .limit = {}}), fits);
}

void tst_AuditHistory::filterKeepsWhatFits()
{
    Quay::AuditHistory all;
    for (const pid_t pid : {1, 2, 3, 4}) {
        all.entries.push_back(entry(pid, pid == 2 ? "python" : "node", {}, 3000));
        all.entries.back().begunAt = Start - std::chrono::seconds(pid);
    }
    const auto pidsFor = [&all](const Quay::AuditFilter &filter) {
        auto history = all;
        Quay::keepOnly(history, filter);
        std::vector<pid_t> pids;
        for (const auto &kept : history.entries) {
            pids.push_back(kept.targets.front().id.pid);
        }
        return pids;
    };

    QCOMPARE(pidsFor({}), (std::vector<pid_t>{1, 2, 3, 4}));
    QCOMPARE(pidsFor({.since = Start - 3s, .words = {}, .limit = {}}), (std::vector<pid_t>{1, 2, 3}));
    QCOMPARE(pidsFor({.since = {}, .words = {"node", "3000"}, .limit = {}}), (std::vector<pid_t>{1, 3, 4}));
    QCOMPARE(pidsFor({.since = {}, .words = {"node"}, .limit = 2}), (std::vector<pid_t>{1, 3}));
    QCOMPARE(pidsFor({.since = {}, .words = {"node", "python"}, .limit = {}}), std::vector<pid_t>{});
}

void tst_AuditHistory::whoJoinedIsNamedUntilTheEndNamesAll()
{
    const auto text = lineAbout(AuditRecordKind::Begun, 100) + lineAbout(AuditRecordKind::Joined, 101)
        + lineAbout(AuditRecordKind::Joined, 102);

    const auto cut = Quay::joinAuditRecords(text, isLiving);
    const auto ended = Quay::joinAuditRecords(text + lineAbout(AuditRecordKind::Ended, 100), isLiving);

    QCOMPARE(cut.skippedLines, 0U);
    QCOMPARE(cut.entries.size(), 1U);
    QCOMPARE(cut.entries.front().targets.size(), 3U);
    QCOMPARE(cut.entries.front().targets.back().id.pid, 102);
    QCOMPARE(ended.entries.front().targets.size(), 1U);
}

void tst_AuditHistory::whatWasSentIsKnownUntilTheEndTells()
{
    Quay::AuditRecord asked{.kind = AuditRecordKind::Asked, .at = Start, .entry = {}};
    asked.entry.id = "a";
    auto &target = asked.entry.targets.emplace_back();
    target.id = {.pid = 100, .startTicks = 1};
    target.signals = {{.signal = 15, .at = Start, .error = {}}};
    const auto text = lineAbout(AuditRecordKind::Begun, 100) + Quay::lineFrom(asked);

    const auto interrupted = Quay::joinAuditRecords(text, isLiving);
    const auto ended = Quay::joinAuditRecords(text + lineAbout(AuditRecordKind::Ended, 100), isLiving);

    QCOMPARE(interrupted.entries.front().targets.size(), std::size_t{1});
    QCOMPARE(interrupted.entries.front().targets.front().signals, target.signals);
    QVERIFY(ended.entries.front().targets.front().signals.empty()); // its end tells all that was sent
}

void tst_AuditHistory::refusedIsOver()
{
    const auto history = Quay::joinAuditRecords(line(AuditRecordKind::Refused, "a"), isLiving);

    QCOMPARE(history.entries.size(), std::size_t{1});
    QCOMPARE(history.entries.front().state, AuditState::Refused);
    QVERIFY(!Quay::isSuccess(history.entries.front()));
    QCOMPARE(history.skippedLines, std::size_t{0});
}

void tst_AuditHistory::attemptBeginsWithTheStopOfItsServices()
{
    Quay::AuditRecord ended{.kind = AuditRecordKind::Ended, .at = Start + 61s, .entry = {}};
    ended.entry.id = "a";
    ended.entry.begunAt = Start + 60s; // when the first was signalled
    ended.entry.elapsed = 1s;
    const auto begun = line(AuditRecordKind::Begun, "a");
    const auto end = Quay::lineFrom(ended);

    for (const auto &text : {begun + end, end + begun}) {
        const auto history = Quay::joinAuditRecords(text, isLiving);

        QCOMPARE(history.entries.size(), std::size_t{1});
        QCOMPARE(history.entries.front().state, AuditState::Ended);
        QVERIFY(history.entries.front().begunAt == Start);
        QVERIFY(history.entries.front().elapsed == std::chrono::nanoseconds(61s));
    }
}

QTEST_GUILESS_MAIN(tst_AuditHistory)
#include "tst_audithistory.moc"
