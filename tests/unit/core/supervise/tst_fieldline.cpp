// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/fieldline.h"

#include <QObject>
#include <QTest>

#include <optional>
#include <string>
#include <vector>

using Quay::FieldLine;
using Quay::fieldLineFrom;

class tst_FieldLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valuesAreReadAsTheyWereWritten();
    void anyBytesAreAllowedInValues();
    void whatIsNotAskedForIsLeftOut();
    void malformedLineFails_data();
    void malformedLineFails();
};

void tst_FieldLine::valuesAreReadAsTheyWereWritten()
{
    FieldLine line("exited");
    line.add("code", 3);
    line.add("text", std::string("two words"));
    line.add("text", std::string("again"));
    line.add("core", true);
    line.add("oom", std::optional<bool>());

    const auto read = fieldLineFrom(line.line());

    QCOMPARE(line.line(), std::string("exited code=3 text=two%20words text=again core=1"));
    QVERIFY(read.has_value());
    QCOMPARE(read->word(), std::string("exited"));
    QCOMPARE(read->number<int>("code"), std::optional(3));
    QCOMPARE(read->text("text"), std::optional<std::string>("two words"));
    QCOMPARE(read->texts("text"), (std::vector<std::string>{"two words", "again"}));
    QVERIFY(read->flag("core"));
}

void tst_FieldLine::anyBytesAreAllowedInValues()
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte) {
        all += static_cast<char>(byte);
    }
    FieldLine line("x");
    line.add("all", all);
    line.add("empty", std::string());

    const auto read = fieldLineFrom(line.line());

    QVERIFY(read.has_value());
    QCOMPARE(read->text("all"), std::optional(all));
    QCOMPARE(read->text("empty"), std::optional<std::string>(""));
    QVERIFY(line.line().find_first_of(std::string("\0\n\x7f\xff", 4)) == std::string::npos);
}

void tst_FieldLine::whatIsNotAskedForIsLeftOut()
{
    const auto read = fieldLineFrom("x later=1 a=2 word=three");

    QVERIFY(read.has_value());
    QCOMPARE(read->number<int>("a"), std::optional(2));
    QCOMPARE(read->number<int>("word"), std::optional<int>());
    QCOMPARE(read->text("missing"), std::optional<std::string>());
    QVERIFY(!read->flag("missing"));
}

void tst_FieldLine::malformedLineFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("blank at the end") << std::string("x a=1 ");
    QTest::addRow("two blanks") << std::string("x  a=1");
    QTest::addRow("no word") << std::string(" a=1");
    QTest::addRow("word of digits") << std::string("1 a=1");
    QTest::addRow("no name") << std::string("x =1");
    QTest::addRow("no value") << std::string("x a");
    QTest::addRow("escape cut off") << std::string("x a=%2");
    QTest::addRow("escape of a plain byte") << std::string("x a=%41");
    QTest::addRow("escape in small letters") << std::string("x a=%0a");
    QTest::addRow("no escape") << std::string("x a=%zz");
    QTest::addRow("line break") << std::string("x a=1\n");
    QTest::addRow("zero") << std::string("x a=\0", 5);
}

void tst_FieldLine::malformedLineFails()
{
    QFETCH(const std::string, text);

    const auto read = fieldLineFrom(text);

    QVERIFY(!read);
    QCOMPARE(read.error().code, Quay::ErrorCode::Malformed);
}

QTEST_APPLESS_MAIN(tst_FieldLine)
#include "tst_fieldline.moc"
