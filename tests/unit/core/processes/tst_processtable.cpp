// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/clock.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"
#include "core/processes/processtable.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::ProcessTable;
using Quay::Test::FakeClock;
using Quay::Test::FakeProc;
using namespace std::chrono_literals;

class tst_ProcessTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyProcessIsRead();
    void manyProcessesAreReadTogether();
    void newProcessIsFoundWithoutListing();
    void processHalfMadeAtTheLastLookIsFound();
    void wrappedPidsAreListed();
    void listIsReadAgainAfterAMinute();
    void processThatDidNotRunIsNotRead();
    void processThatRanIsReadAgain();
    void endedProcessIsDropped();
    void recycledPidIsAnotherProcess();
    void childOfAnEndedParentIsReadAgain();
    void cpuShareIsOfTheTimeBetweenLooks();
    void filesOfThoseThatWakeAllTheTimeStayOpen();
    void sleepersAreReadInTurn();
    void sleeperThatWakesIsNoticedInItsTurn();
    void whatWasLeftOutIsSweptWhenAskedFor();
    void findReadsUnknownProcessWithoutEnteringIt();
    void missingLoadavgFallsBackToListing();
    void hiddenProcessIsNotEntered();
    void refusedProcessIsNotReadAgainBeforeItRuns();
    void serialIsUnknownInAMadeUpProc();
    void serialIsOfTheProcessThatWasRead();
    void olderProcessNeedsNoSerial();

private:
    void addProcess(const Quay::Test::FakeProcess &process);
    void run(pid_t pid, std::chrono::nanoseconds cpuTime = 1ms);

    std::unique_ptr<FakeProc> m_fake;
    std::unique_ptr<Quay::ProcFs> m_proc;
    std::map<pid_t, std::chrono::nanoseconds> m_cpuTimes;
    FakeClock m_clock;
    std::unique_ptr<ProcessTable> m_table;
};

void tst_ProcessTable::init()
{
    m_cpuTimes.clear();
    m_fake = std::make_unique<FakeProc>();
    addProcess({.pid = 1, .comm = "init", .parentPid = 0});
    addProcess({.pid = 100, .comm = "node", .arguments = {"node", "server.js"}});
    m_proc = std::make_unique<Quay::ProcFs>(m_fake->open());
    m_table = std::make_unique<ProcessTable>(
        *m_proc,
        [this](pid_t pid) {
            const auto found = m_cpuTimes.find(pid);
            return found == m_cpuTimes.end() ? std::nullopt : std::optional(found->second);
        },
        m_clock);
}

void tst_ProcessTable::addProcess(const Quay::Test::FakeProcess &process)
{
    m_fake->add(process);
    m_cpuTimes[process.pid] = 1ms;
}

void tst_ProcessTable::run(pid_t pid, std::chrono::nanoseconds cpuTime)
{
    m_cpuTimes[pid] += cpuTime;
}

void tst_ProcessTable::everyProcessIsRead()
{
    QVERIFY(m_table->readAll());

    const auto all = m_table->all();

    QCOMPARE(all.size(), 2U);
    QCOMPARE(all[1]->id.pid, 100);
    QCOMPARE(all[1]->name, std::string("node"));
    QCOMPARE(all[1]->arguments.size(), 2U);
    QVERIFY(!all[1]->cpuShare.has_value());
}

/// On several cores.
void tst_ProcessTable::manyProcessesAreReadTogether()
{
    constexpr pid_t First = 1000;
    constexpr pid_t Last = 1499;
    for (pid_t pid = First; pid <= Last; ++pid) {
        addProcess({.pid = pid, .comm = "worker" + std::to_string(pid), .parentPid = 100});
    }

    QVERIFY(m_table->readAll());

    QCOMPARE(m_table->all().size(), std::size_t{Last - First + 1 + 2});
    for (const auto &process : m_table->all()) {
        const bool isWorker = process->id.pid >= First;
        QVERIFY(!isWorker || process->name == "worker" + std::to_string(process->id.pid));
        QVERIFY(!isWorker || process->parentPid == 100);
    }
}

void tst_ProcessTable::newProcessIsFoundWithoutListing()
{
    QVERIFY(m_table->sweep());
    addProcess({.pid = 105});

    QVERIFY(m_table->discover());

    QCOMPARE(m_table->arrived(), std::vector<pid_t>{105});
    QVERIFY(m_table->discover());
    QVERIFY(m_table->arrived().empty());
}

void tst_ProcessTable::processHalfMadeAtTheLastLookIsFound()
{
    QVERIFY(m_table->sweep());
    m_fake->setLastPid(105); // given out, but the process cannot be seen yet
    QVERIFY(m_table->discover());
    QVERIFY(m_table->arrived().empty());
    addProcess({.pid = 105});

    QVERIFY(m_table->discover());

    QCOMPARE(m_table->arrived(), std::vector<pid_t>{105});
}

void tst_ProcessTable::wrappedPidsAreListed()
{
    QVERIFY(m_table->sweep());
    addProcess({.pid = 50});
    m_fake->setLastPid(50);

    QVERIFY(m_table->discover());

    QCOMPARE(m_table->arrived(), std::vector<pid_t>{50});
}

void tst_ProcessTable::listIsReadAgainAfterAMinute()
{
    QVERIFY(m_table->sweep());
    addProcess({.pid = 50}); // restored with a pid of its choice: below the last one
    m_fake->setLastPid(100);
    QVERIFY(m_table->discover());
    QVERIFY(m_table->arrived().empty());
    m_clock.advance(61s);

    QVERIFY(m_table->discover());

    QCOMPARE(m_table->arrived(), std::vector<pid_t>{50});
}

void tst_ProcessTable::processThatDidNotRunIsNotRead()
{
    QVERIFY(m_table->readAll());
    m_fake->add({.pid = 100, .comm = "other"}); // /proc says something else, but the clock stands still
    m_clock.advance(1s);

    QVERIFY(m_table->readAll());

    QCOMPARE(m_table->find(100)->name, std::string("node"));
    QVERIFY(m_table->ran().empty());
}

void tst_ProcessTable::processThatRanIsReadAgain()
{
    QVERIFY(m_table->readAll());
    m_fake->add({.pid = 100, .comm = "renamed", .arguments = {"renamed"}});
    run(100);
    m_clock.advance(1s);

    QVERIFY(m_table->readAll());

    QCOMPARE(m_table->ran(), std::vector<pid_t>{100});
    QCOMPARE(m_table->find(100)->name, std::string("renamed"));
    QCOMPARE(m_table->find(100)->arguments, std::vector<std::string>{"renamed"});
}

void tst_ProcessTable::endedProcessIsDropped()
{
    QVERIFY(m_table->readAll());
    m_fake->remove(100);
    m_cpuTimes.erase(100);

    QVERIFY(m_table->sweep());

    QCOMPARE(m_table->pids(), std::vector<pid_t>{1});
    QVERIFY(m_table->find(100) == nullptr);
}

void tst_ProcessTable::recycledPidIsAnotherProcess()
{
    QVERIFY(m_table->readAll());
    const auto before = m_table->find(100);
    m_fake->add({.pid = 100, .comm = "node", .startTicks = 5000});
    m_cpuTimes[100] = 2ms;

    const auto after = m_table->find(100);

    QVERIFY(after->id != before->id);
    QVERIFY(m_table->find(before->id) == nullptr);
    QVERIFY(m_table->find(after->id) == after);
}

void tst_ProcessTable::childOfAnEndedParentIsReadAgain()
{
    addProcess({.pid = 101, .parentPid = 100});
    QVERIFY(m_table->readAll());
    m_fake->remove(100);
    m_cpuTimes.erase(100);
    m_fake->add({.pid = 101, .parentPid = 1}); // handed to init without having run itself

    QVERIFY(m_table->readAll());

    QCOMPARE(m_table->find(101)->parentPid, 1);
}

void tst_ProcessTable::cpuShareIsOfTheTimeBetweenLooks()
{
    QVERIFY(m_table->readAll());
    run(100, 500ms);
    m_clock.advance(2s);

    QVERIFY(m_table->readAll());

    QCOMPARE(m_table->find(100)->cpuShare, std::optional(0.25));
    QCOMPARE(m_table->find(1)->cpuShare, std::optional(0.0));
}

void tst_ProcessTable::filesOfThoseThatWakeAllTheTimeStayOpen()
{
    for (pid_t pid = 101; pid < 200; ++pid) {
        addProcess({.pid = pid});
    }
    const auto openFiles = [this] {
        const std::filesystem::directory_iterator descriptors("/proc/self/fd");
        return std::ranges::count_if(descriptors, [this](const auto &descriptor) {
            std::error_code gone; // the listing itself has one
            const auto target = std::filesystem::read_symlink(descriptor, gone).string();
            return target.starts_with(m_fake->path()) && target.ends_with("/stat");
        });
    };
    const auto look = [this](int times, bool isAwake) {
        for (int time = 0; time < times; ++time) {
            for (pid_t pid = 100; isAwake && pid < 200; ++pid) {
                run(pid);
            }
            QVERIFY(m_table->readInTurn());
        }
    };
    look(2, true);
    QCOMPARE(openFiles(), 0);

    look(2, true);
    QCOMPARE(openFiles(), 64); // some are left for everything else

    look(5, false);
    QCOMPARE(openFiles(), 0);
}

void tst_ProcessTable::sleepersAreReadInTurn()
{
    for (pid_t pid = 101; pid < 108; ++pid) {
        addProcess({.pid = pid});
    }
    std::map<pid_t, int> readings;
    ProcessTable table(
        *m_proc,
        [this, &readings](pid_t pid) {
            ++readings[pid];
            return std::optional(m_cpuTimes.at(pid));
        },
        m_clock);
    for (int round = 0; round < 5; ++round) { // until they count as asleep
        run(100);
        QVERIFY(table.readInTurn());
    }
    readings.clear();

    for (int round = 0; round < 4; ++round) {
        run(100); // which is no sleeper
        QVERIFY(table.readInTurn());
    }

    for (const auto &[pid, readingsOfOne] : readings) {
        QCOMPARE(readingsOfOne, pid == 100 ? 4 : 1);
    }
    QCOMPARE(readings.size(), table.count());
}

void tst_ProcessTable::sleeperThatWakesIsNoticedInItsTurn()
{
    addProcess({.pid = 101, .parentPid = 100});
    for (int round = 0; round < 8; ++round) {
        m_clock.advance(1s);
        QVERIFY(m_table->readInTurn());
    }
    run(101, 1s);
    m_cpuTimes.erase(100); // and its parent ends
    m_fake->remove(100);
    m_fake->add({.pid = 101, .parentPid = 1});

    std::vector<double> shares;
    for (int round = 0; round < 4; ++round) {
        m_clock.advance(1s);
        QVERIFY(m_table->readInTurn());
        shares.push_back(m_table->all().back()->cpuShare.value_or(-1));
    }

    QCOMPARE(std::ranges::max(shares), 0.25); // of the four seconds since it was last looked at
    QCOMPARE(m_table->count(), std::size_t{2});
    QCOMPARE(m_table->all().back()->id.pid, 101);
    QCOMPARE(m_table->all().back()->parentPid, 1);
}

void tst_ProcessTable::whatWasLeftOutIsSweptWhenAskedFor()
{
    addProcess({.pid = 101, .parentPid = 100});
    for (int round = 0; round < 8; ++round) {
        QVERIFY(m_table->readInTurn());
    }
    run(1);
    run(101);
    m_cpuTimes.erase(100);
    m_fake->remove(100);
    m_fake->add({.pid = 101, .parentPid = 1});
    QVERIFY(m_table->readInTurn());
    auto ran = m_table->ran();

    m_table->sweepRest();

    ran.insert(ran.end(), m_table->ran().begin(), m_table->ran().end());
    std::ranges::sort(ran);
    QCOMPARE(ran, (std::vector<pid_t>{1, 101}));
    QCOMPARE(m_table->count(), std::size_t{2});
    QVERIFY(m_table->readInTurn());
    QCOMPARE(m_table->all().back()->parentPid, 1); // who was left out bereaved it all the same
}

void tst_ProcessTable::findReadsUnknownProcessWithoutEnteringIt()
{
    QVERIFY(m_table->sweep());
    addProcess({.pid = 105, .comm = "fresh"});

    const auto found = m_table->find(105);

    QVERIFY(found);
    QCOMPARE(found->name, std::string("fresh"));
    QVERIFY(m_table->discover());
    QCOMPARE(m_table->arrived(), std::vector<pid_t>{105});
}

void tst_ProcessTable::missingLoadavgFallsBackToListing()
{
    QVERIFY(m_table->sweep());
    addProcess({.pid = 50});
    m_fake->write("loadavg", "nonsense");

    QVERIFY(m_table->discover());

    QCOMPARE(m_table->arrived(), std::vector<pid_t>{50});
}

void tst_ProcessTable::hiddenProcessIsNotEntered()
{
    QVERIFY(m_table->readAll());
    m_cpuTimes[105] = 1ms; // under hidepid there is no directory, but the clock answers
    m_fake->setLastPid(105);

    QVERIFY(m_table->readAll());

    QVERIFY(m_table->arrived().empty());
    QCOMPARE(m_table->count(), std::size_t{2});
}

void tst_ProcessTable::refusedProcessIsNotReadAgainBeforeItRuns()
{
    addProcess({.pid = 105});
    const std::string directory = m_fake->path() + "/105/";
    std::filesystem::rename(directory + "stat", directory + "hidden"); // there, but not to be read
    QVERIFY(m_table->readAll());
    QCOMPARE(m_table->all().size(), std::size_t{2});
    std::filesystem::rename(directory + "hidden", directory + "stat");

    QVERIFY(m_table->readAll());
    const auto asleep = m_table->all().size();
    run(105);
    QVERIFY(m_table->readAll());

    QCOMPARE(asleep, std::size_t{2});
    QCOMPARE(m_table->all().size(), std::size_t{3});
}

void tst_ProcessTable::serialIsUnknownInAMadeUpProc()
{
    addProcess({.pid = ::getpid()}); // whoever has that pid in reality is somebody else

    QVERIFY(!m_table->find(::getpid())->serial.has_value());
}

/// Of a young one: else nobody can be given its pid and start with the same tick.
void tst_ProcessTable::serialIsOfTheProcessThatWasRead()
{
    const auto proc = Quay::ProcFs::open();
    QVERIFY(proc);
    const Quay::Test::ForkedChild child;
    const auto serial = Quay::PidFd::open(child.pid())->serial();
    if (!serial) {
        QSKIP("the kernel has none");
    }
    const auto start = Quay::timeFromTicks(Quay::readProcStat(*proc, child.pid())->startTicks);
    FakeClock clock;
    clock.advance(start - clock.sinceBoot());
    auto cpuTime = 1ms;
    ProcessTable table(*proc, [&cpuTime](pid_t) { return std::optional<std::chrono::nanoseconds>(cpuTime); }, clock);

    for (int read = 0; read < 10; ++read) { // when it is young, and later
        QVERIFY(table.discover());
        const auto process = table.find(child.pid());
        QVERIFY(process);
        QVERIFY(process->serial == *serial);
        cpuTime += 1ms;
        clock.advance(5ms);
    }
}

void tst_ProcessTable::olderProcessNeedsNoSerial()
{
    const auto proc = Quay::ProcFs::open();
    QVERIFY(proc);
    const Quay::Test::ForkedChild child;
    FakeClock clock;
    clock.advance(Quay::timeFromTicks(Quay::readProcStat(*proc, child.pid())->startTicks + 2) - clock.sinceBoot());
    ProcessTable table(*proc, Quay::processCpuTime, clock);

    const auto process = table.find(child.pid());

    QVERIFY(process);
    QVERIFY(!process->serial);
}

QTEST_GUILESS_MAIN(tst_ProcessTable)
#include "tst_processtable.moc"
