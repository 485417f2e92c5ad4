// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/recogniser.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using Quay::OutputStream;
using Quay::Recogniser;
using Quay::Saying;
using Quay::StartupMark;
using Quay::StartupRules;
using namespace std::chrono_literals;

namespace {

QJsonObject fixtures()
{
    QFile file(QStringLiteral(QUAY_TEST_DATA "/startup/lines.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

const Quay::StartupRule *ruleOf(const std::string &id)
{
    const auto &rules = StartupRules::builtIn().rules();
    const auto rule = std::ranges::find(rules, id, &Quay::StartupRule::id);
    return rule != rules.end() ? &*rule : nullptr;
}

Recogniser recogniserFor(const std::string &kind, const std::vector<Quay::UserPhase> &phases = {})
{
    auto compiled = Quay::compilePhases(phases);
    if (!compiled) {
        qFatal("a phase is broken");
    }
    return {StartupRules::builtIn(), kind, *std::move(compiled)};
}

std::vector<StartupMark> feed(Recogniser &recogniser, const std::string &line)
{
    return recogniser.feed(line, OutputStream::Output, 1s);
}

/// A server's whole output, one mark a line as it is told apart: `ready`, `listening 8000`, `phaseEnds build`.
std::vector<std::string> marksOf(const char *file, const std::string &kind)
{
    QFile output(QStringLiteral(QUAY_TEST_DATA "/startup/") + QLatin1StringView(file));
    if (!output.open(QIODevice::ReadOnly)) {
        qFatal("%s cannot be read", file);
    }
    auto recogniser = recogniserFor(kind);
    std::vector<std::string> texts;
    for (const auto &line : output.readAll().split('\n')) {
        for (const auto &mark : feed(recogniser, line.toStdString())) {
            std::string text(wordFor(Quay::SayingWords, mark.says));
            text += mark.phase.empty() ? "" : " " + mark.phase;
            text += mark.port ? " " + std::to_string(*mark.port) : "";
            texts.push_back(text);
        }
    }
    return texts;
}

} // namespace

class tst_Recogniser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRuleHasAFixture();
    void lineIsRecognised_data();
    void lineIsRecognised();
    void kindShowsItself_data();
    void kindShowsItself();
    void ordinaryLineIsNothing_data();
    void ordinaryLineIsNothing();
    void wholeOutputIsRecognised_data();
    void wholeOutputIsRecognised();
    void rulesOfOtherKindsAreNotUsed();
    void secondServerOfOneCommandIsRecognised();
    void userPhaseEndsOnce();
    void userPhaseSaysHowLongItTook();
    void lineMayEndAPhaseAndSayMore();
    void costlyUserPatternIsGivenUp();
    void builtInPatternsAreCheapOnHostileLines_data();
    void builtInPatternsAreCheapOnHostileLines();
    void nothingIsLookedAtAfterTheStart();
    void markHasLineStreamAndTime();
    void secretsOfTheLineAreMasked();
};

void tst_Recogniser::everyRuleHasAFixture()
{
    const auto lines = fixtures().value(QLatin1StringView("rules")).toObject();

    for (const auto &rule : StartupRules::builtIn().rules()) {
        QVERIFY2(!lines.value(QString::fromStdString(rule.id)).toArray().isEmpty(), rule.id.c_str());
    }
    QCOMPARE(lines.size(), static_cast<qsizetype>(StartupRules::builtIn().rules().size()));
}

void tst_Recogniser::lineIsRecognised_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QJsonObject>("expected");
    const auto lines = fixtures().value(QLatin1StringView("rules")).toObject();
    for (auto entry = lines.begin(); entry != lines.end(); ++entry) {
        int number = 0;
        for (const auto &line : entry.value().toArray()) {
            QTest::addRow("%s %d", qPrintable(entry.key()), number++) << entry.key() << line.toObject();
        }
    }
}

void tst_Recogniser::lineIsRecognised()
{
    QFETCH(const QString, rule);
    QFETCH(const QJsonObject, expected);
    const auto *const known = ruleOf(rule.toStdString());
    QVERIFY(known != nullptr);
    auto recogniser = recogniserFor(known->isGeneric() ? std::string() : known->kinds.front());
    const auto text = [&expected](const char *key) {
        return expected.value(QLatin1StringView(key)).toString().toStdString();
    };
    const auto number = [&expected](const char *key) { return expected.value(QLatin1StringView(key)).toInt(-1); };

    const auto marks = feed(recogniser, text("line"));

    QCOMPARE(marks.size(), std::size_t{1});
    const auto &mark = marks.front();
    QCOMPARE(mark.rule, rule.toStdString());
    QCOMPARE(mark.says, known->says);
    QCOMPARE(mark.phase, text("phase"));
    QCOMPARE(mark.port ? *mark.port : -1, number("port"));
    QCOMPARE(mark.step.value_or(-1), number("step"));
    QCOMPARE(mark.steps.value_or(-1), number("steps"));
    QCOMPARE(mark.took ? static_cast<int>(std::chrono::round<std::chrono::milliseconds>(*mark.took).count()) : -1,
             number("tookMs"));
    if (expected.contains(QLatin1StringView("url"))) {
        QCOMPARE(mark.url, text("url"));
    }
    if (expected.contains(QLatin1StringView("host"))) {
        QCOMPARE(mark.host, text("host"));
    }
}

void tst_Recogniser::kindShowsItself_data()
{
    lineIsRecognised_data();
}

void tst_Recogniser::kindShowsItself()
{
    QFETCH(const QString, rule);
    QFETCH(const QJsonObject, expected);
    auto recogniser = recogniserFor("nodejs"); // no rule is for it in particular

    const auto marks = feed(recogniser, expected.value(QLatin1StringView("line")).toString().toStdString());

    QCOMPARE(marks.size(), std::size_t{1});
    QCOMPARE(marks.front().says, ruleOf(rule.toStdString())->says);
    QCOMPARE(recogniser.kind(),
             ruleOf(marks.front().rule)->isGeneric() ? "nodejs" : ruleOf(marks.front().rule)->kinds.front());
}

void tst_Recogniser::ordinaryLineIsNothing_data()
{
    QTest::addColumn<QString>("line");
    int number = 0;
    for (const auto &line : fixtures().value(QLatin1StringView("nothing")).toArray()) {
        QTest::addRow("%d", number++) << line.toString();
    }
}

void tst_Recogniser::ordinaryLineIsNothing()
{
    QFETCH(const QString, line);
    auto recogniser = recogniserFor({});

    const auto marks = feed(recogniser, line.toStdString());

    QVERIFY2(marks.empty(), marks.empty() ? "" : marks.front().rule.c_str());
}

void tst_Recogniser::wholeOutputIsRecognised_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<std::string>("kind");
    QTest::addColumn<std::vector<std::string>>("expected");
    using Marks = std::vector<std::string>;

    QTest::newRow("vite") << QByteArray("vite.txt") << std::string("vite")
                          << Marks{"otherPort", "phaseBegins optimize dependencies", "ready", "listening 5174"};
    QTest::newRow("vite, kind unknown") << QByteArray("vite.txt") << std::string()
                                        << Marks{"otherPort", "phaseBegins optimize dependencies", "ready",
                                                 "listening 5174"};
    QTest::newRow("uvicorn") << QByteArray("uvicorn.txt") << std::string("uvicorn")
                             << Marks{"phaseBegins application startup", "ready", "listening 8000"};
    QTest::newRow("steps") << QByteArray("steps.txt") << std::string()
                           << Marks{"step connect to the database",
                                    "step load the models",
                                    "phaseEnds load models",
                                    "step warm the cache",
                                    "step open the port",
                                    "listening 8080",
                                    "ready"};
    QTest::newRow("redis") << QByteArray("redis.txt") << std::string("redis") << Marks{"ready"};
    QTest::newRow("redis, port taken") << QByteArray("redis-taken.txt") << std::string("redis")
                                       << Marks{"failed 46391", "failed 46391"};
    QTest::newRow("postgresql") << QByteArray("postgresql.txt") << std::string("postgresql")
                                << Marks{"listening 45432", "ready"};
    QTest::newRow("nginx") << QByteArray("nginx.txt") << std::string("nginx") << Marks{"ready"};
    QTest::newRow("python http.server") << QByteArray("httpserver.txt") << std::string("http.server")
                                        << Marks{"listening 48123"};
    QTest::newRow("node, port taken") << QByteArray("node-taken.txt") << std::string("nodejs")
                                      << Marks{"failed 48124", "failed"}; // once more, in the error's members
}

void tst_Recogniser::wholeOutputIsRecognised()
{
    QFETCH(const QByteArray, file);
    QFETCH(const std::string, kind);
    QFETCH(const std::vector<std::string>, expected);

    const auto marks = marksOf(file.constData(), kind);

    QCOMPARE(marks, expected);
}

void tst_Recogniser::rulesOfOtherKindsAreNotUsed()
{
    auto recogniser = recogniserFor("vite");

    QVERIFY(feed(recogniser, "INFO:     Uvicorn running on unix socket /run/x (Press CTRL+C to quit)").empty());
    QCOMPARE(feed(recogniser, "  VITE v5.4.2  ready in 356 ms").size(), std::size_t{1});
}

void tst_Recogniser::secondServerOfOneCommandIsRecognised()
{
    auto recogniser = recogniserFor({});

    QCOMPARE(feed(recogniser, "Compiled successfully!").front().rule, std::string("cra-ready"));
    const auto marks = feed(recogniser, "INFO:     Waiting for application startup.");

    QCOMPARE(marks.size(), std::size_t{1});
    QCOMPARE(marks.front().rule, std::string("uvicorn-begins"));
    QCOMPARE(recogniser.kind(), std::string("create-react-app"));
}

void tst_Recogniser::userPhaseEndsOnce()
{
    auto recogniser = recogniserFor({}, {{.name = "migrate", .pattern = "^migrated"}});

    const auto first = feed(recogniser, "migrated 12 tables");
    const auto second = feed(recogniser, "migrated 13 tables");

    QCOMPARE(first.size(), std::size_t{1});
    QCOMPARE(first.front().says, Saying::PhaseEnds);
    QCOMPARE(first.front().phase, std::string("migrate"));
    QVERIFY(first.front().rule.empty());
    QVERIFY(second.empty());
}

void tst_Recogniser::userPhaseSaysHowLongItTook()
{
    auto recogniser = recogniserFor({},
                                    {{.name = "a", .pattern = "a took (?<duration>.+)$"},
                                     {.name = "b", .pattern = "b took (?<duration>[0-9]+)(?<unit>ms)"}});

    QCOMPARE(feed(recogniser, "a took 1m 2s").front().took, std::optional<std::chrono::nanoseconds>(62s));
    QCOMPARE(feed(recogniser, "b took 7ms").front().took, std::optional<std::chrono::nanoseconds>(7ms));
}

void tst_Recogniser::lineMayEndAPhaseAndSayMore()
{
    auto recogniser = recogniserFor({}, {{.name = "web", .pattern = "listening"}});

    const auto marks = feed(recogniser, "listening on port 3000");

    QCOMPARE(marks.size(), std::size_t{2});
    QCOMPARE(marks[0].says, Saying::Listening);
    QCOMPARE(marks[1].phase, std::string("web"));
}

void tst_Recogniser::costlyUserPatternIsGivenUp()
{
    auto recogniser = recogniserFor({}, {{.name = "bad", .pattern = "^(a+)+$"}, {.name = "good", .pattern = "^b"}});
    const std::string hostile = std::string(3000, 'a') + "!";

    for (int line = 1; line < Recogniser::MostCostlyLines; ++line) {
        QVERIFY(feed(recogniser, hostile).empty());
    }
    QVERIFY(recogniser.givenUp().empty());
    QVERIFY(feed(recogniser, hostile).empty());

    QCOMPARE(recogniser.givenUp(), std::vector<std::string>{"bad"});
    QVERIFY(feed(recogniser, "aaa").empty());
    QCOMPARE(feed(recogniser, "b").size(), std::size_t{1});
}

void tst_Recogniser::builtInPatternsAreCheapOnHostileLines_data()
{
    QTest::addColumn<QString>("unit");

    QTest::newRow("letters") << QStringLiteral("a");
    QTest::newRow("blanks") << QStringLiteral(" ");
    QTest::newRow("digits") << QStringLiteral("1");
    QTest::newRow("no letters") << QStringLiteral("-");
    QTest::newRow("ports") << QStringLiteral(":80 ");
    QTest::newRow("brackets") << QStringLiteral("[1/2] ");
    QTest::newRow("addresses") << QStringLiteral("http://a:1 ");
    QTest::newRow("listening") << QStringLiteral("listening on ");
    QTest::newRow("taken") << QStringLiteral("address already in use :");
    QTest::newRow("steps") << QStringLiteral("step 1 of 2 ");
    QTest::newRow("points") << QStringLiteral("step 1/2 ... ");
}

void tst_Recogniser::builtInPatternsAreCheapOnHostileLines()
{
    QFETCH(const QString, unit);
    const auto line = unit.repeated(static_cast<qsizetype>(Quay::MostLineBytes) / unit.size());

    for (const auto &rule : StartupRules::builtIn().rules()) {
        QVERIFY2(!Quay::LinePattern::isGivenUp(rule.pattern.match(line)), rule.id.c_str());
    }
}

void tst_Recogniser::nothingIsLookedAtAfterTheStart()
{
    auto recogniser = recogniserFor({}, {{.name = "web", .pattern = "listening"}});

    recogniser.finish();

    QVERIFY(recogniser.isOver());
    QVERIFY(feed(recogniser, "listening on port 3000").empty());
}

void tst_Recogniser::markHasLineStreamAndTime()
{
    auto recogniser = recogniserFor({});
    const std::string tail(2 * Quay::MostMarkLineBytes, '\xc3');

    const auto marks =
        recogniser.feed("\x1b[1mlistening on port 3000\x1b[0m " + tail + "\n", OutputStream::Error, 42ns);

    QCOMPARE(marks.size(), std::size_t{1});
    QVERIFY(marks.front().line.starts_with("listening on port 3000 "));
    QVERIFY(marks.front().line.size() <= Quay::MostMarkLineBytes);
    QCOMPARE(marks.front().stream, OutputStream::Error);
    QCOMPARE(marks.front().at, std::chrono::nanoseconds(42));
}

void tst_Recogniser::secretsOfTheLineAreMasked()
{
    auto recogniser = recogniserFor("jupyter");

    const auto marks = feed(recogniser, "http://localhost:8888/lab?token=4ffa15497d4177a100b32a62d8383b79");

    QCOMPARE(marks.size(), std::size_t{1});
    QVERIFY2(!marks.front().line.contains("4ffa"), marks.front().line.c_str());
    QVERIFY(!marks.front().url.contains("4ffa"));
}

QTEST_GUILESS_MAIN(tst_Recogniser)
#include "tst_recogniser.moc"
