// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/supervise/rundescription.h"

#include <QObject>
#include <QTest>

#include <chrono>
#include <functional>
#include <string>

using namespace std::chrono_literals;
using Quay::descriptionFromText;
using Quay::descriptionText;
using Quay::ErrorCode;
using Quay::RunDescription;

namespace {

RunDescription anyRun()
{
    return {.server = {.project = "/home/a/shop", .name = "web"},
            .places = {.runtimeDirectory = "/run/web", .stateDirectory = "/state/web"},
            .runId = "187b6a1f-0badcafe",
            .arguments = {"npm", "", "two words\n"},
            .directory = "/home/a/shop",
            .environment = {"PATH=/bin", "EMPTY=", "TOKEN=a=b c\xff"},
            .hasTerminal = true,
            .expectsNotify = true,
            .stop = {.signal = 2, .grace = 300ms},
            .log = {.fileBytes = 1'000'000, .filesKept = 0}};
}

using Change = std::function<void(RunDescription &)>;

} // namespace

class tst_RunDescription : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void impossibleDescriptionFails_data();
    void impossibleDescriptionFails();
    void everyCutIsNoticed();
    void fieldThatIsNotKnownFails();
    void otherVersionIsUnsupported();
};

void tst_RunDescription::whatIsWrittenIsRead()
{
    const auto read = descriptionFromText(descriptionText(anyRun()));

    QVERIFY2(read, read ? "" : read.error().subject.c_str());
    QCOMPARE(*read, anyRun());
}

void tst_RunDescription::impossibleDescriptionFails_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::string>("subject");
    const auto row = [](const char *name, const char *subject, const Change &change) {
        QTest::addRow("%s", name) << change << std::string(subject);
    };
    row("no name", "name", [](RunDescription &run) { run.server.name.clear(); });
    row("relative place", "places", [](RunDescription &run) { run.places.runtimeDirectory = "run"; });
    row("run id with a slash", "id", [](RunDescription &run) { run.runId = "../x"; });
    row("no arguments", "argument", [](RunDescription &run) { run.arguments.clear(); });
    row("no program", "argument", [](RunDescription &run) { run.arguments.front().clear(); });
    row("zero in an argument", "argument", [](RunDescription &run) { run.arguments.back() = std::string(1, '\0'); });
    row("relative directory", "directory", [](RunDescription &run) { run.directory = "shop"; });
    row("variable without a name", "variable", [](RunDescription &run) { run.environment.push_back("=x"); });
    row("variable without a value", "variable", [](RunDescription &run) { run.environment.push_back("x"); });
    row("no signal", "stop", [](RunDescription &run) { run.stop.signal = 0; });
    row("signal too high", "stop", [](RunDescription &run) { run.stop.signal = 65; });
    row("negative grace", "stop", [](RunDescription &run) { run.stop.grace = -1ms; });
    row("grace of years", "stop", [](RunDescription &run) { run.stop.grace = 25h; });
    row("tiny logs", "log", [](RunDescription &run) { run.log.fileBytes = 10; });
    row("too many logs", "log", [](RunDescription &run) { run.log.filesKept = 5000; });
}

void tst_RunDescription::impossibleDescriptionFails()
{
    QFETCH(const Change, change);
    QFETCH(const std::string, subject);
    auto run = anyRun();
    change(run);

    const auto read = descriptionFromText(descriptionText(run));

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Malformed);
    QCOMPARE(read.error().subject, subject);
}

void tst_RunDescription::everyCutIsNoticed()
{
    const auto text = descriptionText(anyRun());
    for (std::size_t size = 0; size < text.size(); ++size) {
        QVERIFY2(!descriptionFromText(std::string_view(text).substr(0, size)), std::to_string(size).c_str());
    }
}

void tst_RunDescription::fieldThatIsNotKnownFails()
{
    auto text = descriptionText(anyRun());
    text.insert(text.size() - 1, " later=1");

    const auto read = descriptionFromText(text);

    QVERIFY(!read);
    QCOMPARE(read.error().subject, std::string("field"));
}

void tst_RunDescription::otherVersionIsUnsupported()
{
    auto text = descriptionText(anyRun());
    text.replace(text.find("version=1"), 9, "version=2");

    const auto read = descriptionFromText(text);

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::Unsupported);
}

QTEST_APPLESS_MAIN(tst_RunDescription)
#include "tst_rundescription.moc"
