// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/textcursor.h"

#include <QObject>
#include <QTest>

#include <string_view>

class tst_TextCursor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesMayBeEmpty();
    void lastLineNeedsNoNewline();
    void blanksBetweenFieldsDoNotCount();
    void restIsWhatWasNotTaken();
    void emptyTextIsAtItsEnd();
};

void tst_TextCursor::linesMayBeEmpty()
{
    Quay::TextCursor cursor("a\n\nb\n");

    QVERIFY(cursor.takeLine() == "a");
    QVERIFY(cursor.takeLine().empty());
    QVERIFY(!cursor.atEnd());
    QVERIFY(cursor.takeLine() == "b");
    QVERIFY(cursor.atEnd());
}

void tst_TextCursor::lastLineNeedsNoNewline()
{
    Quay::TextCursor cursor("a\nb");

    cursor.takeLine();

    QVERIFY(cursor.takeLine() == "b");
    QVERIFY(cursor.atEnd());
}

void tst_TextCursor::blanksBetweenFieldsDoNotCount()
{
    Quay::TextCursor cursor("  a\t b  \n");

    QVERIFY(cursor.takeField() == "a");
    QVERIFY(cursor.takeField() == "b");
    QVERIFY(cursor.takeField().empty());
    QVERIFY(cursor.atEnd());
}

void tst_TextCursor::restIsWhatWasNotTaken()
{
    Quay::TextCursor cursor("0::/a:b");

    QVERIFY(cursor.takeUntil(':') == "0");
    QVERIFY(cursor.takeUntil(':').empty());
    QVERIFY(cursor.rest() == "/a:b");
}

void tst_TextCursor::emptyTextIsAtItsEnd()
{
    Quay::TextCursor cursor({});

    QVERIFY(cursor.atEnd());
    QVERIFY(cursor.takeLine().empty());
    QVERIFY(cursor.takeField().empty());
}

QTEST_GUILESS_MAIN(tst_TextCursor)
#include "tst_textcursor.moc"
