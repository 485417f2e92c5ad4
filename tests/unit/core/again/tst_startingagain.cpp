// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againlogs.h"
#include "core/again/againstore.h"
#include "core/again/startingagain.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakemanagers.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

using Quay::EndedThings;
using Quay::ErrorCode;
using Quay::StartSpec;

namespace {

const Quay::GoesOn Always = [] { return true; };

StartSpec echo(const std::string &executable = "/bin/echo")
{
    return {.name = "ec/ho", .executable = executable, .arguments = {"echo", "hello"}, .directory = "/"};
}

/// Has somebody look while a service is being started.
class WatchedManagers : public Quay::Test::FakeManagers
{
public:
    [[nodiscard]] Quay::Result<> start(const Quay::ManagedService &service, const Quay::GoesOn &goesOn) override
    {
        whenStarting();
        return FakeManagers::start(service, goesOn);
    }

    std::function<void()> whenStarting;
};

} // namespace

class tst_StartingAgain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void processIsStarted();
    void serviceIsStartedByItsManager();
    void failureIsTold();
    void whatIsStartedIsRecorded();
    void whoIsStartedIsRecorded();
    void whoEndedAtOnceIsRecorded();
    void ofTwoThatHaveReadTheSameOneStartsIt();
    void whoReadsItMeanwhileSeesThatItIsBeingStarted();
    void oldestLogsAreForgotten();

private:
    Quay::StartingAgain start(const EndedThings &things);

    std::unique_ptr<QTemporaryDir> m_directory;
    Quay::Test::FakeClock m_clock;
    std::unique_ptr<Quay::AuditLog> m_log;
    std::unique_ptr<Quay::Test::FakeManagers> m_managers;
};

void tst_StartingAgain::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    qputenv("XDG_RUNTIME_DIR", m_directory->path().toUtf8());
    m_log = std::make_unique<Quay::AuditLog>(m_directory->path().toStdString() + "/audit.jsonl", Quay::AuditAuthor(),
                                             m_clock);
    m_managers = std::make_unique<Quay::Test::FakeManagers>();
}

Quay::StartingAgain tst_StartingAgain::start(const EndedThings &things)
{
    return startAgain(things, *m_managers, *m_log, m_directory->path().toStdString() + "/logs", Always);
}

void tst_StartingAgain::processIsStarted()
{
    const auto result = start({.attempt = "1", .processes = {echo()}, .services = {}});

    QCOMPARE(result.things.size(), std::size_t{1});
    QVERIFY(!result.things.front().error);
    QVERIFY(result.things.front().earlyEnd.has_value()); // it writes, and ends
    QVERIFY(!result.things.front().pid);
    const QString path = QString::fromStdString(result.things.front().logPath);
    QVERIFY2(path.endsWith(QStringLiteral("-0-ec-ho.log")), qPrintable(path)); // in that directory, whatever its name
    const auto written = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_COMPARE(written(), QByteArray("hello\n"));
}

void tst_StartingAgain::serviceIsStartedByItsManager()
{
    const Quay::ManagedService unit{.name = "app.service", .parts = {"app.service"}};

    const auto result = start({.attempt = "1", .processes = {}, .services = {unit}});

    QCOMPARE(m_managers->started, std::vector{unit});
    QVERIFY(!result.things.front().error);
    QVERIFY(!result.things.front().pid);
}

void tst_StartingAgain::failureIsTold()
{
    m_managers->startAnswer = Quay::fail(ErrorCode::Denied, "app.service");

    const auto result = start({.attempt = "1",
                               .processes = {echo("/nonexistent"), echo()},
                               .services = {{.name = "app.service", .parts = {"app.service"}}}});

    QCOMPARE(result.things.size(), std::size_t{3});
    QCOMPARE(result.things[0].error.value().code, ErrorCode::Denied);
    QCOMPARE(result.things[1].error.value().subject, std::string("/nonexistent"));
    QVERIFY(!result.things[2].error); // the others are started all the same
}

void tst_StartingAgain::whatIsStartedIsRecorded()
{
    const auto result = start({.attempt = "1",
                               .processes = {echo("/nonexistent")},
                               .services = {{.name = "app.service", .parts = {"app.service"}}}});

    QVERIFY(result.recorded);
    const auto history = Quay::readAuditHistory(m_log->path()).value();
    QCOMPARE(history.entries.size(), std::size_t{1});
    const auto &entry = history.entries.front();
    QCOMPARE(entry.state, Quay::AuditState::Ended);
    QCOMPARE(entry.actions.size(), std::size_t{2});
    QCOMPARE(entry.actions[0].key, std::string("startUnit"));
    QCOMPARE(entry.actions[1].key, std::string("startProcess"));
    QVERIFY(entry.actions[1].error.has_value());
    QVERIFY(!entry.actions[0].process && !entry.actions[1].process);
    QVERIFY(!isSuccess(entry));
}

void tst_StartingAgain::whoIsStartedIsRecorded()
{
    const StartSpec sleeper{
        .name = "sleep", .executable = "/bin/sleep", .arguments = {"sleep", "600"}, .directory = "/"};

    const auto result = start({.attempt = "1", .processes = {sleeper}, .services = {}});

    const auto pid = result.things.front().pid;
    QVERIFY(pid.has_value());
    const auto stat = Quay::readProcStat(Quay::ProcFs::open().value(), *pid);
    QVERIFY(Quay::PidFd::open(*pid).value().signal(SIGKILL));
    QVERIFY(stat);
    const Quay::ProcessId sleeping{.pid = *pid, .startTicks = stat->startTicks};
    const auto history = Quay::readAuditHistory(m_log->path()).value();
    QCOMPARE(history.entries.size(), std::size_t{1});
    QCOMPARE(history.entries.front().actions.size(), std::size_t{1});
    QVERIFY(history.entries.front().actions.front().process == sleeping);
}

void tst_StartingAgain::whoEndedAtOnceIsRecorded()
{
    const Quay::ProcessId process{.pid = 4711, .startTicks = 5};
    const Quay::StartedThing ended{.kind = {},
                                   .name = "node",
                                   .pid = {},
                                   .process = process,
                                   .logPath = {},
                                   .error = {},
                                   .earlyEnd = Quay::EarlyEnd()};

    const auto action = actionStarting(ended);

    QVERIFY(action.error.has_value());
    QVERIFY(action.process == process);
}

void tst_StartingAgain::ofTwoThatHaveReadTheSameOneStartsIt()
{
    const Quay::AgainStore store(Quay::againDirectory().value());
    QVERIFY(store.keep({.attempt = "1-2-3-4", .processes = {echo()}, .services = {}}));
    QVERIFY(store.keep({.attempt = "1-2-3-5", .processes = {echo()}, .services = {}}));
    const auto read = store.read("1-2-3-4").value();

    const auto first = start(read);
    const auto second = start(read);
    const auto later = start(store.read("1-2-3-4").value());
    const auto other = start(store.read("1-2-3-5").value());

    QVERIFY(!first.things.front().error);
    QVERIFY(second.things.front().isLeftToAnother);
    QVERIFY(second.things.front().logPath.empty());
    QVERIFY(!runs(second.things.front()));
    QVERIFY(!later.things.front().error); // who knows of the first may have reasons
    QVERIFY(!other.things.front().error);
}

void tst_StartingAgain::whoReadsItMeanwhileSeesThatItIsBeingStarted()
{
    const Quay::AgainStore store(Quay::againDirectory().value());
    const Quay::ManagedService unit{.name = "app.service", .parts = {"app.service"}};
    QVERIFY(store.keep({.attempt = "1-2-3-4", .processes = {}, .services = {unit}}));
    std::vector<Quay::ProcStat> running;
    auto managers = std::make_unique<WatchedManagers>();
    managers->whenStarting = [&] { running = stillRunning(store.read("1-2-3-4").value()); };
    m_managers = std::move(managers);

    const auto result = start(store.read("1-2-3-4").value());

    QVERIFY(runs(result.things.front()));
    QCOMPARE(running.size(), std::size_t{1});
    QCOMPARE(running.front().pid, ::getpid()); // which starts it
    const auto kept = store.read("1-2-3-4").value();
    QVERIFY(kept.started.empty()); // whom its manager has started is not known
    QCOMPARE(kept.starts, 1U);
}

void tst_StartingAgain::oldestLogsAreForgotten()
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("logs")));
    const std::size_t most = Quay::AgainLogLimits().count;
    for (std::size_t number = 0; number <= most; ++number) {
        QFile file(m_directory->filePath(QStringLiteral("logs/0%1.log").arg(100 + number)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    const auto result = start({.attempt = "1", .processes = {echo()}, .services = {}});

    QVERIFY(!QFile::exists(m_directory->filePath(QStringLiteral("logs/0100.log"))));
    QVERIFY(QFile::exists(QString::fromStdString(result.things.front().logPath)));
}

QTEST_GUILESS_MAIN(tst_StartingAgain)
#include "tst_startingagain.moc"
