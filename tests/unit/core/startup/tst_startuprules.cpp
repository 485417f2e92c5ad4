// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/startuprules.h"
#include "tests/support/jsonschema.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QSet>
#include <QString>
#include <QTest>

#include <string>

using Quay::StartupRules;

namespace {

QJsonObject readObject(const char *path)
{
    QFile file(QStringLiteral(QUAY_SOURCE_DIR "/") + QLatin1StringView(path));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

std::string fileWith(const std::string &rules)
{
    return "{\"schema\": 1, \"rules\": [\n" + rules + "]}";
}

} // namespace

class tst_StartupRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void builtInRulesFitTheirSchema();
    void kindsOfRulesAreKinds();
    void schemaRefusesMistakes_data();
    void schemaRefusesMistakes();
    void ruleIsRead();
    void brokenRuleIsNamed_data();
    void brokenRuleIsNamed();
};

void tst_StartupRules::builtInRulesFitTheirSchema()
{
    const auto schema = readObject("resources/startup.schema.json");
    QVERIFY(!schema.isEmpty());

    const auto mistakes = Quay::Test::schemaMistakes(readObject("resources/startup.json"), schema);

    QVERIFY2(mistakes.isEmpty(), qPrintable(mistakes.join(u'\n')));
}

void tst_StartupRules::kindsOfRulesAreKinds()
{
    QSet<QString> kinds;
    for (const auto &kind : readObject("resources/kinds.json").value(QLatin1StringView("kinds")).toArray()) {
        kinds << kind.toObject().value(QLatin1StringView("id")).toString();
    }
    QVERIFY(!kinds.isEmpty());

    for (const auto &rule : StartupRules::builtIn().rules()) {
        for (const auto &kind : rule.kinds) {
            QVERIFY2(kinds.contains(QString::fromStdString(kind)), kind.c_str());
        }
    }
}

void tst_StartupRules::schemaRefusesMistakes_data()
{
    QTest::addColumn<QByteArray>("rule");

    QTest::newRow("no pattern") << QByteArray(R"j({"id": "a", "says": "ready", "contains": ["x"]})j");
    QTest::newRow("nothing contained") << QByteArray(
        R"j({"id": "a", "says": "ready", "contains": [], "pattern": "x"})j");
    QTest::newRow("unknown saying") << QByteArray(
        R"j({"id": "a", "says": "maybe", "contains": ["x"], "pattern": "x"})j");
    QTest::newRow("unknown key") << QByteArray(
        R"j({"id": "a", "says": "ready", "contains": ["x"], "pattern": "x", "more": "y"})j");
    QTest::newRow("bad id") << QByteArray(R"j({"id": "A b", "says": "ready", "contains": ["x"], "pattern": "x"})j");
}

void tst_StartupRules::schemaRefusesMistakes()
{
    QFETCH(const QByteArray, rule);
    const QJsonObject file{{QStringLiteral("schema"), 1},
                           {QStringLiteral("rules"), QJsonArray{QJsonDocument::fromJson(rule).object()}}};

    QVERIFY(!Quay::Test::schemaMistakes(file, readObject("resources/startup.schema.json")).isEmpty());
}

void tst_StartupRules::ruleIsRead()
{
    const auto rules = StartupRules::fromJson(fileWith(
        R"j({"id": "a", "kinds": ["vite", "astro"], "says": "phaseEnds", "phase": "build", "unit": "ms", "contains": ["x"], "pattern": "x (?<duration>[0-9]+)"})j"));
    QVERIFY2(rules, rules ? "" : rules.error().subject.c_str());

    const auto &rule = rules->rules().at(0);

    QCOMPARE(rule.id, std::string("a"));
    QCOMPARE(rule.says, Quay::Saying::PhaseEnds);
    QCOMPARE(rule.phase, std::string("build"));
    QCOMPARE(rule.unit, std::string("ms"));
    QVERIFY(rule.isOf("astro"));
    QVERIFY(!rule.isGeneric());
    QVERIFY(rules->knowsKind("vite"));
    QVERIFY(!rules->knowsKind("nodejs"));
}

void tst_StartupRules::brokenRuleIsNamed_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("subject");
    const auto row = [](const char *name, const std::string &json, const std::string &subject) {
        QTest::newRow(name) << json << subject;
    };

    row("empty", "", "line 1: '{' expected");
    row("no rules", R"j({"schema": 1})j", "line 1: rules expected");
    row("other schema", R"j({"schema": 2, "rules": []})j", "line 1: schema must be 1");
    row("cut", R"j({"schema": 1, "rules": [{"id": "a")j", "line 1: ',' expected");
    row("unknown key of the file", R"j({"schema": 1, "more": 1})j", "line 1: unknown key more");
    row("unknown key of a rule", fileWith(R"j({"id": "a", "more": "x"})j"), "line 2: rule a: unknown key more");
    row("no pattern", fileWith(R"j({"id": "a", "says": "ready", "contains": ["x"]})j"),
        "line 2: rule a: id, contains, pattern and a known says expected");
    row("unknown saying", fileWith(R"j({"id": "a", "says": "maybe", "contains": ["x"], "pattern": "x"})j"),
        "line 2: rule a: id, contains, pattern and a known says expected");
    row("no id", fileWith(R"j({"says": "ready", "contains": ["x"], "pattern": "x"})j"),
        "line 2: rule without id: id, contains, pattern and a known says expected");
    row("id twice",
        fileWith("{\"id\": \"a\", \"says\": \"ready\", \"contains\": [\"x\"], \"pattern\": \"x\"},\n"
                 "{\"id\": \"a\", \"says\": \"ready\", \"contains\": [\"x\"], \"pattern\": \"x\"}"),
        "line 3: rule a: this id was given before");
    row("bad pattern", fileWith(R"j({"id": "a", "says": "ready", "contains": ["x"], "pattern": "x(y"})j"),
        "line 2: rule a: character 4: missing closing parenthesis");
    row("unknown group", fileWith(R"j({"id": "a", "says": "ready", "contains": ["x"], "pattern": "(?<speed>x)"})j"),
        "line 2: rule a: unknown group speed");
    row("unknown unit",
        fileWith(R"j({"id": "a", "says": "ready", "unit": "eons", "contains": ["x"], "pattern": "x"})j"),
        "line 2: rule a: unknown unit");
    row("phase without name", fileWith(R"j({"id": "a", "says": "phaseEnds", "contains": ["x"], "pattern": "x"})j"),
        "line 2: rule a: phase, or a group name or step, expected");
    row("empty literal", fileWith(R"j({"id": "a", "says": "ready", "contains": [""], "pattern": "x"})j"),
        "line 2: rule a: contains has an empty text, or there are too many");
    row("escape", fileWith(R"j({"id": "a", "says": "ready", "contains": ["x"], "pattern": "\\d"})j"),
        "line 2: a text must end on its line and have no escapes");
}

void tst_StartupRules::brokenRuleIsNamed()
{
    QFETCH(const std::string, json);
    QFETCH(const std::string, subject);

    const auto rules = StartupRules::fromJson(json);

    QVERIFY(!rules);
    QCOMPARE(rules.error().code, Quay::ErrorCode::Malformed);
    QCOMPARE(rules.error().subject, subject);
}

QTEST_GUILESS_MAIN(tst_StartupRules)
#include "tst_startuprules.moc"
