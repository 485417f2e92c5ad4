// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;

class tst_ProcList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyProcessesAreListed();
    void ownProcessIsListed();
    void listingTwiceGivesTheSame();
    void refusedListIsDenied();
    void ownerOfADirectoryIsItsUser();
    void ownerOfOwnProcessIsUs();
    void ownerOfAVanishedProcessIsGone();
    void loadHasWhoRunsAndTheLastPid();
    void malformedLoadFails_data();
    void malformedLoadFails();
    void machineHasALoad();
    void missingLoadIsGone();
    void cpuTimeMovesWhenAProcessRuns();
    void cpuTimeOfAnIdleProcessStands();
    void cpuTimeEndsWithTheProcess();
    void onlyProcessesHaveCpuTime();
};

void tst_ProcList::onlyProcessesAreListed()
{
    Quay::Test::FakeProc fake;
    for (const pid_t pid : {100, 7, 4194304, 99}) {
        fake.add({.pid = pid});
    }
    fake.write("0/stat", "");
    fake.write("-5/stat", "");
    fake.write("12a/stat", "");
    fake.write("99999999999/stat", "");
    fake.link("self", "100");

    const auto pids = Quay::listPids(fake.open());

    QVERIFY(pids.has_value());
    QVERIFY((*pids == std::vector<pid_t>{7, 99, 100, 4194304}));
}

void tst_ProcList::ownProcessIsListed()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto pids = Quay::listPids(proc);

    QVERIFY(pids.has_value());
    QVERIFY(std::ranges::is_sorted(*pids));
    QVERIFY(std::ranges::binary_search(*pids, ::getpid()));
}

void tst_ProcList::listingTwiceGivesTheSame()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 7});
    const auto proc = fake.open();

    const auto first = Quay::listPids(proc);
    const auto second = Quay::listPids(proc);

    QVERIFY(first.has_value());
    QVERIFY(second.has_value());
    QVERIFY(*first == *second);
}

void tst_ProcList::refusedListIsDenied()
{
    Quay::Test::FakeProc fake;
    const auto proc = fake.open();
    fake.deny(".");
    const Quay::Test::Unprivileged user;

    const auto pids = Quay::listPids(proc);

    QVERIFY(!pids);
    QVERIFY((pids.error() == Quay::Error{.code = ErrorCode::Denied, .subject = fake.path(), .sysErrno = EACCES}));
}

void tst_ProcList::ownerOfADirectoryIsItsUser()
{
    if (::geteuid() != 0) {
        QSKIP("only root can give a directory to somebody else");
    }
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .uid = 1000});

    const auto uid = Quay::processUid(fake.open(), 42);

    QVERIFY(uid.has_value());
    QCOMPARE(*uid, 1000U);
}

void tst_ProcList::ownerOfOwnProcessIsUs()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto uid = Quay::processUid(proc, ::getpid());

    QVERIFY(uid.has_value());
    QCOMPARE(*uid, ::geteuid());
}

void tst_ProcList::ownerOfAVanishedProcessIsGone()
{
    const Quay::Test::FakeProc fake;

    const auto uid = Quay::processUid(fake.open(), 42);

    QVERIFY(!uid);
    QVERIFY((uid.error() == Quay::Error{.code = ErrorCode::Gone, .subject = "42", .sysErrno = ENOENT}));
}

void tst_ProcList::loadHasWhoRunsAndTheLastPid()
{
    const auto proc = Quay::ProcFs::open(QUAY_TEST_DATA "/proc").value();

    const auto load = Quay::readSchedulerLoad(proc);

    QVERIFY(load.has_value());
    QVERIFY((*load == Quay::SchedulerLoad{.runnable = 1, .lastPid = 23676}));
}

void tst_ProcList::malformedLoadFails_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addRow("empty") << std::string();
    QTest::addRow("truncated") << std::string("0.20 0.18 0.12 1/80");
    QTest::addRow("more fields") << std::string("0.20 0.18 0.12 1/80 11206 7\n");
    QTest::addRow("not a number") << std::string("0.20 0.18 0.12 1/80 last\n");
    QTest::addRow("nobody runs, nor not") << std::string("0.20 0.18 0.12 /80 11206\n");
    QTest::addRow("negative") << std::string("0.20 0.18 0.12 1/80 -1\n");
    QTest::addRow("too big") << std::string("0.20 0.18 0.12 1/80 2147483648\n");
}

void tst_ProcList::malformedLoadFails()
{
    QFETCH(const std::string, text);

    const auto load = Quay::parseSchedulerLoad(text);

    QVERIFY(!load);
    QVERIFY((load.error() == Quay::Error{.code = ErrorCode::Malformed, .subject = text}));
}

void tst_ProcList::machineHasALoad()
{
    const auto proc = Quay::ProcFs::open().value();

    const auto load = Quay::readSchedulerLoad(proc);

    QVERIFY(load.has_value());
    QVERIFY(load->runnable >= 1); // this test at least
    QVERIFY(load->lastPid > 0);
}

void tst_ProcList::missingLoadIsGone()
{
    const QTemporaryDir empty;
    const auto proc = Quay::ProcFs::open(empty.path().toStdString()).value();

    const auto load = Quay::readSchedulerLoad(proc);

    QVERIFY(!load);
    QVERIFY((load.error() == Quay::Error{.code = ErrorCode::Gone, .subject = "loadavg", .sysErrno = ENOENT}));
}

void tst_ProcList::cpuTimeMovesWhenAProcessRuns()
{
    const auto before = Quay::processCpuTime(::getpid());
    QVERIFY(before.has_value());

    QTRY_VERIFY(Quay::processCpuTime(::getpid()) > before);
}

void tst_ProcList::cpuTimeOfAnIdleProcessStands()
{
    const Quay::Test::ForkedChild child;
    const auto isBlocked = [proc = Quay::ProcFs::open().value(), pid = child.pid()] {
        return Quay::readProcStat(proc, pid).value().state == 'S';
    };
    QTRY_VERIFY(isBlocked());

    const auto before = Quay::processCpuTime(child.pid());
    const auto after = Quay::processCpuTime(child.pid());

    QVERIFY(before.has_value());
    QVERIFY(after == before);
}

void tst_ProcList::cpuTimeEndsWithTheProcess()
{
    Quay::Test::ForkedChild child;
    QVERIFY(Quay::processCpuTime(child.pid()).has_value());

    child.end();
    QVERIFY(Quay::processCpuTime(child.pid()).has_value()); // a zombie still answers

    child.reap();
    QVERIFY(!Quay::processCpuTime(child.pid()));
}

void tst_ProcList::onlyProcessesHaveCpuTime()
{
    std::promise<pid_t> threadId;
    std::promise<void> done;
    const std::jthread thread([&threadId, waiting = done.get_future()] {
        threadId.set_value(::gettid());
        waiting.wait();
    });

    const auto ofThread = Quay::processCpuTime(threadId.get_future().get());
    done.set_value();

    QVERIFY(!ofThread);
    QVERIFY(!Quay::processCpuTime(0));
    QVERIFY(!Quay::processCpuTime(-1));
}

QTEST_GUILESS_MAIN(tst_ProcList)
#include "tst_proclist.moc"
