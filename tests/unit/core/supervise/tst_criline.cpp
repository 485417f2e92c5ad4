// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/criline.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <optional>
#include <string>

using namespace std::chrono_literals;
using Quay::criLineFrom;
using Quay::OutputStream;

namespace {

// 2026-11-27T20:00:00.123456789Z
constexpr std::chrono::nanoseconds SomeTime(1'795'809'600'123'456'789);

std::string written(const Quay::CriLine &line)
{
    std::string text;
    Quay::CriFormatter().append(text, line);
    return text;
}

} // namespace

class tst_CriLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lineIsWrittenAsKubernetesDoes();
    void timesAreWritten_data();
    void timesAreWritten();
    void formatterGoesOnToTheNextSecondAndBack();
    void textIsAnyBytes();
    void malformedLineFails_data();
    void malformedLineFails();
    void piecesAreJoinedPerStream();
    void joinedLineIsCutWhereItIsAskedFor();
};

void tst_CriLine::lineIsWrittenAsKubernetesDoes()
{
    QCOMPARE(written({.realTime = SomeTime, .stream = OutputStream::Output, .isPartial = false, .text = "text"}),
             std::string("2026-11-27T20:00:00.123456789Z stdout F text\n"));
    QCOMPARE(written({.realTime = SomeTime, .stream = OutputStream::Error, .isPartial = true, .text = ""}),
             std::string("2026-11-27T20:00:00.123456789Z stderr P \n"));
}

void tst_CriLine::timesAreWritten_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("time");
    QTest::addColumn<std::string>("text");
    QTest::addRow("1970") << std::chrono::nanoseconds(0) << std::string("1970-01-01T00:00:00.000000000Z");
    QTest::addRow("before 1970") << std::chrono::nanoseconds(-1) << std::string("1970-01-01T00:00:00.000000000Z");
    QTest::addRow("leap day") << std::chrono::nanoseconds(1'709'251'199'999'999'999)
                              << std::string("2024-02-29T23:59:59.999999999Z");
    QTest::addRow("one nanosecond") << std::chrono::nanoseconds(1) << std::string("1970-01-01T00:00:00.000000001Z");
}

void tst_CriLine::timesAreWritten()
{
    QFETCH(const std::chrono::nanoseconds, time);
    QFETCH(const std::string, text);

    const auto line = written({.realTime = time, .stream = OutputStream::Output, .isPartial = false, .text = "x"});

    QCOMPARE(line, text + " stdout F x\n");
    QCOMPARE(criLineFrom(line.substr(0, line.size() - 1))->realTime, std::max(time, std::chrono::nanoseconds(0)));
}

void tst_CriLine::formatterGoesOnToTheNextSecondAndBack()
{
    Quay::CriFormatter formatter;
    std::string text;
    for (const auto time : {SomeTime, SomeTime + 1s, SomeTime - 1h}) { // the clock was set back
        formatter.append(text, {.realTime = time, .stream = OutputStream::Output, .isPartial = false, .text = "x"});
    }

    QCOMPARE(text,
             std::string("2026-11-27T20:00:00.123456789Z stdout F x\n"
                         "2026-11-27T20:00:01.123456789Z stdout F x\n"
                         "2026-11-27T19:00:00.123456789Z stdout F x\n"));
}

void tst_CriLine::textIsAnyBytes()
{
    const std::string bytes("\0 \xff\33[0m F P \r", 12);
    const auto line = written({.realTime = SomeTime, .stream = OutputStream::Error, .isPartial = true, .text = bytes});

    const auto read = criLineFrom(std::string_view(line).substr(0, line.size() - 1));

    QVERIFY(read.has_value());
    QVERIFY(read->text == bytes);
    QVERIFY(read->isPartial);
    QCOMPARE(read->stream, OutputStream::Error);
    QCOMPARE(read->realTime, SomeTime);
}

void tst_CriLine::malformedLineFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("time alone") << std::string("2026-11-27T20:00:00.123456789Z");
    QTest::addRow("no tag") << std::string("2026-11-27T20:00:00.123456789Z stdout");
    QTest::addRow("tag without a blank") << std::string("2026-11-27T20:00:00.123456789Z stdout F");
    QTest::addRow("another stream") << std::string("2026-11-27T20:00:00.123456789Z stdin F x");
    QTest::addRow("another tag") << std::string("2026-11-27T20:00:00.123456789Z stdout X x");
    QTest::addRow("month 13") << std::string("2026-13-27T20:00:00.123456789Z stdout F x");
    QTest::addRow("hour 24") << std::string("2026-11-27T24:00:00.123456789Z stdout F x");
    QTest::addRow("year 9999") << std::string("9999-11-27T20:00:00.123456789Z stdout F x");
    QTest::addRow("milliseconds") << std::string("2026-11-27T20:00:00.123Z stdout F x");
    QTest::addRow("another zone") << std::string("2026-11-27T20:00:00.123456789+ stdout F x");
}

void tst_CriLine::malformedLineFails()
{
    QFETCH(const std::string, text);

    QVERIFY(!criLineFrom(text));
}

void tst_CriLine::piecesAreJoinedPerStream()
{
    Quay::CriJoiner joiner(1000);
    const auto piece = [&joiner](OutputStream stream, bool isPartial, std::string_view text) {
        return joiner.add({.realTime = SomeTime, .stream = stream, .isPartial = isPartial, .text = text});
    };

    QVERIFY(!piece(OutputStream::Output, true, "one "));
    const auto between = piece(OutputStream::Error, false, "other");
    QVERIFY(!piece(OutputStream::Output, true, "line"));
    const auto whole = piece(OutputStream::Output, false, "");
    const auto next = piece(OutputStream::Output, false, "next");

    QCOMPARE(between->text, std::string("other"));
    QCOMPARE(whole->text, std::string("one line"));
    QVERIFY(!whole->isCut);
    QCOMPARE(next->text, std::string("next"));
}

void tst_CriLine::joinedLineIsCutWhereItIsAskedFor()
{
    Quay::CriJoiner joiner(5);
    const Quay::CriLine piece{.realTime = SomeTime, .stream = OutputStream::Output, .isPartial = true, .text = "abc"};
    QVERIFY(!joiner.add(piece));
    QVERIFY(!joiner.add(piece));
    const auto whole =
        joiner.add({.realTime = SomeTime, .stream = OutputStream::Output, .isPartial = false, .text = "x"});

    QCOMPARE(whole->text, std::string("abcab"));
    QVERIFY(whole->isCut);
}

QTEST_APPLESS_MAIN(tst_CriLine)
#include "tst_criline.moc"
