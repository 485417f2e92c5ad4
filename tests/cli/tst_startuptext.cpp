// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/startupjson.h"
#include "app/cli/startuptext.h"
#include "app/cli/tableprinter.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTest>

#include <chrono>
#include <string>
#include <vector>

using Quay::PhaseState;
using Quay::StartComparison;
using Quay::StartOutcome;
using Quay::StartupPhase;
using Quay::StartupRun;
using Quay::WaterfallTraits;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

namespace {

StartupPhase phase(const std::string &name, nanoseconds begin, nanoseconds end)
{
    return {.name = name, .begin = begin, .end = end, .state = PhaseState::Ended};
}

StartupRun slowRun()
{
    StartupRun run{.file = "/home/anna/shop/quaymaster.yaml",
                   .server = "web",
                   .beganAt = std::chrono::seconds(1'767'348'672),
                   .outcome = StartOutcome::Ready,
                   .readyAfter = 2s,
                   .phases = {phase("spawned", 0s, 12ms), phase("listening", 12ms, 1800ms),
                              phase("firstOutput", 12ms, 130ms), phase("migrate \x1b[31m\xc3\xbc", 200ms, 1600ms),
                              phase("ready", 1800ms, 2s)}};
    run.phases[3].source = Quay::PhaseSource::Output;
    run.phases[3].detail = "migrated";
    run.phases[3].said = 1390ms;
    run.phases[3].usage =
        Quay::PhaseUsage{.cpuTime = 70ms,
                         .waitingShare = 0.95,
                         .residentBytes = 48'000'000,
                         .refused = {{.address = Quay::ipAddressFromText("127.0.0.1").value_or(Quay::IpAddress{}),
                                      .port = 5432,
                                      .attempts = 3}}};
    return run;
}

StartComparison slowComparison()
{
    return {.medians = {{.phase = "spawned", .median = 11ms, .spread = 1ms, .runs = 9},
                        {.phase = "migrate \x1b[31m\xc3\xbc", .median = 300ms, .spread = 10ms, .runs = 9}},
            .total = Quay::PhaseMedian{.phase = {}, .median = 900ms, .spread = 20ms, .runs = 9},
            .isSlower = true,
            .slowPhases = {{.phase = "migrate \x1b[31m\xc3\xbc", .took = 1400ms, .usual = 300ms}}};
}

StartupRun failedRun()
{
    StartupRun run{.server = "web",
                   .outcome = StartOutcome::Failed,
                   .phases = {phase("spawned", 0s, 10ms), phase("listening", 10ms, 5s)}};
    run.phases[1].state = PhaseState::Interrupted;
    return run;
}

QString golden(const char *name)
{
    QFile file(QStringLiteral(QUAY_TEST_DATA "/cli/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class tst_StartupText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void waterfallLooksAsItShould_data();
    void waterfallLooksAsItShould();
    void everyLineFits_data();
    void everyLineFits();
    void jsonIsAsItShouldBe();
    void titleSaysHowItWent();
};

void tst_StartupText::initTestCase()
{
    QLocale::setDefault(QLocale::c());
}

void tst_StartupText::waterfallLooksAsItShould_data()
{
    QTest::addColumn<bool>("isSlow");
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("isUtf8");
    QTest::addColumn<QByteArray>("file");

    QTest::newRow("slow") << true << 80 << true << QByteArray("quay-startup.txt");
    QTest::newRow("slow, ASCII") << true << 80 << false << QByteArray("quay-startup-ascii.txt");
    QTest::newRow("slow, narrow") << true << 40 << true << QByteArray("quay-startup-narrow.txt");
    QTest::newRow("failed") << false << 60 << true << QByteArray("quay-startup-failed.txt");
}

void tst_StartupText::waterfallLooksAsItShould()
{
    QFETCH(const bool, isSlow);
    QFETCH(const int, columns);
    QFETCH(const bool, isUtf8);
    QFETCH(const QByteArray, file);

    const QString text =
        Quay::waterfallText(isSlow ? slowRun() : failedRun(), isSlow ? slowComparison() : StartComparison(),
                            {.columns = columns, .isUtf8 = isUtf8});

    QCOMPARE(text, golden(file.constData()));
}

void tst_StartupText::everyLineFits_data()
{
    QTest::addColumn<int>("columns");
    for (const int columns : {70, 80, 100, 200}) {
        QTest::addRow("%d", columns) << columns;
    }
}

void tst_StartupText::everyLineFits()
{
    QFETCH(const int, columns);
    auto run = slowRun();
    run.phases[3].usage.reset();
    run.phases[3].name = "migrate \x1b[31m\xc3\xbc";

    const auto lines = Quay::waterfallText(run, slowComparison(), {.columns = columns}).split(u'\n');

    for (const auto &line : lines) {
        QVERIFY2(Quay::cellWidth(line) <= columns, qPrintable(line));
    }
    QCOMPARE(Quay::cellWidth(lines.at(4)), columns); // the slow one, with its remark
}

void tst_StartupText::jsonIsAsItShouldBe()
{
    const auto json = Quay::startupJson(slowRun(), slowComparison());

    QCOMPARE(QJsonDocument::fromJson(QByteArray::fromStdString(json)),
             QJsonDocument::fromJson(golden("quay-startup.json").toUtf8()));
    QVERIFY(!json.contains('\x1b'));
}

void tst_StartupText::titleSaysHowItWent()
{
    auto run = slowRun();
    const auto title = [](const StartupRun &shown, const StartComparison &comparison) {
        return Quay::waterfallText(shown, comparison, {}).section(u'\n', 0, 0);
    };
    auto usual = slowComparison();
    usual.isSlower = false;

    QCOMPARE(title(run, {}), QStringLiteral("web: ready after 2 s"));
    QCOMPARE(title(run, usual), QStringLiteral("web: ready after 2 s, usually 900 ms"));
    QCOMPARE(title(run, slowComparison()), QStringLiteral("web: ready after 2 s, clearly slower than usual (900 ms)"));
    run.outcome = StartOutcome::Stopped;
    QCOMPARE(title(run, {}), QStringLiteral("web: stopped after 2 s, before it was ready"));
}

QTEST_GUILESS_MAIN(tst_StartupText)
#include "tst_startuptext.moc"
