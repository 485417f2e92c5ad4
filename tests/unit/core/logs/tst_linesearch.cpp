// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/linesearch.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTest>

#include <string>

using Quay::LineSearch;

class tst_LineSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesMatch_data();
    void linesMatch();
    void placesAreFound();
    void badPatternIsExplained();
    void costlyPatternIsGivenUp();
};

void tst_LineSearch::linesMatch_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("matches");
    QTest::newRow("literal") << QByteArray("loop") << QByteArray("a different event loop") << true;
    QTest::newRow("not there") << QByteArray("loops") << QByteArray("a different event loop") << false;
    QTest::newRow("anchors") << QByteArray("^a.*loop$") << QByteArray("a different event loop") << true;
    QTest::newRow("case") << QByteArray("Loop") << QByteArray("loop") << false;
    QTest::newRow("case ignored") << QByteArray("(?i)Loop") << QByteArray("loop") << true;
    QTest::newRow("colours between") << QByteArray("^ERROR: no") << QByteArray("\x1b[31mERROR\x1b[0m: no") << true;
    QTest::newRow("not in a colour") << QByteArray("31m") << QByteArray("\x1b[31mERROR") << false;
    QTest::newRow("not UTF-8") << QByteArray("end$") << QByteArray("\xff\xfe end") << true;
    QTest::newRow("too far behind") << QByteArray("end") << QByteArray(20'000, 'x') + "end" << false;
    QTest::newRow("far behind") << QByteArray("end") << QByteArray(16'000, 'x') + "end" << true;
}

void tst_LineSearch::linesMatch()
{
    QFETCH(const QByteArray, pattern);
    QFETCH(const QByteArray, line);
    QFETCH(const bool, matches);

    auto search = LineSearch::compile(pattern.toStdString());

    QVERIFY(search);
    QCOMPARE(search->matches(line.toStdString()), matches);
}

void tst_LineSearch::placesAreFound()
{
    const auto search = LineSearch::compile("b+|$");

    const auto found = search->find("a\x1b[1mbb\x1b[0m a b");

    QCOMPARE(found.text, QStringLiteral("abb a b"));
    QCOMPARE(found.spans.size(), std::size_t{2}); // nothing is no place
    QCOMPARE(found.spans[0], (Quay::FoundLine::Span{.begin = 1, .length = 2}));
    QCOMPARE(found.spans[1], (Quay::FoundLine::Span{.begin = 6, .length = 1}));
}

void tst_LineSearch::badPatternIsExplained()
{
    const auto search = LineSearch::compile("a(b");

    QVERIFY(!search);
    QCOMPARE(search.error().code, Quay::ErrorCode::Invalid);
    QVERIFY2(search.error().subject.starts_with("character 4: "), search.error().subject.c_str());
}

void tst_LineSearch::costlyPatternIsGivenUp()
{
    auto search = LineSearch::compile("(a+)+b");
    const std::string line(16'000, 'a');
    QElapsedTimer timer;
    timer.start();

    const bool matches = search->matches(line + "cb");

    QVERIFY(!matches);
    QCOMPARE(search->costlyLines(), std::uint64_t{1});
    QVERIFY(timer.elapsed() < 5'000);
}

QTEST_APPLESS_MAIN(tst_LineSearch)
#include "tst_linesearch.moc"
