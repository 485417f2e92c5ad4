// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progressline.h"
#include "tests/cli/scriptedcli.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <optional>
#include <string>

using Quay::ProgressLine;
using Quay::Test::TextOutput;

namespace {

const std::string Away = "\r\x1b[K"; // back to the beginning, and all behind is erased

} // namespace

/// Where a line goes that is written over again and again.
class tst_ProgressLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lineIsCutToTheWidth_data();
    void lineIsCutToTheWidth();
    void lineIsReplacedInPlace();
    void sameLineIsNotWrittenAgain();
    void lineIsTakenAwayOnce();
    void lineComesBackAfterOneThatStays();
    void lineGoesWithItsObject();
    void nothingIsTakenAwayWhereNothingWas();
};

void tst_ProgressLine::lineIsCutToTheWidth_data()
{
    QTest::addColumn<std::optional<int>>("columns");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    // The last column stays free: some terminals go on in the next line once it is filled.
    QTest::newRow("fits") << std::optional(10) << QStringLiteral("123456789") << QStringLiteral("123456789");
    QTest::newRow("too long") << std::optional(10) << QStringLiteral("1234567890") << QStringLiteral("12345678…");
    QTest::newRow("wide characters") << std::optional(6) << QStringLiteral("漢字漢字") << QStringLiteral("漢字…");
    QTest::newRow("width unknown") << std::optional<int>() << QString(80, u'x') << QString(QString(78, u'x') + u'…');
}

void tst_ProgressLine::lineIsCutToTheWidth()
{
    QFETCH(const std::optional<int>, columns);
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    TextOutput out({.isTerminal = true, .columns = columns});
    ProgressLine line(out);

    line.show(text);

    QCOMPARE(out.text, Away + shown.toStdString());
}

void tst_ProgressLine::lineIsReplacedInPlace()
{
    TextOutput out({.isTerminal = true});
    ProgressLine line(out);

    line.show(QStringLiteral("the first"));
    line.show(QStringLiteral("second"));

    QCOMPARE(out.text, Away + "the first" + Away + "second");
}

void tst_ProgressLine::sameLineIsNotWrittenAgain()
{
    TextOutput out({.isTerminal = true});
    ProgressLine line(out);

    line.show(QStringLiteral("text"));
    line.show(QStringLiteral("text"));

    QCOMPARE(out.text, Away + "text");
}

void tst_ProgressLine::lineIsTakenAwayOnce()
{
    TextOutput out({.isTerminal = true});
    ProgressLine line(out);
    line.show(QStringLiteral("text"));

    line.clear();
    line.clear();

    QCOMPARE(out.text, Away + "text" + Away);
}

void tst_ProgressLine::lineComesBackAfterOneThatStays()
{
    TextOutput out({.isTerminal = true});
    ProgressLine line(out);
    line.show(QStringLiteral("text"));
    line.clear();
    QVERIFY(out.writeLine(QStringLiteral("stays")));

    line.show(QStringLiteral("text"));

    QCOMPARE(out.text, Away + "text" + Away + "stays\n" + Away + "text");
}

void tst_ProgressLine::lineGoesWithItsObject()
{
    TextOutput out({.isTerminal = true});

    {
        ProgressLine line(out);
        line.show(QStringLiteral("text"));
    }

    QCOMPARE(out.text, Away + "text" + Away);
}

void tst_ProgressLine::nothingIsTakenAwayWhereNothingWas()
{
    TextOutput out({.isTerminal = true});

    {
        ProgressLine line(out);
        line.clear();
    }

    QCOMPARE(out.text, std::string());
}

QTEST_GUILESS_MAIN(tst_ProgressLine)
#include "tst_progressline.moc"
