// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sincetime.h"
#include "core/history/appendline.h"
#include "core/history/auditlog.h"
#include "core/history/auditrecord.h"
#include "core/kernel/ipaddress.h"
#include "tests/cli/scriptedcli.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

using namespace std::chrono_literals;

using Quay::AuditRecord;
using Quay::AuditRecordKind;
using Quay::ExitCode;
using Quay::Test::ScriptedCli;

namespace {

/// FakeClock's time.
constexpr std::chrono::nanoseconds Now = 1'700'003'600s;

Quay::AuditEntry entry(const std::string &id, std::chrono::nanoseconds begunAt)
{
    Quay::AuditTarget target;
    target.id = {.pid = 4711, .startTicks = 5000};
    target.name = "no\x1b"
                  "de";
    target.arguments = {"node", "server.js", "--token=***"};
    target.uid = 1000;
    target.outcome = Quay::TargetStage::Ended;
    target.signals = {{.signal = SIGTERM, .at = begunAt, .error = {}}};
    target.endedAfter = 120ms;
    target.exit = Quay::ExitStatus{.code = 143};
    Quay::AuditPort port;
    port.address = Quay::ipAddressFromText("127.0.0.1").value();
    port.port = 3000;
    port.state = Quay::PortState::Free;
    Quay::AuditEntry entry;
    entry.id = id;
    entry.asker = Quay::AuditAsker::Window;
    entry.uid = 1000;
    entry.writer = {.pid = 99, .startTicks = 1};
    entry.begunAt = begunAt;
    entry.elapsed = 123ms;
    entry.targets = {target};
    entry.ports = {port};
    return entry;
}

/// Ended an hour ago; by root and by force, and its port came back, a minute ago; begun now and never ended.
std::vector<AuditRecord> records()
{
    AuditRecord first{.kind = AuditRecordKind::Ended, .at = Now - 1h, .entry = entry("first", Now - 1h)};
    AuditRecord second{.kind = AuditRecordKind::Ended, .at = Now - 1min, .entry = entry("second", Now - 1min)};
    second.entry.asker = Quay::AuditAsker::CommandLine;
    second.entry.uid = 0;
    second.entry.scope = Quay::KillScope::Tree;
    second.entry.forcedAt = Now - 55s;
    auto child = second.entry.targets.front();
    child.id.pid = 4712;
    child.role = Quay::TargetRole::Below;
    child.exit = Quay::ExitStatus{.code = {}, .signal = SIGKILL};
    second.entry.targets.push_back(child);
    auto &port = second.entry.ports.front();
    port.port = 8080;
    port.state = Quay::PortState::Held;
    port.cameBack = true;
    port.holders = {{.address = port.address, .port = 8080, .uid = 0, .inode = 7}};
    second.entry.actions = {{.key = "stopUnit", .subject = "web.service", .error = {}}};
    AuditRecord third{.kind = AuditRecordKind::Begun, .at = Now, .entry = entry("third", Now)};
    third.entry.elapsed = {};
    third.entry.targets.front().id.pid = 5000;
    third.entry.targets.front().outcome = Quay::TargetStage::Waiting;
    third.entry.targets.front().signals = {};
    third.entry.targets.front().exit = {};
    third.entry.targets.front().endedAfter = {};
    third.entry.ports = {};
    third.entry.zombies = {{.id = {.pid = 5001, .startTicks = 7}, .name = "defunct"}};
    return {first, second, third};
}

QString goldenPath()
{
    return QStringLiteral(QUAY_TEST_DATA "/cli/quay-audit.json");
}

} // namespace

class tst_AuditCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyRecordIsNothingThere();
    void tableHasTheLastFirst();
    void whoAndOutcomeAreWholeOnANarrowTerminal();
    void jsonIsGolden();
    void jsonOfNothingIsAnObject();
    void filterIsApplied_data();
    void filterIsApplied();
    void nothingThatFitsIsNothingThere();
    void unreadableLinesAreCounted();
    void unreadableLinesAreNotNothing();
    void wrongOptionsAreUsage_data();
    void wrongOptionsAreUsage();
    void unreadableRecordIsAnError();
    void timesAreUnderstood_data();
    void timesAreUnderstood();
    void otherTimesAreRefused_data();
    void otherTimesAreRefused();

private:
    void write(const std::string &line) const { QVERIFY(Quay::appendLine(m_path, line, UINT64_MAX).has_value()); }
    void writeAll() const
    {
        for (const auto &record : records()) {
            write(Quay::lineFrom(record));
        }
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_AuditCommand::initTestCase()
{
    ::setenv("TZ", "UTC", 1);
}

void tst_AuditCommand::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    ::setenv("XDG_STATE_HOME", m_directory->path().toStdString().c_str(), 1);
    m_path = Quay::auditLogPath().value();
}

void tst_AuditCommand::emptyRecordIsNothingThere()
{
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit"}), ExitCode::NothingThere);
    QCOMPARE(cli.out, std::string());
    QCOMPARE(cli.err, "quay: Nothing is recorded in " + m_path + ".\n");
    QVERIFY(!QFile::exists(QString::fromStdString(m_path)));
    QVERIFY(cli.machine.looks.empty()); // nobody looked at the ports
}

void tst_AuditCommand::tableHasTheLastFirst()
{
    writeAll();
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit"}), ExitCode::Done);

    const auto lines = QString::fromStdString(cli.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.at(0).contains(QStringLiteral("OUTCOME")));
    QVERIFY2(lines.at(1).contains(QStringLiteral("no\\ede 5000")), qPrintable(lines.at(1)));
    QVERIFY(lines.at(1).contains(QStringLiteral("interrupted")));
    QVERIFY2(lines.at(2).contains(QStringLiteral("command line (root)")), qPrintable(lines.at(2)));
    QVERIFY2(lines.at(2).contains(QStringLiteral("no\\ede 4711 +1 (8080)")), qPrintable(lines.at(2)));
    QVERIFY(lines.at(2).contains(QStringLiteral("tree")));
    QVERIFY2(lines.at(2).contains(QStringLiteral("ended by force, web.service was stopped, came back")),
             qPrintable(lines.at(2)));
    QVERIFY2(lines.at(3).contains(QStringLiteral("window  ")), qPrintable(lines.at(3)));
    QVERIFY2(lines.at(3).contains(QStringLiteral("123 ms")), qPrintable(lines.at(3)));
    QVERIFY(lines.at(3).contains(QStringLiteral("22:13:20")));
    QCOMPARE(cli.err, std::string());
}

void tst_AuditCommand::whoAndOutcomeAreWholeOnANarrowTerminal()
{
    auto record = records().front();
    record.entry.asker = Quay::AuditAsker::CommandLine;
    record.entry.uid = 0;
    write(Quay::lineFrom(record));
    ScriptedCli cli;
    cli.traits = {.isTerminal = true, .columns = 80};

    QCOMPARE(cli.run({"audit"}), ExitCode::Done);

    const auto lines = QString::fromStdString(cli.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 2);
    QVERIFY2(lines.at(1).size() <= 80, qPrintable(lines.at(1)));
    QVERIFY2(lines.at(1).contains(QStringLiteral(" no\\ede 4711 (3000) ")), qPrintable(lines.at(1)));
    QVERIFY2(lines.at(1).contains(QStringLiteral(" ended, port free ")), qPrintable(lines.at(1)));
    QVERIFY2(!lines.at(0).contains(QStringLiteral("SCOPE")), qPrintable(lines.at(0)));
}

void tst_AuditCommand::jsonIsGolden()
{
    writeAll();
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit", "--json"}), ExitCode::Done);

    QFile golden(goldenPath());
    if (qEnvironmentVariableIntValue("QUAY_UPDATE_GOLDEN") == 1) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(QByteArray::fromStdString(cli.out));
        golden.close();
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(QByteArray::fromStdString(cli.out), golden.readAll());
}

void tst_AuditCommand::jsonOfNothingIsAnObject()
{
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit", "--json"}), ExitCode::NothingThere);

    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(object.value(QStringLiteral("schema")).toInt(), 1);
    QVERIFY(object.value(QStringLiteral("attempts")).isArray());
    QVERIFY(object.value(QStringLiteral("attempts")).toArray().isEmpty());
}

void tst_AuditCommand::filterIsApplied_data()
{
    QTest::addColumn<std::vector<std::string>>("words");
    QTest::addColumn<QStringList>("ids");
    using Words = std::vector<std::string>;
    const auto row = [](const char *name, const Words &words, const QStringList &ids) {
        QTest::addRow("%s", name) << words << ids;
    };
    const QString first = QStringLiteral("first");
    const QString second = QStringLiteral("second");
    const QString third = QStringLiteral("third");
    row("nothing", {}, {third, second, first});
    row("since so long ago", {"--since", "30m"}, {third, second});
    row("since a time of day", {"--since", "23:12:30"}, {third});
    row("the last ones", {"--limit", "2"}, {third, second});
    row("port", {":8080"}, {second});
    row("process", {"pid:5000"}, {third});
    row("all words", {"server", "4711"}, {second, first});
    row("all at once", {"4711", "--limit", "1", "--since", "2h"}, {second});
}

void tst_AuditCommand::filterIsApplied()
{
    QFETCH(const std::vector<std::string>, words);
    QFETCH(const QStringList, ids);
    writeAll();
    ScriptedCli cli;
    std::vector<std::string> all{"audit", "--json"};
    all.insert(all.end(), words.begin(), words.end());

    QCOMPARE(cli.run(all), ExitCode::Done);

    QStringList found;
    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    for (const auto &attempt : object.value(QStringLiteral("attempts")).toArray()) {
        found << attempt.toObject().value(QStringLiteral("id")).toString();
    }
    QCOMPARE(found, ids);
}

void tst_AuditCommand::nothingThatFitsIsNothingThere()
{
    writeAll();
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit", "python"}), ExitCode::NothingThere);
    QCOMPARE(cli.out, std::string());
    QCOMPARE(cli.err, std::string("quay: Nothing in the record fits.\n"));
}

void tst_AuditCommand::unreadableLinesAreCounted()
{
    writeAll();
    write("garbage\n");
    write("{}\n");
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit"}), ExitCode::Done);
    QCOMPARE(cli.err, std::string("quay: Lines of the record that could not be read: 2\n"));
}

void tst_AuditCommand::unreadableLinesAreNotNothing()
{
    write("garbage\n");
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit"}), ExitCode::NothingThere);
    QCOMPARE(cli.err,
             "quay: Lines of the record that could not be read: 1\nquay: Nothing else is recorded in " + m_path
                 + ".\n");
}

void tst_AuditCommand::wrongOptionsAreUsage_data()
{
    QTest::addColumn<std::string>("option");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("message");
    QTest::newRow("time") << std::string("--since") << std::string("yesterday")
                          << std::string("'yesterday' is not a time.");
    QTest::newRow("number") << std::string("--limit") << std::string("x")
                            << std::string("'x' is not a number above 0.");
    QTest::newRow("no time") << std::string("--since") << std::string() << std::string("'--since' needs a value.");
    QTest::newRow("no number") << std::string("--limit") << std::string() << std::string("'--limit' needs a value.");
    QTest::newRow("zero") << std::string("--limit") << std::string("0") << std::string("'0' is not a number above 0.");
    QTest::newRow("negative") << std::string("--limit") << std::string("-1") << std::string("quay: ");
}

void tst_AuditCommand::wrongOptionsAreUsage()
{
    QFETCH(const std::string, option);
    QFETCH(const std::string, value);
    QFETCH(const std::string, message);
    writeAll();
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit", option, value}), ExitCode::Usage);
    QCOMPARE(cli.out, std::string());
    QVERIFY2(cli.err.contains(message), cli.err.c_str());
}

void tst_AuditCommand::unreadableRecordIsAnError()
{
    QVERIFY(QDir().mkpath(QString::fromStdString(m_path))); // a directory
    ScriptedCli cli;

    QCOMPARE(cli.run({"audit"}), ExitCode::NotAchieved);
    QVERIFY2(cli.err.contains("audit.jsonl"), cli.err.c_str());
}

void tst_AuditCommand::timesAreUnderstood_data()
{
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::chrono::nanoseconds>("time");
    const auto row = [](const char *word, std::chrono::nanoseconds time) {
        QTest::addRow("%s", word) << std::string(word) << time;
    };
    constexpr std::chrono::nanoseconds Midnight = 1'699'920'000s; // 2023-11-14 in UTC
    row("0s", Now);
    row("90s", Now - 90s);
    row("1.5h", Now - 90min);
    row("2d", Now - 48h);
    row("14:05", Midnight + 14h + 5min);
    row("4:05:06", Midnight + 4h + 5min + 6s);
    row("2023-11-14", Midnight);
    row("2023-11-14T14:05", Midnight + 14h + 5min);
    row("2023-11-14 14:05:06", Midnight + 14h + 5min + 6s);
    row("2023-11-14T14:05:00Z", Midnight + 14h + 5min);
    row("2023-11-14T14:05:00+02:00", Midnight + 12h + 5min);
}

void tst_AuditCommand::timesAreUnderstood()
{
    QFETCH(const std::string, word);
    QFETCH(const std::chrono::nanoseconds, time);

    const auto read = Quay::sinceTimeFromText(word, Quay::Test::FakeClock());

    QVERIFY(read.has_value());
    QCOMPARE(*read, time);
}

void tst_AuditCommand::otherTimesAreRefused_data()
{
    QTest::addColumn<std::string>("word");
    for (const char *const word :
         {"", "5", "d", "-1d", "1.5d", "99999d", "25:00", "2023-13-01", "9999-01-01", "1969-12-31", "now"}) {
        QTest::addRow("%s", word) << std::string(word);
    }
}

void tst_AuditCommand::otherTimesAreRefused()
{
    QFETCH(const std::string, word);

    const auto read = Quay::sinceTimeFromText(word, Quay::Test::FakeClock());

    QVERIFY(!read);
    QCOMPARE(read.error().code, Quay::ErrorCode::Invalid);
    QCOMPARE(read.error().subject, word);
}

QTEST_GUILESS_MAIN(tst_AuditCommand)
#include "tst_auditcommand.moc"
