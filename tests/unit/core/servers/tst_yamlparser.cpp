// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/yamlcppparser.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <string>
#include <string_view>

using Quay::MistakeCode;
using Quay::TextPosition;
using Quay::YamlDocument;
using Quay::YamlNode;
using Quay::YamlType;

namespace {

YamlDocument parsed(std::string_view text)
{
    Quay::YamlCppParser parser;
    return parser.parse(text);
}

/// One line: texts in quotation marks when they are in the file, lists in brackets, maps in braces.
std::string printed(const YamlNode &node)
{
    std::string text;
    switch (node.type) {
    case YamlType::Nothing:
        return "nothing";
    case YamlType::Text:
        return node.isQuoted ? "'" + node.text + "'" : node.text;
    case YamlType::List:
        for (const auto &item : node.items) {
            text += (text.empty() ? "" : ", ") + printed(item);
        }
        return "[" + text + "]";
    case YamlType::Map:
        for (const auto &entry : node.entries) {
            text += (text.empty() ? "" : ", ") + entry.key + ": " + printed(entry.value);
        }
        return "{" + text + "}";
    }
    return text;
}

/// Ten levels of lists that each name the one before ten times.
std::string manyLaughs()
{
    std::string text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
    for (int level = 1; level < 10; ++level) {
        const auto before = "*a" + std::to_string(level - 1);
        std::string items = before;
        for (int i = 1; i < 10; ++i) {
            items += ", " + before;
        }
        const auto name = "a" + std::to_string(level);
        text += name + ": &" + name + " [" + items + "]\n";
    }
    return text;
}

/// A long text that many aliases repeat.
std::string longLaughs()
{
    std::string text = "a: &a " + std::string(500'000, 'x') + "\nb:\n";
    for (int i = 0; i < 1000; ++i) {
        text += "- *a\n";
    }
    return text;
}

} // namespace

class tst_YamlParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void documentsBecomeTrees_data();
    void documentsBecomeTrees();
    void nodesKnowTheirPlace();
    void charactersAreCountedNotBytes();
    void mistakesAreTold_data();
    void mistakesAreTold();
    void syntaxMistakesSayWhatStandsThere_data();
    void syntaxMistakesSayWhatStandsThere();
    void severalMistakesAreToldAtOnce();
    void anUnreadableRestLeavesTheBeginning();
};

void tst_YamlParser::documentsBecomeTrees_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("tree");
    const auto row = [](const char *name, std::string text, std::string tree) {
        QTest::addRow("%s", name) << std::move(text) << std::move(tree);
    };
    row("nothing at all", "", "nothing");
    row("a comment alone", "# nothing\n", "nothing");
    row("maps and lists", "a: 1\nb: [x, 'y']\nc:\n  - d: e\n", "{a: 1, b: [x, 'y'], c: [{d: e}]}");
    row("no booleans", "on: no\nyes: off\n", "{on: no, yes: off}");
    row("no numbers", "a: 0123\nb: 1e3\nc: 22:22\n", "{a: 0123, b: 1e3, c: 22:22}");
    row("nothing behind a key", "a:\nb: ~\nc: null\nd: ''\n", "{a: nothing, b: nothing, c: nothing, d: ''}");
    row("blocks", "a: |\n  one\n  two\nb: >\n  one\n  two\n", "{a: 'one\ntwo\n', b: 'one two\n'}");
    row("a tag of YAML itself", "a: !!str 1\n", "{a: '1'}");
    row("aliases", "a: &x {b: c}\nd: *x\n", "{a: {b: c}, d: {b: c}}");
    row("merge keys", "a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}");
    row("merged lists", "a: &x {b: 1}\nc: &y {b: 2, d: 2}\ne: {<<: [*x, *y]}\n",
        "{a: {b: 1}, c: {b: 2, d: 2}, e: {b: 1, d: 2}}");
    row("a quoted merge key is none", "a: {'<<': 1}\n", "{a: {<<: 1}}");
    row("lines of other systems", "a: 1\r\nb: 2\r\n", "{a: 1, b: 2}");
    row("a byte order mark",
        "\xEF\xBB\xBF"
        "a: 1\n",
        "{a: 1}");
    row("JSON", "{\"a\": [1, true, \"\\u00e4\"]}", "{a: [1, true, '\xC3\xA4']}");
    row("one document with its marks", "---\na: 1\n...\n", "{a: 1}");
}

void tst_YamlParser::documentsBecomeTrees()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, tree);

    const auto document = parsed(text);

    QVERIFY(document.mistakes.empty());
    QCOMPARE(printed(document.root), tree);
}

void tst_YamlParser::nodesKnowTheirPlace()
{
    const auto document = parsed("a: 1\nbee:\n  - x\n  -  y\n");

    const auto &bee = document.root.entries.at(1);
    QVERIFY((bee.position == TextPosition{.line = 2, .column = 1}));
    QVERIFY((bee.value.items.at(1).position == TextPosition{.line = 4, .column = 6}));
}

void tst_YamlParser::charactersAreCountedNotBytes()
{
    const auto document = parsed("{'\xC3\xA4\xC3\xB6\xC3\xBC': x}\n");

    QVERIFY((document.root.entries.at(0).value.position == TextPosition{.line = 1, .column = 9}));
}

void tst_YamlParser::mistakesAreTold_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<MistakeCode>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, std::string text, MistakeCode code, int line, int column) {
        QTest::addRow("%s", name) << std::move(text) << code << line << column;
    };
    row("an open bracket", "a: [1, 2\nb: 3\n", MistakeCode::UnclosedBracket, 2, 2);
    row("an open brace", "a: {b: 1\n", MistakeCode::UnclosedBracket, 2, 1);
    row("a bracket that nobody opened", "a: 1]]\nb: ]\n", MistakeCode::Syntax, 2, 4);
    row("a tabulator as indentation", "a:\n\tb: 1\n", MistakeCode::TabIndentation, 2, 3);
    row("a tabulator behind blanks", "a:\n  b: 1\n\tc: 2\n", MistakeCode::TabIndentation, 3, 1);
    row("a colon in a value", "a:\n  b: echo c: d\n", MistakeCode::ColonInValue, 2, 12);
    row("a map behind its key", "a: b:\n  c: d\n", MistakeCode::ColonInValue, 1, 5);
    row("indented too far", "a:\n  b: c\n    d: e\n", MistakeCode::BadIndentation, 3, 6);
    row("indented too far, with colons", "a:\n  b: c\n    d: 'e: f' # g: h\n", MistakeCode::BadIndentation, 3, 6);
    row("indented too little", "a:\n    b: c\n  d: e\n", MistakeCode::BadIndentation, 3, 3);
    row("a list and a map", "a:\n  - b\n  c: d\n", MistakeCode::BadIndentation, 3, 3);
    row("a text behind a quotation mark", "a: \"b\" c\n", MistakeCode::TextBehindQuote, 1, 8);
    row("a reserved character", "a: @b\n", MistakeCode::ReservedCharacter, 1, 4);
    row("an alias of nothing", "a: *x\n", MistakeCode::Syntax, 1, 4);
    row("an alias within its anchor", "a: &x [*x]\n", MistakeCode::Syntax, 1, 8);
    row("a key twice", "a: 1\nb: 2\na: 3\n", MistakeCode::DuplicateKey, 3, 1);
    row("a list as a key", "[a, b]: 1\n", MistakeCode::KeyIsNoText, 1, 1);
    row("a second document", "a: 1\n---\nb: 2\n", MistakeCode::SeveralDocuments, 0, 0);
    row("a foreign tag", "a: !reset 1\n", MistakeCode::UnknownTag, 1, 4);
    row("a merged text", "a: {<<: b}\n", MistakeCode::WrongType, 1, 9);
    row("Latin 1", "a: 1\nb: \xE4\n", MistakeCode::NotUtf8, 2, 4);
    row("a NUL", std::string("a: 1\nb: \0x\n", 11), MistakeCode::NulByte, 2, 4);
    row("UTF-16",
        std::string("\xFF\xFE"
                    "a\0",
                    4),
        MistakeCode::NotUtf8, 1, 1);
    row("too deep", std::string(65, '['), MistakeCode::TooDeep, 0, 0);
    row("far too deep", std::string(100'000, '['), MistakeCode::TooDeep, 0, 0);
    row(
        "far too deep, in a column",
        [] {
            std::string text;
            for (int i = 0; i < 400; ++i) {
                text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
            }
            return text;
        }(),
        MistakeCode::TooDeep, 65, 65);
    row("many laughs", manyLaughs(), MistakeCode::TooMany, 0, 0);
    row("long laughs", longLaughs(), MistakeCode::TooMany, 0, 0);
    row("too large", std::string(Quay::MostYamlBytes + 1, '#'), MistakeCode::TooLarge, 0, 0);
}

void tst_YamlParser::mistakesAreTold()
{
    QFETCH(const std::string, text);
    QFETCH(const MistakeCode, code);
    QFETCH(const int, line);
    QFETCH(const int, column);

    const auto document = parsed(text);

    QCOMPARE(document.mistakes.size(), std::size_t{1});
    QCOMPARE(static_cast<int>(document.mistakes.front().code), static_cast<int>(code));
    if (line > 0) {
        QCOMPARE(document.mistakes.front().position.line, line);
        QCOMPARE(document.mistakes.front().position.column, column);
    }
}

void tst_YamlParser::syntaxMistakesSayWhatStandsThere_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("found");
    const auto row = [](const char *name, std::string text, std::string found) {
        QTest::addRow("%s", name) << std::move(text) << std::move(found);
    };
    row("a colon in a value", "a:\n  b: echo c: d\n", "echo c: d");
    row("a map behind its key", "a: b:\n  c: d\n", "b:");
    row("letters of several bytes", "\xC3\xA4: \"\xC3\xB6\" \xC3\xBC x\n", "\xC3\xBC x");
    row("lines of other systems", "a:\r\n  b: c\r\n    d: e\r\n", "d: e");
    row("a tabulator", "a:\n\tb: 1\n", "b: 1");
    row("an open bracket", "a: [1\n", "[");
    row("an open brace", "a: {b: [1]\n", "{");
    row("a reserved character", "a: `b`\n", "`");
    row("anything else is in the parser's words", "a: *x\n", "the referenced anchor is not defined: x");
}

void tst_YamlParser::syntaxMistakesSayWhatStandsThere()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, found);

    const auto document = parsed(text);

    QCOMPARE(document.mistakes.size(), std::size_t{1});
    QCOMPARE(document.mistakes.front().found, found);
}

void tst_YamlParser::severalMistakesAreToldAtOnce()
{
    const auto document = parsed("a: !x 1\na: 2\n[b]: 3\n");

    QCOMPARE(document.mistakes.size(), std::size_t{3});
    QVERIFY((document.mistakes.at(1).related == TextPosition{.line = 1, .column = 1}));
}

void tst_YamlParser::anUnreadableRestLeavesTheBeginning()
{
    const auto document = parsed("a: {b: c}\nd: ]\n");

    QCOMPARE(document.mistakes.size(), std::size_t{1});
    QCOMPARE(printed(document.root), std::string("{a: {b: c}}"));
}

QTEST_GUILESS_MAIN(tst_YamlParser)
#include "tst_yamlparser.moc"
