// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/errorwords.h"
#include "core/control/endingwords.h"
#include "core/history/auditrecord.h"
#include "core/history/auditwords.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/protocolwords.h"
#include "tests/support/jsonschema.h"

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

using Quay::AuditRecord;
using Quay::AuditRecordKind;

namespace {

QJsonObject recordSchema()
{
    QFile file(QStringLiteral(QUAY_SOURCE_DIR "/resources/schema/quay-audit-record.schema.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Quay::AuditTarget target()
{
    Quay::AuditTarget target;
    target.id = {.pid = 4711, .startTicks = 9'007'199'254'740'993}; // more than a double holds
    target.name = "node";
    target.arguments = {"node", "server.js"};
    target.uid = 1000;
    return target;
}

/// Everything that can be said is said.
AuditRecord fullRecord()
{
    AuditRecord record{.kind = AuditRecordKind::Ended, .at = 1'700'000'005'250ms, .entry = {}};
    auto &entry = record.entry;
    entry.id = "a-1";
    entry.state = Quay::AuditState::Ended;
    entry.asker = Quay::AuditAsker::CommandLine;
    entry.uid = 1000;
    entry.writer = {.pid = 12, .startTicks = 34};
    entry.scope = Quay::KillScope::Session;
    entry.isForced = true;
    entry.isLeft = true;
    entry.drain = 10s;
    entry.connectionsCut = 3;
    entry.begunAt = 1'700'000'000'123ms;
    entry.forcedAt = 1'700'000'005'123ms;
    entry.elapsed = 5'127'000'001ns;
    auto ended = target();
    ended.role = Quay::TargetRole::Starter;
    ended.outcome = Quay::TargetStage::Ended;
    ended.isLate = true;
    ended.wasZombie = true;
    ended.isUninterruptible = true;
    ended.signals = {{.signal = SIGTERM, .at = 1'700'000'000'124ms, .error = {}},
                     {.signal = SIGKILL,
                      .at = 1'700'000'005'124ms,
                      .error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "pid 4711", .sysErrno = 1}}};
    ended.endedAfter = 5s;
    ended.exit = Quay::ExitStatus{.code = {}, .signal = SIGKILL, .dumpedCore = true};
    auto refused = target();
    refused.plannedSignal = SIGINT;
    refused.outcome = Quay::TargetStage::Refused;
    refused.exit = Quay::ExitStatus{.code = 3};
    refused.error = Quay::Error{.code = Quay::ErrorCode::Io, .subject = "x", .sysErrno = 5};
    entry.targets = {ended, refused};
    entry.zombies = {{.id = {.pid = 4720, .startTicks = 5100}, .name = "worker", .isGone = true}};
    entry.ports = {{.protocol = Quay::Protocol::Udp,
                    .address = *Quay::ipAddressFromText("::1"),
                    .port = 3000,
                    .state = Quay::PortState::Held,
                    .cameBack = true,
                    .holders = {{.address = *Quay::ipAddressFromText("0.0.0.0"), .port = 3000, .uid = 0, .inode = 77}},
                    .remains = {{.state = Quay::SocketState::TimeWait, .count = 4}},
                    .error = Quay::Error{.code = Quay::ErrorCode::Unsupported, .subject = "y", .sysErrno = 0}}};
    entry.actions = {
        {.key = "stopUnit", .subject = "a.service", .error = std::nullopt},
        {.key = "stopContainer", .subject = "web", .error = Quay::Error{.code = Quay::ErrorCode::Gone, .subject = "z"}},
        {.key = "startProcess",
         .subject = "node",
         .error = std::nullopt,
         .process = Quay::ProcessId{.pid = 4712, .startTicks = 5000}},
    };
    return record;
}

QJsonObject objectOf(const std::string &line)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
}

} // namespace

class tst_AuditRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatWasWrittenIsRead();
    void formatIsGolden();
    void joinedHasItsTargetsAlone();
    void forcedHasNothingButItsName();
    void recordsFitTheirSchema_data();
    void recordsFitTheirSchema();
    void everyWordIsInTheSchema();
    void lineIsOneLineOfValidText();
    void longArgumentsAreCut();
    void manyTargetsShareTheRoom();
    void shortArgumentsAreKept();
    void otherLinesAreNoRecords_data();
    void otherLinesAreNoRecords();
    void everyTruncationIsNoRecord();
    void everyWrongMemberIsNoRecord();
    void unknownAskerIsKept();
    void refusalIsRead();
    void unknownRefusalIsKept();
    void lineOfBeforeDrainingWasRecordedIsRead();
    void lineOfBeforeZombiesWereRecordedIsRead();
    void actionOfBeforeItsProcessWasRecordedIsRead();
    void actionWithADamagedProcessIsNoRecord();
};

void tst_AuditRecord::whatWasWrittenIsRead()
{
    const auto record = fullRecord();

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QCOMPARE(read->kind, record.kind);
    QCOMPARE(read->at, record.at);
    QVERIFY(read->entry == record.entry);
}

/// What was written once must be read for as long as the schema is 1.
void tst_AuditRecord::formatIsGolden()
{
    QByteArray lines;
    for (const auto kind : {AuditRecordKind::Begun, AuditRecordKind::Asked, AuditRecordKind::Joined,
                            AuditRecordKind::Forced, AuditRecordKind::Ended, AuditRecordKind::Refused}) {
        auto record = fullRecord();
        record.entry.refusal = Quay::AuditRefusal::Stays;
        record.kind = kind;
        lines += QByteArray::fromStdString(Quay::lineFrom(record));
    }
    QFile golden(QStringLiteral(QUAY_TEST_DATA "/cli/quay-audit-record.jsonl"));
    if (qEnvironmentVariableIntValue("QUAY_UPDATE_GOLDEN") == 1) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(lines);
        golden.close();
    }

    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(lines, golden.readAll());
}

void tst_AuditRecord::joinedHasItsTargetsAlone()
{
    auto record = fullRecord();
    record.kind = AuditRecordKind::Joined;

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QCOMPARE(read->kind, AuditRecordKind::Joined);
    Quay::AuditEntry expected;
    expected.id = record.entry.id;
    expected.targets = record.entry.targets;
    QVERIFY(!expected.targets.empty());
    QVERIFY(read->entry == expected);
}

void tst_AuditRecord::forcedHasNothingButItsName()
{
    auto record = fullRecord();
    record.kind = AuditRecordKind::Forced;

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QCOMPARE(read->kind, AuditRecordKind::Forced);
    Quay::AuditEntry expected;
    expected.id = record.entry.id;
    QVERIFY(read->entry == expected);
}

void tst_AuditRecord::recordsFitTheirSchema_data()
{
    QTest::addColumn<AuditRecordKind>("kind");
    QTest::newRow("begun") << AuditRecordKind::Begun;
    QTest::newRow("joined") << AuditRecordKind::Joined;
    QTest::newRow("forced") << AuditRecordKind::Forced;
    QTest::newRow("ended") << AuditRecordKind::Ended;
    QTest::newRow("asked") << AuditRecordKind::Asked;
    QTest::newRow("refused") << AuditRecordKind::Refused;
}

void tst_AuditRecord::recordsFitTheirSchema()
{
    QFETCH(const AuditRecordKind, kind);
    auto record = fullRecord();
    record.kind = kind;

    const auto mistakes = Quay::Test::schemaMistakes(objectOf(Quay::lineFrom(record)), recordSchema());

    QVERIFY2(mistakes.isEmpty(), qPrintable(mistakes.join(u'\n')));
}

void tst_AuditRecord::everyWordIsInTheSchema()
{
    const QByteArray schema = QJsonDocument(recordSchema()).toJson();
    const auto check = [&schema](const auto &words) {
        for (const auto &known : words) {
            const QByteArray word =
                '"' + QByteArray(known.word.data(), static_cast<qsizetype>(known.word.size())) + '"';
            QVERIFY2(schema.contains(word), word.constData());
        }
    };
    check(Quay::AuditAskerWords);
    check(Quay::AuditRefusalWords);
    check(Quay::KillScopeWords);
    check(Quay::TargetRoleWords);
    check(Quay::TargetStageWords);
    check(Quay::PortStateWords);
    check(Quay::SocketStateWords);
    check(Quay::ProtocolWords);
    check(Quay::ErrorCodeWords);
    for (auto state = Quay::SocketState::Other; state <= Quay::SocketState::Listening;
         state = static_cast<Quay::SocketState>(std::to_underlying(state) + 1)) {
        QVERIFY(!Quay::wordFor(Quay::SocketStateWords, state).empty());
    }
}

void tst_AuditRecord::lineIsOneLineOfValidText()
{
    auto record = fullRecord();
    record.entry.targets.front().name = std::string("a\nb\0\x1b\"\\\xff\xfe", 9);
    record.entry.targets.front().arguments = {"\xc3", "\xed\xa0\x80", "\u202e"};

    const std::string line = Quay::lineFrom(record);
    const auto read = Quay::recordFromLine(line);

    QCOMPARE(std::ranges::count(line, '\n'), 1);
    QVERIFY(line.ends_with('\n'));
    QVERIFY(QByteArray::fromStdString(line).isValidUtf8());
    QVERIFY(read.has_value());
    QCOMPARE(read->entry.targets.front().name, std::string("a\nb\0\x1b\"\\\uFFFD\uFFFD", 13));
    QCOMPARE(read->entry.targets.front().arguments.at(2), std::string("\u202e"));
}

void tst_AuditRecord::longArgumentsAreCut()
{
    auto record = fullRecord();
    record.entry.targets.front().arguments = {std::string(4000, 'a'), std::string(5000, 'b'), "c"};

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QVERIFY(read->entry.targets.front().isCut);
    QCOMPARE(read->entry.targets.front().arguments,
             (std::vector<std::string>{std::string(4000, 'a'), std::string(96, 'b') + "\u2026"}));
}

void tst_AuditRecord::manyTargetsShareTheRoom()
{
    auto record = fullRecord();
    auto many = target();
    many.arguments = {std::string(4000, 'a')};
    record.entry.targets.assign(2000, many);

    const std::string line = Quay::lineFrom(record);

    QVERIFY2(line.size() < 2'500'000, qPrintable(QString::number(line.size())));
    QCOMPARE(Quay::recordFromLine(line)->entry.targets.size(), std::size_t{2000});
}

void tst_AuditRecord::shortArgumentsAreKept()
{
    auto record = fullRecord();
    record.entry.targets.front().arguments = {std::string(2048, 'a'), std::string(2048, 'b')};

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QVERIFY(!read->entry.targets.front().isCut);
    QVERIFY(read->entry == record.entry);
}

void tst_AuditRecord::otherLinesAreNoRecords_data()
{
    QTest::addColumn<std::string>("line");
    const auto row = [](const char *name, const std::string &line) { QTest::addRow("%s", name) << line; };
    const std::string forced = R"("record": "forced", "id": "a", "at": "2023-11-14T22:13:20.000Z"})";
    row("empty", "");
    row("blanks", "   ");
    row("garbage", "\x01\xff{{{");
    row("number", "17");
    row("array", "[]");
    row("empty object", "{}");
    row("later schema", R"({"schema": 2, )" + forced);
    row("schema as text", R"({"schema": "1", )" + forced);
    row("unknown record", R"({"schema": 1, "record": "x", "id": "a", "at": "2023-11-14T22:13:20.000Z"})");
    row("no id", R"({"schema": 1, "record": "forced", "at": "2023-11-14T22:13:20.000Z"})");
    row("empty id", R"({"schema": 1, "record": "forced", "id": "", "at": "2023-11-14T22:13:20.000Z"})");
    row("no time", R"({"schema": 1, "record": "forced", "id": "a"})");
    row("begun with nothing", R"({"schema": 1, "record": "begun", "id": "a", "at": "2023-11-14T22:13:20.000Z"})");
    row("two objects", R"({"schema": 1, )" + forced + R"({"schema": 1, )" + forced);
}

void tst_AuditRecord::otherLinesAreNoRecords()
{
    QFETCH(const std::string, line);

    QVERIFY(!Quay::recordFromLine(line));
}

void tst_AuditRecord::everyTruncationIsNoRecord()
{
    std::string line = Quay::lineFrom(fullRecord());
    line.pop_back(); // the line break

    QVERIFY(Quay::recordFromLine(line));
    for (std::size_t length = 0; length < line.size(); ++length) {
        QVERIFY(!Quay::recordFromLine(line.substr(0, length)));
    }
}

void tst_AuditRecord::everyWrongMemberIsNoRecord()
{
    const auto object = objectOf(Quay::lineFrom(fullRecord()));
    for (const auto &name : object.keys()) {
        auto damaged = object;
        damaged.insert(name, QJsonObject{{QStringLiteral("x"), 1}});
        QVERIFY2(!Quay::recordFromLine(QJsonDocument(damaged).toJson(QJsonDocument::Compact).toStdString()),
                 qPrintable(name));
    }
}

void tst_AuditRecord::unknownAskerIsKept()
{
    auto object = objectOf(Quay::lineFrom(fullRecord()));
    object.insert(QStringLiteral("by"), QStringLiteral("tray"));

    const auto read = Quay::recordFromLine(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString());

    QVERIFY(read.has_value());
    QCOMPARE(read->entry.asker, Quay::AuditAsker::Unknown);
}

void tst_AuditRecord::refusalIsRead()
{
    auto record = fullRecord();
    record.kind = AuditRecordKind::Refused;
    record.entry.state = Quay::AuditState::Refused;
    record.entry.refusal = Quay::AuditRefusal::OwnerHidden;

    const auto read = Quay::recordFromLine(Quay::lineFrom(record));

    QVERIFY(read.has_value());
    QVERIFY(read->entry == record.entry);
}

void tst_AuditRecord::unknownRefusalIsKept()
{
    auto record = fullRecord();
    record.kind = AuditRecordKind::Refused;
    auto object = objectOf(Quay::lineFrom(record));
    object.insert(QStringLiteral("refusal"), QStringLiteral("tooLate"));

    const auto read = Quay::recordFromLine(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString());

    QVERIFY(read.has_value());
    QVERIFY(read->entry.refusal == Quay::AuditRefusal::Unknown);
}

void tst_AuditRecord::lineOfBeforeDrainingWasRecordedIsRead()
{
    auto object = objectOf(Quay::lineFrom(fullRecord()));
    object.remove(QStringLiteral("drainNs"));
    object.remove(QStringLiteral("connectionsCut"));
    object.remove(QStringLiteral("isLeft"));

    const auto read = Quay::recordFromLine(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString());

    QVERIFY(read.has_value());
    QVERIFY(!read->entry.drain && !read->entry.connectionsCut && !read->entry.isLeft);
    QCOMPARE(read->entry.targets, fullRecord().entry.targets);
}

void tst_AuditRecord::lineOfBeforeZombiesWereRecordedIsRead()
{
    auto object = objectOf(Quay::lineFrom(fullRecord()));
    object.remove(QStringLiteral("zombies"));

    const auto read = Quay::recordFromLine(QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString());

    QVERIFY(read.has_value());
    QVERIFY(read->entry.zombies.empty());
    QCOMPARE(read->entry.ports, fullRecord().entry.ports);
}

void tst_AuditRecord::actionOfBeforeItsProcessWasRecordedIsRead()
{
    auto line = QByteArray::fromStdString(Quay::lineFrom(fullRecord()));
    line.replace(R"("process":null,)", "");
    line.replace(R"("process":{"pid":4712,"startTicks":5000},)", "");
    QVERIFY(!line.contains(R"("process")"));

    const auto read = Quay::recordFromLine(line.toStdString());

    QVERIFY(read.has_value());
    auto expected = fullRecord().entry.actions;
    expected.back().process.reset();
    QCOMPARE(read->entry.actions, expected);
}

void tst_AuditRecord::actionWithADamagedProcessIsNoRecord()
{
    auto line = QByteArray::fromStdString(Quay::lineFrom(fullRecord()));

    line.replace(R"({"pid":4712,"startTicks":5000})", R"({"pid":4712})");

    QVERIFY(!Quay::recordFromLine(line.toStdString()));
}

QTEST_GUILESS_MAIN(tst_AuditRecord)
#include "tst_auditrecord.moc"
