// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/linepattern.h"
#include "core/startup/outputline.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <string>

using Quay::LinePattern;

class tst_LinePattern : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mistakeIsNamedWithItsPlace_data();
    void mistakeIsNamedWithItsPlace();
    void groupIsCaptured();
    void costlyMatchIsGivenUp_data();
    void costlyMatchIsGivenUp();
    void limitCannotBeRaised();
    void ordinaryPatternOnLongestLineIsNotGivenUp();
    void requiredLiteralIsFound_data();
    void requiredLiteralIsFound();
};

void tst_LinePattern::mistakeIsNamedWithItsPlace_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("place");

    QTest::newRow("group without end") << std::string("abc(d") << std::string("character 6: ");
    QTest::newRow("nothing to repeat") << std::string("ab+*?*") << std::string("character 4: ");
    QTest::newRow("at the beginning") << std::string("*") << std::string("character 1: ");
}

void tst_LinePattern::mistakeIsNamedWithItsPlace()
{
    QFETCH(const std::string, pattern);
    QFETCH(const std::string, place);

    const auto compiled = LinePattern::compile(pattern);

    QVERIFY(!compiled);
    QCOMPARE(compiled.error().code, Quay::ErrorCode::Invalid);
    QVERIFY2(compiled.error().subject.starts_with(place), compiled.error().subject.c_str());
    QVERIFY(compiled.error().subject.size() > place.size());
}

void tst_LinePattern::groupIsCaptured()
{
    const auto pattern = LinePattern::compile("migrated in (?<duration>\\d+) ms");
    QVERIFY(pattern);

    const auto match = pattern->match(QStringLiteral("db migrated in 17 ms"));

    QCOMPARE(Quay::captured(match, u"duration"), std::string("17"));
    QCOMPARE(Quay::captured(match, u"port"), std::string());
}

void tst_LinePattern::costlyMatchIsGivenUp_data()
{
    QTest::addColumn<std::string>("pattern");

    QTest::newRow("nested repetition") << std::string("^(a+)+$");
    QTest::newRow("alternatives that overlap") << std::string("^(a|a)*$");
    QTest::newRow("many repetitions") << std::string("^a*a*a*a*a*a*[bc]$");
}

void tst_LinePattern::costlyMatchIsGivenUp()
{
    QFETCH(const std::string, pattern);
    const auto compiled = LinePattern::compile(pattern);
    QVERIFY(compiled);

    const auto match = compiled->match(QString(static_cast<qsizetype>(Quay::MostLineBytes) - 1, u'a') + u'!');

    QVERIFY(!match.hasMatch());
    QVERIFY(LinePattern::isGivenUp(match));
}

void tst_LinePattern::limitCannotBeRaised()
{
    const auto compiled = LinePattern::compile("(*LIMIT_MATCH=4000000000)^(a+)+$");
    QVERIFY(compiled);

    const auto match = compiled->match(QString(60, u'a') + u'!'); // would take for years

    QVERIFY(LinePattern::isGivenUp(match));
}

void tst_LinePattern::ordinaryPatternOnLongestLineIsNotGivenUp()
{
    const auto compiled = LinePattern::compile("[a-z]+ loaded .* in (?<duration>[0-9.]+) ?s");
    QVERIFY(compiled);

    const auto match = compiled->match(QString(static_cast<qsizetype>(Quay::MostLineBytes), u'a'));

    QVERIFY(!match.hasMatch());
    QVERIFY(!LinePattern::isGivenUp(match));
}

void tst_LinePattern::requiredLiteralIsFound_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("literal");
    const auto row = [](const std::string &pattern, const std::string &literal) {
        QTest::newRow(pattern.c_str()) << pattern << literal;
    };

    row("migrated", "migrated");
    row("^migrated in [0-9]+ ms$", "migrated in ");
    row("a(?<name>x+)bcd", "bcd");
    row("colou?r", "colo");
    row("ab*cd", "cd");
    row("loa+d", "loa");
    row("x{0,3}yz", "yz");
    row("1\\.2\\.3", "1.2.3");
    row("done\\s+now", "done");
    row("[]a]bc", "bc");
    row("gr\xc3\xbc?n", "gr"); // the character is two bytes
    row("a|b", "");
    row("(a|b)cd", "cd");
    row("(?i)ready", "");
    row("(?:a)b", "b");
    row("ab(?=cd)", "ab");
    row("(*UTF)ab", "");
    row("\\Qa|b\\E", "");
    row("[\\]a]bc", "");
    row("(ab", "");
    row("ab\\", "");
    row("", "");
}

void tst_LinePattern::requiredLiteralIsFound()
{
    QFETCH(const std::string, pattern);
    QFETCH(const std::string, literal);

    QCOMPARE(Quay::requiredLiteral(pattern), literal);
}

QTEST_GUILESS_MAIN(tst_LinePattern)
#include "tst_linepattern.moc"
