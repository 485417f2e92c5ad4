// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/literalsearch.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

using Quay::LiteralSearch;

namespace {

LiteralSearch searchFor(const std::vector<std::string> &literals)
{
    LiteralSearch search;
    std::uint16_t id = 0;
    for (const auto &literal : literals) {
        if (!search.add(literal, id++)) {
            qFatal("no room");
        }
    }
    search.finish();
    return search;
}

std::set<int> found(const LiteralSearch &search, const std::string &text)
{
    std::set<int> ids;
    search.search(text, [&ids](std::uint16_t id) { ids.insert(id); });
    return ids;
}

} // namespace

class tst_LiteralSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void literalIsFound_data();
    void literalIsFound();
    void findsWhatTryingEachFinds();
    void repeatedLiteralIsFoundEachTime();
    void emptyLiteralIsRefused();
    void tooManyAreRefused();
};

void tst_LiteralSearch::literalIsFound_data()
{
    QTest::addColumn<std::vector<std::string>>("literals");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::set<int>>("expected");
    using Literals = std::vector<std::string>;
    using Ids = std::set<int>;

    QTest::newRow("none") << Literals{} << std::string("ready") << Ids{};
    QTest::newRow("whole") << Literals{"ready"} << std::string("ready") << Ids{0};
    QTest::newRow("inside") << Literals{"ready"} << std::string("is ready now") << Ids{0};
    QTest::newRow("beginning alone") << Literals{"ready"} << std::string("read") << Ids{};
    QTest::newRow("end of another") << Literals{"already", "ready", "dy"} << std::string("already") << Ids{0, 1, 2};
    QTest::newRow("suffix goes on") << Literals{"abcd", "bce"} << std::string("abce") << Ids{1};
    QTest::newRow("same twice") << Literals{"x", "x"} << std::string("x") << Ids{0, 1};
    QTest::newRow("case") << Literals{"Ready"} << std::string("READY") << Ids{0};
    QTest::newRow("any digit") << Literals{"[0/"} << std::string("[7/9]") << Ids{0};
    QTest::newRow("not UTF-8") << Literals{"\xff"} << std::string("a\xff") << Ids{0};
    QTest::newRow("no folding beyond ASCII") << Literals{"\xc3\xa4"} << std::string("\xc3\x84") << Ids{};
}

void tst_LiteralSearch::literalIsFound()
{
    QFETCH(const std::vector<std::string>, literals);
    QFETCH(const std::string, text);
    QFETCH(const std::set<int>, expected);

    const auto ids = found(searchFor(literals), text);

    QVERIFY(ids == expected);
}

void tst_LiteralSearch::findsWhatTryingEachFinds()
{
    std::mt19937 random(1); // NOLINT(bugprone-random-generator-seed): the same at every run
    const auto word = [&random](std::size_t longest) {
        std::string letters(1 + random() % longest, 'a');
        for (auto &letter : letters) {
            letter = static_cast<char>('a' + random() % 3);
        }
        return letters;
    };
    for (int round = 0; round < 300; ++round) {
        std::vector<std::string> literals(1 + random() % 12);
        for (auto &literal : literals) {
            literal = word(5);
        }
        const std::string text = word(40);
        std::set<int> expected;
        for (std::size_t index = 0; index < literals.size(); ++index) {
            if (text.contains(literals[index])) {
                expected.insert(static_cast<int>(index));
            }
        }

        QVERIFY2(found(searchFor(literals), text) == expected, text.c_str());
    }
}

void tst_LiteralSearch::repeatedLiteralIsFoundEachTime()
{
    const auto search = searchFor({"aa"});
    int count = 0;

    search.search("aaaa", [&count](std::uint16_t) { ++count; });

    QCOMPARE(count, 3);
}

void tst_LiteralSearch::emptyLiteralIsRefused()
{
    LiteralSearch search;

    QVERIFY(!search.add("", 0));
}

void tst_LiteralSearch::tooManyAreRefused()
{
    LiteralSearch search;

    QVERIFY(search.add(std::string(LiteralSearch::MostStates - 1, 'a'), 0));
    QVERIFY(!search.add("b", 1));
    search.finish();
    QVERIFY(found(search, "b").empty());
}

QTEST_GUILESS_MAIN(tst_LiteralSearch)
#include "tst_literalsearch.moc"
