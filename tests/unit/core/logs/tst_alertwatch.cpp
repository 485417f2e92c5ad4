// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"
#include "core/logs/alertfile.h"
#include "core/logs/alertwatch.h"
#include "tests/support/logtext.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;

using Quay::AlertNews;
using Quay::AlertRecord;
using Quay::AlertRule;
using Quay::AlertWatch;
using Quay::OutputStream;
using Quay::Test::appendFile;
using Quay::Test::logLine;
using Quay::Test::rotateLog;

namespace {

constexpr std::chrono::nanoseconds Start = 1'800'000'000s;
const AlertRule Loop{.name = {}, .pattern = "bound to a different event loop"};
const AlertRule Slow{.name = "slow", .pattern = "took \\d+ s"};

} // namespace

class tst_AlertWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsAreCountedAndTold();
    void manyFindsAreToldTogether();
    void nothingIsReadBeforeItIsOurs();
    void countGoesOnAfterAKill();
    void nothingIsCountedTwiceThoughItWasNotWritten();
    void countGoesOnThroughRotation();
    void countGoesOnInTheMiddleOfALine();
    void filesThatAreGoneAreNotCountedAgain();
    void newRuleIsCountedInAllOfTheLog();
    void garbageFileIsCountedAnew_data();
    void garbageFileIsCountedAnew();
    void stateThatCannotBeWrittenLosesNothing();
    void reusedInodeIsNotTheSameFile();
    void badPatternIsNeverMet();
    void costlyPatternIsSaid();
    void secretsAreNotKept();
    void recordIsReadAsWritten();
    void cutRecordIsMalformed();
    void readingCountsWithoutWriting();

private:
    [[nodiscard]] std::unique_ptr<AlertWatch> watch(const std::vector<AlertRule> &rules = {Loop}) const;
    /// Everything that is there, as one process does that is then killed: nothing is written afterwards.
    [[nodiscard]] std::vector<AlertNews> look(AlertWatch &watch, std::chrono::nanoseconds now = 100s) const;
    [[nodiscard]] std::uint64_t count(const AlertRule &rule = Loop) const;
    void write(std::string_view text, std::chrono::nanoseconds time = Start) { appendFile(m_log, logLine(time, text)); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_log;
    std::string m_record;
};

void tst_AlertWatch::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_log = m_directory->filePath(QStringLiteral("log")).toStdString();
    m_record = m_directory->filePath(QStringLiteral("alerts")).toStdString();
}

std::unique_ptr<AlertWatch> tst_AlertWatch::watch(const std::vector<AlertRule> &rules) const
{
    return std::make_unique<AlertWatch>(rules, m_log, m_record);
}

std::vector<AlertNews> tst_AlertWatch::look(AlertWatch &watch, std::chrono::nanoseconds now) const
{
    watch.logHasGrown();
    std::vector<AlertNews> all;
    do {
        for (auto &news : watch.proceed(now)) {
            all.push_back(std::move(news));
        }
    } while (watch.due() == std::chrono::nanoseconds(0));
    return all;
}

/// As the record has it.
std::uint64_t tst_AlertWatch::count(const AlertRule &rule) const
{
    const auto record =
        Quay::readFile(m_record).and_then([](const std::string &text) { return Quay::alertsFromText(text); });
    for (const auto &standing : record.value_or(AlertRecord()).standings) {
        if (standing.rule == rule) {
            return standing.count;
        }
    }
    return 0;
}

void tst_AlertWatch::findsAreCountedAndTold()
{
    write("begins");
    write("\x1b[31mERROR\x1b[0m: future is bound to a different event loop", Start + 1s);
    const auto alerts = watch({Slow, Loop});

    const auto news = look(*alerts);

    QCOMPARE(news.size(), std::size_t{1});
    QCOMPARE(news[0].rule, std::size_t{1});
    QCOMPARE(news[0].newCount, std::uint64_t{1});
    const auto &standing = news[0].standing;
    QCOMPARE(standing.count, std::uint64_t{1});
    QCOMPARE(standing.lookedSince, std::optional(Start));
    QCOMPARE(standing.firstAt, std::optional(Start + 1s));
    QCOMPARE(standing.lastAt, std::optional(Start + 1s));
    QCOMPARE(standing.lastLines, std::vector<std::string>{"ERROR: future is bound to a different event loop"});
}

void tst_AlertWatch::manyFindsAreToldTogether()
{
    const auto alerts = watch();
    write(Loop.pattern);
    QCOMPARE(look(*alerts, 100s).size(), std::size_t{1});

    for (int i = 0; i < 5; ++i) {
        write(Loop.pattern + ' ' + std::to_string(i));
        QVERIFY(look(*alerts, 101s).empty());
    }
    QVERIFY(alerts->due() && *alerts->due() <= 110s);
    const auto later = alerts->proceed(110s);

    QCOMPARE(later.size(), std::size_t{1});
    QCOMPARE(later[0].newCount, std::uint64_t{5});
    QCOMPARE(later[0].standing.count, std::uint64_t{6});
    QCOMPARE(later[0].standing.lastLines.size(), Quay::AlertStanding::MostLines);
    QVERIFY(later[0].standing.lastLines.back().ends_with(" 4"));
    QVERIFY(alerts->proceed(200s).empty());
}

void tst_AlertWatch::nothingIsReadBeforeItIsOurs()
{
    write(Loop.pattern);
    {
        const auto alerts = watch();
        QVERIFY(!alerts->due());
        QVERIFY(alerts->proceed(100s).empty());
    }
    QVERIFY(!std::filesystem::exists(m_record));
}

void tst_AlertWatch::countGoesOnAfterAKill()
{
    write(Loop.pattern);
    const auto killed = watch();
    QCOMPARE(look(*killed).size(), std::size_t{1});
    QCOMPARE(count(), std::uint64_t{1});

    write(Loop.pattern, Start + 48h); // nobody looks
    const auto next = watch();
    const auto news = look(*next);

    QCOMPARE(news.size(), std::size_t{1});
    QCOMPARE(news[0].newCount, std::uint64_t{1});
    QCOMPARE(news[0].standing.count, std::uint64_t{2});
    QCOMPARE(news[0].standing.firstAt, std::optional(Start));
    QCOMPARE(news[0].standing.lastAt, std::optional(Start + 48h));
}

void tst_AlertWatch::nothingIsCountedTwiceThoughItWasNotWritten()
{
    write(Loop.pattern);
    const auto killed = watch();
    (void)look(*killed, 100s);
    for (int i = 0; i < 10; ++i) {
        write(Loop.pattern);
    }
    (void)look(*killed, 100s + 1ms); // too soon to be written down
    QCOMPARE(count(), std::uint64_t{1});

    const auto next = watch();
    (void)look(*next);

    QCOMPARE(count(), std::uint64_t{11});
}

void tst_AlertWatch::countGoesOnThroughRotation()
{
    write(Loop.pattern);
    write("something else");
    (void)look(*watch());

    write(Loop.pattern);
    for (int i = 0; i < 3; ++i) {
        rotateLog(m_log, 4);
        write(Loop.pattern);
    }
    (void)look(*watch());

    QCOMPARE(count(), std::uint64_t{5});
}

void tst_AlertWatch::countGoesOnInTheMiddleOfALine()
{
    appendFile(m_log, logLine(Start, "bound to a diff", OutputStream::Error, true));
    write("another");
    (void)look(*watch());

    appendFile(m_log, logLine(Start, "erent event loop", OutputStream::Error));
    (void)look(*watch());

    QCOMPARE(count(), std::uint64_t{1});
}

void tst_AlertWatch::filesThatAreGoneAreNotCountedAgain()
{
    write(Loop.pattern);
    write("later", Start + 1s);
    (void)look(*watch());
    // The file was restored, cut, by somebody: it begins in another way, and some of it was counted.
    std::filesystem::remove(m_log);
    write(Loop.pattern + ", again", Start - 1s);
    write(Loop.pattern, Start + 2s);

    (void)look(*watch());

    QCOMPARE(count(), std::uint64_t{2});
}

void tst_AlertWatch::newRuleIsCountedInAllOfTheLog()
{
    write("took 3 s");
    write(Loop.pattern);
    rotateLog(m_log, 4);
    write("took 4 s");
    (void)look(*watch({Loop}));

    write("took 5 s");
    write(Loop.pattern);
    const auto alerts = watch({Loop, Slow});
    const auto news = look(*alerts, 200s);

    QCOMPARE(count(Loop), std::uint64_t{2});
    QCOMPARE(count(Slow), std::uint64_t{3});
    QCOMPARE(news.size(), std::size_t{2});
}

void tst_AlertWatch::garbageFileIsCountedAnew_data()
{
    QTest::addColumn<QByteArray>("garbage");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zeros") << QByteArray(5'000, '\0');
    QTest::newRow("text") << QByteArray("hello\n");
    QTest::newRow("cut") << QByteArray("read inode=1 offset=0 head=\nalert name= pattern=x count=4\n");
    QTest::newRow("negative") << QByteArray("read\nalert name= pattern=x count=-4\nend\n");
    QTest::newRow("overflow") << QByteArray("read inode=99999999999999999999 offset=0 head=\nend\n");
    QTest::newRow("a place nobody knows") << QByteArray("read inode=1 offset=18446744073709551615 head=abc\nend\n");
    QTest::newRow("too large") << QByteArray(8 << 20, 'x');
}

void tst_AlertWatch::garbageFileIsCountedAnew()
{
    QFETCH(const QByteArray, garbage);
    write(Loop.pattern);
    appendFile(m_record, garbage.toStdString());

    (void)look(*watch());

    QCOMPARE(count(), std::uint64_t{1});
}

void tst_AlertWatch::stateThatCannotBeWrittenLosesNothing()
{
    write(Loop.pattern);
    std::filesystem::create_directory(m_record); // in its place
    const auto alerts = watch();
    QCOMPARE(look(*alerts, 100s).size(), std::size_t{1});
    QVERIFY(alerts->due() && *alerts->due() > 100s); // again, but not at once

    std::filesystem::remove(m_record);
    (void)alerts->proceed(200s);

    QCOMPARE(count(), std::uint64_t{1});
}

/// As on file systems that give the number of the file that was removed last to the next one.
void tst_AlertWatch::reusedInodeIsNotTheSameFile()
{
    write("an old line", Start);
    write("another one", Start + 1s);
    (void)look(*watch());
    std::filesystem::resize_file(m_log, 0); // the same number, and other lines
    write(Loop.pattern, Start + 2s);
    write("and so on, until it is as long as it was before", Start + 3s);

    (void)look(*watch());

    QCOMPARE(count(), std::uint64_t{1});
}

void tst_AlertWatch::badPatternIsNeverMet()
{
    write("a(b");
    const auto alerts = watch({{.name = {}, .pattern = "a(b"}});

    QVERIFY(look(*alerts).empty());
}

void tst_AlertWatch::costlyPatternIsSaid()
{
    const AlertRule costly{.name = {}, .pattern = "(a+)+b"};
    write(std::string(4'000, 'a') + "cb");

    const auto standings = Quay::readAlerts({costly}, m_log, m_record);

    QCOMPARE(standings.front().count, std::uint64_t{0});
    QCOMPARE(standings.front().costlyLines, std::uint64_t{1});
}

void tst_AlertWatch::secretsAreNotKept()
{
    write("took 4 s: postgres://user:hunter2@db/x");

    (void)look(*watch({Slow}));

    const auto record = Quay::readFile(m_record);
    QVERIFY(record && record->contains("took%204%20s") && !record->contains("hunter2"));
}

void tst_AlertWatch::recordIsReadAsWritten()
{
    AlertRecord record;
    record.place = Quay::LogPlace{.inode = 7, .offset = 4711, .head = "2027 \n%", .begun = {}};
    record.place->begun[1].text = "begun\xff";
    record.lastTime = Start;
    record.standings = {{.rule = Slow,
                         .count = 3,
                         .costlyLines = 1,
                         .lookedSince = Start,
                         .firstAt = Start + 1s,
                         .lastAt = Start + 2s,
                         .lastLines = {"a", "", "c d"}},
                        {.rule = Loop}};

    const auto read = Quay::alertsFromText(Quay::alertText(record));

    QVERIFY(read);
    QVERIFY(*read == record);
}

void tst_AlertWatch::cutRecordIsMalformed()
{
    AlertRecord record;
    record.standings = {{.rule = Slow, .count = 3}, {.rule = Loop, .count = 4}};
    const auto text = Quay::alertText(record);

    for (std::size_t length = 0; length < text.size(); ++length) {
        QVERIFY2(!Quay::alertsFromText(text.substr(0, length)), text.substr(0, length).c_str());
    }
}

void tst_AlertWatch::readingCountsWithoutWriting()
{
    write(Loop.pattern);
    (void)look(*watch());
    write(Loop.pattern);

    const auto standings = Quay::readAlerts({Loop}, m_log, m_record);

    QCOMPARE(standings.front().count, std::uint64_t{2});
    QCOMPARE(count(), std::uint64_t{1});
}

QTEST_APPLESS_MAIN(tst_AlertWatch)
#include "tst_alertwatch.moc"
