// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/startup/lazystartups.h"
#include "core/startup/startuphistory.h"

#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

using Quay::HistoryLimits;
using Quay::StartupHistory;
using Quay::StartupRun;
using namespace std::chrono_literals;

namespace {

StartupRun run(const std::string &server, int number)
{
    return {.file = "/home/anna/sh\xffop/quaymaster.yaml", // names of files are bytes
            .server = server,
            .beganAt = std::chrono::seconds(number),
            .outcome = Quay::StartOutcome::Ready,
            .readyAfter = 3s,
            .phases = {{.name = "spawned", .begin = 0s, .end = 1s, .state = Quay::PhaseState::Ended},
                       {.name = "build\n",
                        .begin = 1s,
                        .end = 2s,
                        .state = Quay::PhaseState::Ended,
                        .source = Quay::PhaseSource::Output,
                        .detail = "built",
                        .said = 900ms,
                        .usage = Quay::PhaseUsage{.cpuTime = 400ms,
                                                  .waitingShare = 0.6,
                                                  .residentBytes = 5'000'000'000,
                                                  .refused = {{.address = {}, .port = 5432, .attempts = 3},
                                                              {.address = {}, .port = 6379, .attempts = 1}}}},
                       {.name = "listening", .begin = 2s},
                       {.name = "cut", .begin = 2s, .end = 3s, .state = Quay::PhaseState::Interrupted}}};
}

} // namespace

class tst_StartupHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasAddedIsRead();
    void newestComesFirst();
    void endOfAStartTakesThePlaceOfWhatWasKnownBefore();
    void serversAreApart();
    void oldestOfAServerAreForgotten();
    void oldestOfAllAreForgotten();
    void fullFileIsSaidAndReadable();
    void staysBelowItsLimit();
    void pathIsInTheStateDirectory();

private:
    [[nodiscard]] StartupHistory open(HistoryLimits limits = {}) const;
    [[nodiscard]] std::vector<StartupRun> runs(StartupHistory &history, const std::string &server) const;

    std::optional<QTemporaryDir> m_directory;
    std::string m_path;
};

StartupHistory tst_StartupHistory::open(HistoryLimits limits) const
{
    auto history = StartupHistory::open(m_path, limits);
    if (!history) {
        qFatal("%s", history.error().subject.c_str());
    }
    return *std::move(history);
}

std::vector<StartupRun> tst_StartupHistory::runs(StartupHistory &history, const std::string &server) const
{
    return history.runs(run({}, 0).file, server, 1'000).value_or(std::vector<StartupRun>());
}

void tst_StartupHistory::init()
{
    m_directory.emplace();
    m_path = m_directory->filePath(QStringLiteral("startups.db")).toStdString();
}

void tst_StartupHistory::whatWasAddedIsRead()
{
    const auto added = open().add(run("web", 1));
    QVERIFY2(added, added ? "" : added.error().subject.c_str());

    auto history = open();
    const auto kept = runs(history, "web");

    QCOMPARE(kept.size(), std::size_t{1});
    QVERIFY(kept.front() == run("web", 1));
}

void tst_StartupHistory::newestComesFirst()
{
    auto history = open();
    QVERIFY(history.add(run("web", 9))); // its clock went wrong
    QVERIFY(history.add(run("web", 2)));

    const auto kept = history.runs(run({}, 0).file, "web", 1);

    QCOMPARE(kept->size(), std::size_t{1});
    QCOMPARE(kept->front().beganAt, std::chrono::nanoseconds(2s));
}

void tst_StartupHistory::endOfAStartTakesThePlaceOfWhatWasKnownBefore()
{
    auto history = open();
    auto givenUp = run("web", 2);
    givenUp.outcome = Quay::StartOutcome::Failed;
    givenUp.phases.resize(1);
    QVERIFY(history.add(run("web", 1)));
    QVERIFY(history.add(givenUp));
    QVERIFY(history.add(run("web", 2)));

    const auto kept = runs(history, "web");

    QCOMPARE(kept.size(), std::size_t{2});
    QVERIFY(kept.front() == run("web", 2));
}

void tst_StartupHistory::serversAreApart()
{
    auto history = open();
    auto other = run("web", 3);
    other.file = "/other.yaml";
    QVERIFY(history.add(run("web", 1)));
    QVERIFY(history.add(run("db", 2)));
    QVERIFY(history.add(other));

    QCOMPARE(runs(history, "web").size(), std::size_t{1});
    QCOMPARE(runs(history, "db").size(), std::size_t{1});
    QVERIFY(runs(history, "none").empty());
}

void tst_StartupHistory::oldestOfAServerAreForgotten()
{
    auto history = open({.runsPerServer = 3});
    QVERIFY(history.add(run("db", 0)));

    for (int number = 1; number <= 5; ++number) {
        QVERIFY(history.add(run("web", number)));
    }

    const auto kept = runs(history, "web");
    QCOMPARE(kept.size(), std::size_t{3});
    QVERIFY(kept.front() == run("web", 5));
    QVERIFY(kept.back() == run("web", 3));
    QCOMPARE(runs(history, "db").size(), std::size_t{1});
}

void tst_StartupHistory::oldestOfAllAreForgotten()
{
    auto history = open({.runs = 2});

    QVERIFY(history.add(run("a", 1)));
    QVERIFY(history.add(run("b", 2)));
    QVERIFY(history.add(run("c", 3)));

    QVERIFY(runs(history, "a").empty());
    QCOMPARE(runs(history, "b").size(), std::size_t{1});
}

void tst_StartupHistory::fullFileIsSaidAndReadable()
{
    auto history = open({.bytes = 100'000});
    QVERIFY(history.add(run("web", 1)));
    auto huge = run("web", 2);
    huge.phases.front().detail = std::string(200'000, 'x');

    const auto added = history.add(huge);

    QVERIFY(!added);
    QCOMPARE(added.error().sysErrno, ENOSPC);
    QCOMPARE(runs(history, "web").size(), std::size_t{1});
    QVERIFY(history.add(run("web", 3)));
}

/// What is forgotten makes room for what comes.
void tst_StartupHistory::staysBelowItsLimit()
{
    auto history = open({.runsPerServer = 5, .bytes = 150'000});

    for (int number = 0; number < 300; ++number) {
        QVERIFY(history.add(run("web", number)));
    }

    QCOMPARE(runs(history, "web").size(), std::size_t{5});
}

void tst_StartupHistory::pathIsInTheStateDirectory()
{
    qputenv("XDG_STATE_HOME", m_directory->path().toLocal8Bit());

    const auto path = Quay::startupHistoryPath();

    QVERIFY(path);
    QCOMPARE(*path, m_directory->path().toStdString() + "/quaymaster/startups.db");
}

QTEST_GUILESS_MAIN(tst_StartupHistory)
#include "tst_startuphistory.moc"
