// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/processes/jsonreader.h"

#include <QObject>
#include <QTest>

#include <string>
#include <string_view>
#include <vector>

using namespace std::string_view_literals;

namespace {

/// Reads `{"name": TEXT, "list": [TEXTS], "flag": FLAG, "number": NUMBER}` in any order.
struct Sample
{
    std::string_view name;
    std::vector<std::string_view> list;
    bool flag = false;
    int number = 0;
    std::string mistake; ///< Empty when there is none.
};

Sample readSample(std::string_view json)
{
    Quay::JsonReader reader(json);
    Sample sample;
    reader.beginObject();
    while (const auto key = reader.nextMember()) {
        if (*key == "name") {
            sample.name = reader.text();
        } else if (*key == "list") {
            sample.list = reader.texts();
        } else if (*key == "flag") {
            sample.flag = reader.flag();
        } else if (*key == "number") {
            sample.number = reader.number();
        } else {
            reader.fail("unknown key");
        }
    }
    reader.finish();
    sample.mistake = reader.error() ? reader.error()->subject : std::string();
    return sample;
}

} // namespace

class tst_JsonReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void membersAreRead();
    void emptyObjectIsRead();
    void nestedListsAreRead();
    void mistakeNamesItsLine_data();
    void mistakeNamesItsLine();
    void everyTruncationIsAMistake();
    void firstMistakeIsKept();
};

void tst_JsonReader::membersAreRead()
{
    const auto sample = readSample(R"( { "name" : "Voilà",
        "list": ["a", "b"], "flag":true, "number" : -12 } )"sv);

    QCOMPARE(sample.mistake, std::string());
    QCOMPARE(sample.name, "Voilà"sv);
    QCOMPARE(sample.list, (std::vector{"a"sv, "b"sv}));
    QVERIFY(sample.flag);
    QCOMPARE(sample.number, -12);
}

void tst_JsonReader::emptyObjectIsRead()
{
    QCOMPARE(readSample("{}").mistake, std::string());
}

void tst_JsonReader::nestedListsAreRead()
{
    Quay::JsonReader reader(R"([[], ["a"], [{"k": "b"}, {}]])");
    std::string found;

    reader.beginArray();
    for (int inner = 0; reader.nextItem(); ++inner) {
        found += '[';
        reader.beginArray();
        while (reader.nextItem()) {
            if (inner == 1) {
                found += reader.text();
                continue;
            }
            found += '{';
            reader.beginObject();
            while (reader.nextMember()) {
                found += reader.text();
            }
        }
    }
    reader.finish();

    QVERIFY(!reader.error());
    QCOMPARE(found, std::string("[[a[{b{"));
}

void tst_JsonReader::mistakeNamesItsLine_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("mistake");
    const auto row = [](const char *name, const char *json, const char *mistake) {
        QTest::addRow("%s", name) << std::string(json) << std::string(mistake);
    };
    row("empty", "", "line 1: '{' expected");
    row("a list", "[]", "line 1: '{' expected");
    row("key without quotes", "{\nname: 1}", "line 2: '\"' expected");
    row("no colon", "{\"name\" \"x\"}", "line 1: ':' expected");
    row("no comma", "{\"flag\": true\n\"name\": \"x\"}", "line 2: ',' expected");
    row("comma at the end", "{\"flag\": true,\n}", "line 2: '\"' expected");
    row("comma at the end of a list", "{\"list\": [\"a\",]}", "line 1: '\"' expected");
    row("comma alone", "{,}", "line 1: '\"' expected");
    row("number for a text", "{\"name\": 1}", "line 1: '\"' expected");
    row("text for a list", "{\"list\": \"a\"}", "line 1: '[' expected");
    row("empty list", "{\"list\": []}", "line 1: a list must not be empty");
    row("text for a flag", "{\"flag\": \"true\"}", "line 1: true or false expected");
    row("null", "{\"flag\": null}", "line 1: true or false expected");
    row("fraction", "{\"number\": .5}", "line 1: a whole number expected");
    row("number too big", "{\"number\": 99999999999}", "line 1: a whole number expected");
    row("escape", "{\"name\": \"a\\n\"}", "line 1: a text must end on its line and have no escapes");
    row("text over two lines", "{\"name\": \"a\nb\"}", "line 1: a text must end on its line and have no escapes");
    row("unknown key", "{\n\n\"other\": 1}", "line 3: unknown key");
    row("more at the end", "{} {}", "line 1: nothing more expected");
}

void tst_JsonReader::mistakeNamesItsLine()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, mistake);

    QCOMPARE(readSample(json).mistake, mistake);
}

void tst_JsonReader::everyTruncationIsAMistake()
{
    constexpr std::string_view Whole = R"({"name": "x", "list": ["a", "b"], "flag": false, "number": 1})";
    QCOMPARE(readSample(Whole).mistake, std::string());

    for (std::size_t size = 0; size < Whole.size(); ++size) {
        QVERIFY2(!readSample(Whole.substr(0, size)).mistake.empty(), std::to_string(size).c_str());
    }
}

void tst_JsonReader::firstMistakeIsKept()
{
    Quay::JsonReader reader("{");

    reader.fail("one");
    reader.fail("two");

    QCOMPARE(reader.error()->subject, std::string("line 1: one"));
    QCOMPARE(reader.error()->code, Quay::ErrorCode::Malformed);
    QVERIFY(!reader.nextMember());
    QVERIFY(!reader.nextItem());
    QCOMPARE(reader.text(), ""sv);
}

QTEST_GUILESS_MAIN(tst_JsonReader)
#include "tst_jsonreader.moc"
