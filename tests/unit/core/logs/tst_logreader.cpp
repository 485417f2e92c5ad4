// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/readfile.h"
#include "core/logs/logmerge.h"
#include "core/logs/logreader.h"
#include "core/logs/logsearch.h"
#include "core/logs/runspan.h"
#include "core/supervise/runevent.h"
#include "core/supervise/serverplaces.h"
#include "tests/support/logtext.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

using Quay::LogRange;
using Quay::LogReader;
using Quay::OutputLine;
using Quay::OutputStream;
using Quay::RunEventKind;
using Quay::Test::appendFile;
using Quay::Test::logLine;
using Quay::Test::rotateLog;

namespace {

using Texts = std::vector<std::string>;

constexpr std::chrono::nanoseconds Start = 1'800'000'000s;

std::vector<OutputLine> linesOf(LogReader &reader)
{
    std::vector<OutputLine> lines;
    while (const auto *const line = reader.peek()) {
        lines.push_back(*line);
        reader.pop();
    }
    return lines;
}

Texts textsOf(LogReader &reader)
{
    Texts texts;
    for (const auto &line : linesOf(reader)) {
        texts.push_back(line.text);
    }
    return texts;
}

/// How much this process has read so far.
std::uint64_t bytesRead()
{
    const auto text = Quay::readFile("/proc/self/io").value_or("rchar: 0\n");
    return std::stoull(text.substr(text.find(' ') + 1));
}

} // namespace

class tst_LogReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void allIsReadOldestFirst();
    void noLogIsEmpty();
    void laterLinesFollow();
    void sinceFindsTheLine_data();
    void sinceFindsTheLine();
    void lastLinesOverFiles_data();
    void lastLinesOverFiles();
    void lineThatIsBeingWrittenComesWhole();
    void lastLineIsWholeThoughItIsLong();
    void lastLinesOfBothStreams();
    void lastLinesUntilATime();
    void searchReadsLittle();
    void garbageIsPassedOver_data();
    void garbageIsPassedOver();
    void longLineIsCut();
    void bytesOfAnyKindAreKept();
    void emptiedFileIsAGap();
    void logThatVanishesIsReadToItsEnd();
    void mergedByTime();
    void lastLinesOfARun();
    void runWithoutAnEndEndsWithTheNext();

private:
    /// Writes the record of a run. @p end: its supervisor could say so.
    [[nodiscard]] Quay::ServerPlaces record(const std::string &runId, std::chrono::nanoseconds begin,
                                            std::optional<std::chrono::nanoseconds> end) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::string m_path;
};

void tst_LogReader::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_path = m_directory->filePath(QStringLiteral("log")).toStdString();
}

void tst_LogReader::allIsReadOldestFirst()
{
    for (int i = 0; i < 4; ++i) {
        rotateLog(m_path, 4);
        appendFile(m_path, logLine(Start + std::chrono::seconds(i), std::to_string(i)));
    }

    LogReader reader(m_path, {});

    QCOMPARE(textsOf(reader), (Texts{"0", "1", "2", "3"}));
    QCOMPARE(reader.gaps(), std::uint64_t{0});
}

void tst_LogReader::noLogIsEmpty()
{
    LogReader all(m_path, {});
    LogReader last(m_path, {.since = {}, .until = {}, .last = 3});
    LogReader since(m_path, {.since = Start, .until = {}, .last = {}});

    QVERIFY(all.peek() == nullptr && last.peek() == nullptr && since.peek() == nullptr);
    appendFile(m_path, logLine(Start, "later"));
    QCOMPARE(textsOf(all), Texts{"later"});
    QCOMPARE(textsOf(last), Texts{"later"});
    QCOMPARE(textsOf(since), Texts{"later"});
}

void tst_LogReader::laterLinesFollow()
{
    appendFile(m_path, logLine(Start, "one") + logLine(Start, "two"));
    LogReader reader(m_path, {.since = {}, .until = {}, .last = 1});
    QCOMPARE(textsOf(reader), Texts{"two"});

    appendFile(m_path, logLine(Start, "three"));
    rotateLog(m_path, 2);
    appendFile(m_path, logLine(Start, "four"));

    QCOMPARE(textsOf(reader), (Texts{"three", "four"}));
}

void tst_LogReader::sinceFindsTheLine_data()
{
    QTest::addColumn<int>("second");
    QTest::addColumn<int>("expected"); // the first, of 0 to 39'999; none: 40'000
    QTest::newRow("before all") << -5 << 0;
    QTest::newRow("first") << 0 << 0;
    QTest::newRow("in the oldest file") << 4'711 << 4'711;
    QTest::newRow("begin of a file") << 20'000 << 20'000;
    QTest::newRow("end of a file") << 19'999 << 19'999;
    QTest::newRow("in the newest") << 39'000 << 39'000;
    QTest::newRow("last") << 39'999 << 39'999;
    QTest::newRow("after all") << 50'000 << 40'000;
}

void tst_LogReader::sinceFindsTheLine()
{
    QFETCH(const int, second);
    QFETCH(const int, expected);
    for (int file = 0; file < 4; ++file) {
        rotateLog(m_path, 4);
        std::string text;
        for (int i = 0; i < 10'000; ++i) {
            const int number = file * 10'000 + i;
            const std::string line = std::to_string(number) + std::string(static_cast<std::size_t>(number % 97), 'x');
            text += logLine(Start + std::chrono::seconds(number), line);
        }
        appendFile(m_path, text);
    }

    LogReader reader(m_path, {.since = Start + std::chrono::seconds(second), .until = {}, .last = {}});
    const auto lines = linesOf(reader);

    QCOMPARE(static_cast<int>(lines.size()), 40'000 - expected);
    if (!lines.empty()) {
        QCOMPARE(lines.front().realTime, Start + std::chrono::seconds(expected));
    }
}

void tst_LogReader::lastLinesOverFiles_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 2, 3, 4, 7, 299, 300, 301, 1'000'000}) {
        QTest::addRow("%d", count) << count;
    }
}

void tst_LogReader::lastLinesOverFiles()
{
    QFETCH(const int, count);
    for (int i = 0; i < 300; ++i) {
        if (i % 3 == 0) {
            rotateLog(m_path, 200);
        }
        appendFile(m_path, logLine(Start + std::chrono::seconds(i), std::to_string(i)));
    }

    LogReader reader(m_path, {.since = {}, .until = {}, .last = static_cast<std::size_t>(count)});
    const auto texts = textsOf(reader);

    QCOMPARE(static_cast<int>(texts.size()), std::min(count, 300));
    if (!texts.empty()) {
        QCOMPARE(texts.front(), std::to_string(300 - std::min(count, 300)));
        QCOMPARE(texts.back(), std::string("299"));
    }
}

void tst_LogReader::lineThatIsBeingWrittenComesWhole()
{
    const auto line = logLine(Start, "two");
    appendFile(m_path, logLine(Start, "one") + line.substr(0, 10));
    LogReader none(m_path, {.since = {}, .until = {}, .last = 0});
    LogReader one(m_path, {.since = {}, .until = {}, .last = 1});
    QVERIFY(none.peek() == nullptr);

    appendFile(m_path, line.substr(10));

    QCOMPARE(textsOf(none), Texts{"two"});
    QCOMPARE(textsOf(one), (Texts{"one", "two"}));
}

/// 10 MB in pieces.
void tst_LogReader::lastLineIsWholeThoughItIsLong()
{
    std::string text = logLine(Start, "before");
    text += logLine(Start, "begin", OutputStream::Output, true);
    const std::string piece(Quay::MostPieceBytes, 'x');
    for (int i = 0; i < 640; ++i) {
        text += logLine(Start, piece, OutputStream::Output, true);
    }
    text += logLine(Start, "end");
    appendFile(m_path, text);

    LogReader reader(m_path, {.since = {}, .until = {}, .last = 1});
    const auto lines = linesOf(reader);

    QCOMPARE(lines.size(), std::size_t{1});
    QVERIFY(lines.front().text.starts_with("beginxxx"));
    QCOMPARE(lines.front().text.size(), LogReader::MostLineBytes);
    QVERIFY(lines.front().isCut);
}

void tst_LogReader::lastLinesOfBothStreams()
{
    appendFile(m_path,
               logLine(Start, "error 1", OutputStream::Error) + logLine(Start, "out ", OutputStream::Output, true)
                   + logLine(Start, "err", OutputStream::Error, true) + logLine(Start, "1")
                   + logLine(Start, "or 2", OutputStream::Error) + logLine(Start, "out 2"));

    LogReader reader(m_path, {.since = {}, .until = {}, .last = 3});

    QCOMPARE(textsOf(reader), (Texts{"out 1", "error 2", "out 2"}));
}

void tst_LogReader::lastLinesUntilATime()
{
    std::string text;
    for (int i = 0; i < 5'000; ++i) {
        text += logLine(Start + std::chrono::seconds(i), std::to_string(i));
    }
    appendFile(m_path, text);

    LogReader reader(m_path, {.since = Start + 1'999s, .until = Start + 2'000s, .last = 3});
    LogReader open(m_path, {.since = {}, .until = Start + 2'000s, .last = 2});

    QCOMPARE(textsOf(reader), (Texts{"1999", "2000"}));
    QCOMPARE(textsOf(open), (Texts{"1999", "2000"}));
}

void tst_LogReader::searchReadsLittle()
{
    std::string text;
    std::uint64_t expected = 0;
    for (int i = 0; text.size() < (std::size_t{30} << 20U); ++i) {
        expected = i == 150'000 ? text.size() : expected;
        text += logLine(Start + std::chrono::milliseconds(i), "some line of a server that is not very long");
    }
    appendFile(m_path, text);
    const auto before = bytesRead();

    const auto byTime = Quay::findLogTime(m_path, Start + 150s);
    const auto last = Quay::findLastLines(m_path, 100);
    const auto read = bytesRead() - before;

    QVERIFY(byTime && last && last->place.offset > byTime->offset);
    QVERIFY(byTime->offset < expected
            && expected - byTime->offset < (std::uint64_t{5} << 18U)); // that, or a bit before
    QVERIFY2(read > 1'000 && read < (std::uint64_t{4} << 20U), qPrintable(QString::number(read)));
}

void tst_LogReader::garbageIsPassedOver_data()
{
    QTest::addColumn<QByteArray>("garbage");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("empty lines") << QByteArray("\n\n\n");
    QTest::newRow("text") << QByteArray("this is no log\nneither is this\n");
    QTest::newRow("torn line") << QByteArray("2027-01-15T08:00:00.1234\n");
    QTest::newRow("wrong time") << QByteArray("2027-13-15T08:00:00.123456789Z stdout F x\n");
    QTest::newRow("wrong stream") << QByteArray("2027-01-15T08:00:00.123456789Z stdlog F x\n");
    QTest::newRow("zeros, and much of it") << QByteArray(3'000'000, '\0') + '\n';
    QTest::newRow("one letter, and no end") << QByteArray(700'000, 'x') + '\n';
}

void tst_LogReader::garbageIsPassedOver()
{
    QFETCH(const QByteArray, garbage);
    std::string text = garbage.toStdString();
    for (int i = 0; i < 1'000; ++i) {
        text += logLine(Start + std::chrono::seconds(i), std::to_string(i));
    }
    text += garbage.toStdString() + logLine(Start + 1'000s, "1000") + garbage.toStdString();
    appendFile(m_path, text);
    appendFile(m_path, "2027-01-15T08:00:00.123456789Z stdout F no end yet");

    LogReader all(m_path, {});
    LogReader since(m_path, {.since = Start + 999s, .until = {}, .last = {}});
    LogReader last(m_path, {.since = {}, .until = {}, .last = 2});

    QCOMPARE(textsOf(all).size(), std::size_t{1'001});
    QCOMPARE(textsOf(since), (Texts{"999", "1000"}));
    QCOMPARE(textsOf(last), (Texts{"999", "1000"}));
}

void tst_LogReader::longLineIsCut()
{
    std::string text;
    const std::string piece(Quay::MostPieceBytes, 'x');
    for (int i = 0; i < 640; ++i) {
        text += logLine(Start, piece, OutputStream::Output, true);
    }
    appendFile(m_path, text + logLine(Start, "end") + logLine(Start, "next"));

    LogReader reader(m_path, {});
    const auto lines = linesOf(reader);

    QCOMPARE(lines.size(), std::size_t{2});
    QVERIFY(lines[0].isCut && lines[0].text.size() == LogReader::MostLineBytes);
    QVERIFY(!lines[1].isCut && lines[1].text == "next");
}

void tst_LogReader::bytesOfAnyKindAreKept()
{
    const std::string bytes("\0\xff\xfe\x1b[31m\r\t\x80", 12);
    appendFile(m_path, logLine(Start, bytes));

    LogReader reader(m_path, {});

    QCOMPARE(textsOf(reader), Texts{bytes});
}

void tst_LogReader::emptiedFileIsAGap()
{
    appendFile(m_path, logLine(Start, "one, which is longer") + logLine(Start, "two"));
    LogReader reader(m_path, {});
    (void)textsOf(reader);

    std::filesystem::resize_file(m_path, 0);
    appendFile(m_path, logLine(Start, "three"));

    QCOMPARE(textsOf(reader), Texts{"three"});
    QCOMPARE(reader.gaps(), std::uint64_t{1});
}

void tst_LogReader::logThatVanishesIsReadToItsEnd()
{
    appendFile(m_path, logLine(Start, "one"));
    LogReader reader(m_path, {});
    (void)textsOf(reader);

    std::filesystem::remove(m_path);
    QVERIFY(reader.peek() == nullptr);
    appendFile(m_path, logLine(Start, "two"));

    QCOMPARE(textsOf(reader), Texts{"two"});
}

void tst_LogReader::mergedByTime()
{
    const std::string other = m_path + "-other";
    appendFile(m_path, logLine(Start + 1s, "b") + logLine(Start + 3s, "d") + logLine(Start + 4s, "e"));
    appendFile(other, logLine(Start, "a") + logLine(Start + 2s, "c"));
    const std::vector<Quay::LogPart> parts{{.path = m_path, .range = {}}, {.path = other, .range = {}}};

    Quay::LogMerge merge(parts);
    std::string texts;
    std::string logs;
    while (const auto line = merge.next()) {
        texts += line->line.text;
        logs += std::to_string(line->log);
    }

    QCOMPARE(texts, std::string("abcde"));
    QCOMPARE(logs, std::string("10100"));
}

Quay::ServerPlaces tst_LogReader::record(const std::string &runId, std::chrono::nanoseconds begin,
                                         std::optional<std::chrono::nanoseconds> end) const
{
    const auto directory = m_directory->path().toStdString();
    Quay::ServerPlaces places{.runtimeDirectory = directory, .stateDirectory = directory};
    std::filesystem::create_directories(places.records());
    const auto event = [](RunEventKind kind, std::uint64_t number, std::chrono::nanoseconds time) {
        return toLine(Quay::RunEvent{.kind = kind, .number = number, .at = {.realTime = time, .sinceBoot = time}})
                   .line()
            + '\n';
    };
    std::string text = event(RunEventKind::Ready, 1, begin);
    if (end) {
        text += event(RunEventKind::Ended, 2, *end);
    }
    appendFile(places.record(runId), text);
    return places;
}

void tst_LogReader::lastLinesOfARun()
{
    for (int i = 0; i < 30; ++i) {
        appendFile(m_path, logLine(Start + std::chrono::seconds(i), std::to_string(i)));
    }
    (void)record("0000000000000001-00000001", Start, Start + 9s);
    const auto places = record("0000000000000002-00000001", Start + 10s, Start + 19s);

    const auto all = Quay::lastLogLines(places, 2);
    const auto ofRun = Quay::lastLogLines(places, 2, "0000000000000002-00000001");
    const auto many = Quay::lastLogLines(places, 100, "0000000000000001-00000001");
    const auto none = Quay::lastLogLines(places, 2, "0000000000000003-00000001");

    QVERIFY(all && all->size() == 2 && all->back().text == "29");
    QVERIFY(ofRun && ofRun->size() == 2 && ofRun->front().text == "18" && ofRun->back().text == "19");
    QVERIFY(many && many->size() == 10 && many->back().text == "9");
    QVERIFY(!none);
    QCOMPARE(none.error().code, Quay::ErrorCode::Gone);
}

void tst_LogReader::runWithoutAnEndEndsWithTheNext()
{
    (void)record("0000000000000001-00000001", Start, std::nullopt);
    const auto places = record("0000000000000002-00000001", Start + 10s, std::nullopt);

    const auto last = Quay::findLastRun(places, 1);
    const auto before = Quay::findLastRun(places, 2);

    QVERIFY(last && before);
    QCOMPARE(last->begin, Start + 10s);
    QVERIFY(!last->end);
    QCOMPARE(before->begin, Start);
    QCOMPARE(before->end, std::optional<std::chrono::nanoseconds>(Start + 10s - 1ns));
    QVERIFY(!Quay::findLastRun(places, 3));
}

QTEST_APPLESS_MAIN(tst_LogReader)
#include "tst_logreader.moc"
