// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/restartwatch.h"
#include "core/kernel/procchildren.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/childprocess.h"
#include "tests/support/endingrun.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <tuple>

#include <sys/types.h>

using Quay::EndingOptions;
using Quay::KillPlan;
using Quay::ProcessInfoPtr;
using Quay::ProcFs;
using Quay::RestartWatch;
using Quay::Test::ChildProcess;
using namespace std::chrono_literals;

class tst_RestartWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nobodyIsNotWatched();
    void reviverIsWatched();
    void parentIsWatchedWhileItLives();
    void childThatCameSinceIsGivenTime_data();
    void childThatCameSinceIsGivenTime();
    void shellIsWatchedUntilItStartsNothing_data();
    void shellIsWatchedUntilItStartsNothing();
    void shellThatIsBusyWithSomethingElseIsNotWatched();
    void shellHasToBeQuietForAMoment();
    void endedShellIsNotWatched();
    void shellWithAZombieIsWatched();
    void childThatHasEndedIsGivenNoTime();
    void hostIsWatchedAsIsWished();

private:
    void pin();
    [[nodiscard]] std::chrono::nanoseconds watchTime(std::chrono::nanoseconds watched = 0s)
    {
        return m_watch->watchTime({.comebackWatch = 2s, .restartWatch = 10s, .hostWatch = 500ms}, watched);
    }
    /// Looks twice, so far apart that a shell that is quiet at both is taken for one that starts nothing.
    [[nodiscard]] std::chrono::nanoseconds watchTimeAfterAMoment()
    {
        std::ignore = watchTime(0s);
        return watchTime(10ms);
    }

    ProcFs m_proc = *ProcFs::open();
    std::optional<RestartWatch> m_watch;
    KillPlan m_plan;
};

namespace {

ProcessInfoPtr infoOf(pid_t pid)
{
    const auto plan = Quay::Test::planOf({.pids = {pid}});
    return plan ? plan->targets.front().process : nullptr;
}

/// Somebody types into it: lines are carried out. On a terminal their output comes back between prompts.
Quay::Result<ChildProcess> startShell(bool isOnTerminal = false)
{
    return ChildProcess::start(
        {.arguments = {"env", "TERM=dumb", "bash", "--norc", "--noprofile"}, .isOnTerminal = isOnTerminal});
}

/// Runs until the shell has ended that types it, or until it is killed.
const std::string LongCommand = "tail --pid=$$ -f /dev/null";
/// The same in the foreground, once it has said its pid.
const std::string LongForegroundCommand = "sh -c 'echo pid=$$; exec tail --pid=$PPID -f /dev/null'";

/// It never asks how its child has ended.
const std::string ParentOfZombie = "sh -c 'true & exec tail --pid=$PPID -f /dev/null'";

bool hasZombie(const ProcFs &proc, pid_t pid)
{
    const auto children = readChildren(proc, pid);
    return children && std::ranges::any_of(*children, [&proc](pid_t child) {
               const auto stat = readProcStat(proc, child);
               return stat && stat->state == 'Z';
           });
}

/// At the start of the machine: for it everybody is new.
class StoppedClock : public Quay::Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override { return {}; }
    [[nodiscard]] std::chrono::nanoseconds sinceBoot() const override { return {}; }
    [[nodiscard]] std::chrono::nanoseconds realTime() const override { return {}; }
};

/// The number in the next line that begins with "pid=".
pid_t readPid(ChildProcess &shell)
{
    for (;;) {
        const auto line = shell.readLine();
        if (!line) {
            return -1;
        }
        if (line->starts_with("pid=")) {
            return std::stoi(line->substr(4));
        }
    }
}

/// Starts it in the background.
pid_t start(ChildProcess &shell, const std::string &command)
{
    return shell.writeLine(command + " & echo pid=$!") ? readPid(shell) : -1;
}

} // namespace

void tst_RestartWatch::init()
{
    m_plan = {};
    m_watch.reset();
}

/// Anew, as an ending would: what there is by now is not new. Start times have a resolution of 10 ms.
void tst_RestartWatch::pin()
{
    m_watch.emplace(m_proc, Quay::systemClock());
    m_watch->pin(m_plan);
}

void tst_RestartWatch::nobodyIsNotWatched()
{
    pin();

    QCOMPARE(watchTime(), 0s);
}

void tst_RestartWatch::reviverIsWatched()
{
    m_plan.revivers.emplace_back();
    pin();

    QCOMPARE(watchTime(), 2s);
    QCOMPARE(watchTime(2s), 2s);
}

void tst_RestartWatch::parentIsWatchedWhileItLives()
{
    auto parent = startShell();
    QVERIFY(parent.has_value());
    m_plan.parents = {infoOf(parent->pid())};
    pin();
    QCOMPARE(watchTime(), 2s);

    parent->end();

    QCOMPARE(watchTime(), 0s);
}

void tst_RestartWatch::childThatCameSinceIsGivenTime_data()
{
    QTest::addColumn<bool>("isManager");
    QTest::newRow("of a parent") << false;
    QTest::newRow("of a process manager") << true; // what is between may have ended with the server
}

void tst_RestartWatch::childThatCameSinceIsGivenTime()
{
    QFETCH(const bool, isManager);
    auto parent = startShell();
    QVERIFY(parent.has_value());
    QVERIFY(start(*parent, LongCommand) > 0); // it was there before
    const auto process = infoOf(parent->pid());
    if (isManager) {
        m_plan.revivers.push_back({.kind = Quay::ReviverKind::ProcessManager, .process = process});
    } else {
        m_plan.parents = {process};
    }
    QTRY_COMPARE((pin(), watchTime(2s)), 2s);

    QVERIFY(start(*parent, LongCommand) > 0);

    QCOMPARE(watchTime(1s), 2s); // nobody has asked yet
    QCOMPARE(watchTime(2s), 10s);
    QCOMPARE(watchTime(9s), 10s);
    QCOMPARE(watchTime(10s), 2s);

    QVERIFY(parent->writeLine("kill %2; wait %2; echo pid=0"));
    QCOMPARE(readPid(*parent), 0);
    QCOMPARE(watchTime(5s), 2s);
}

void tst_RestartWatch::shellIsWatchedUntilItStartsNothing_data()
{
    QTest::addColumn<bool>("isOnTerminal");
    QTest::newRow("terminal") << true;
    QTest::newRow("no terminal") << false;
}

void tst_RestartWatch::shellIsWatchedUntilItStartsNothing()
{
    QFETCH(const bool, isOnTerminal);
    auto shell = startShell(isOnTerminal);
    QVERIFY(shell.has_value());
    m_plan.shells = {infoOf(shell->pid())};
    QTRY_COMPARE((pin(), watchTimeAfterAMoment()), 0s); // at its prompt

    QVERIFY(shell->writeLine("for n in 1 2 3; do " + LongForegroundCommand + "; done; echo pid=0"));

    for (int i = 0; i < 3; ++i) { // its loop goes on with the next
        const pid_t server = readPid(*shell);
        QVERIFY(server > 0);
        for (auto watched = 0ms; watched <= 100ms; watched += 10ms) {
            QCOMPARE(watchTime(watched), 2s);
        }
        QCOMPARE(::kill(server, SIGTERM), 0);
    }
    QCOMPARE(readPid(*shell), 0);
    QTRY_COMPARE(watchTimeAfterAMoment(), 0s);
}

void tst_RestartWatch::shellThatIsBusyWithSomethingElseIsNotWatched()
{
    auto shell = startShell();
    QVERIFY(shell.has_value());
    QVERIFY(start(*shell, LongCommand) > 0);
    QVERIFY(shell->writeLine(LongForegroundCommand));
    QVERIFY(readPid(*shell) > 0);
    m_plan.shells = {infoOf(shell->pid())};

    QTRY_COMPARE((pin(), watchTimeAfterAMoment()), 0s);
}

/// It may be quiet between two commands.
void tst_RestartWatch::shellHasToBeQuietForAMoment()
{
    auto shell = startShell();
    QVERIFY(shell.has_value());
    m_plan.shells = {infoOf(shell->pid())};
    QTRY_COMPARE((pin(), watchTimeAfterAMoment()), 0s);
    pin();
    QCOMPARE(watchTime(0ms), 2s);
    QCOMPARE(watchTime(9ms), 2s);

    QVERIFY(start(*shell, LongCommand) > 0);

    QCOMPARE(watchTime(10ms), 2s);
    QVERIFY(shell->writeLine("kill %1; wait %1; echo pid=0"));
    QCOMPARE(readPid(*shell), 0);
    QTRY_COMPARE(watchTimeAfterAMoment(), 0s);
}

void tst_RestartWatch::endedShellIsNotWatched()
{
    auto shell = startShell();
    QVERIFY(shell.has_value());
    m_plan.shells = {infoOf(shell->pid())};
    pin();

    shell->end();

    QCOMPARE(watchTime(), 0s);
}

/// It has not noticed yet that its server has ended, and may start it again when it does.
void tst_RestartWatch::shellWithAZombieIsWatched()
{
    auto shell = startShell();
    QVERIFY(shell.has_value());
    m_plan.shells = {infoOf(start(*shell, ParentOfZombie))};
    QVERIFY(m_plan.shells.front() != nullptr);
    QTRY_VERIFY(hasZombie(m_proc, m_plan.shells.front()->id.pid));
    pin();

    for (auto watched = 0ms; watched <= 100ms; watched += 10ms) {
        QCOMPARE(watchTime(watched), 2s);
    }
}

void tst_RestartWatch::childThatHasEndedIsGivenNoTime()
{
    auto shell = startShell();
    QVERIFY(shell.has_value());
    m_plan.parents = {infoOf(start(*shell, ParentOfZombie))};
    QVERIFY(m_plan.parents.front() != nullptr);
    QTRY_VERIFY(hasZombie(m_proc, m_plan.parents.front()->id.pid));
    const StoppedClock clock;
    m_watch.emplace(m_proc, clock);
    m_watch->pin(m_plan);

    QCOMPARE(watchTime(2s), 2s);
}

void tst_RestartWatch::hostIsWatchedAsIsWished()
{
    auto host = startShell();
    QVERIFY(host.has_value());
    m_plan.hosts = {infoOf(host->pid())};
    pin();
    QCOMPARE(watchTime(), 500ms);

    host->end();

    QCOMPARE(watchTime(), 0s);
}

QTEST_GUILESS_MAIN(tst_RestartWatch)
#include "tst_restartwatch.moc"
