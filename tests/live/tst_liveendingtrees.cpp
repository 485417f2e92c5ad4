// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procevents.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/endingrun.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::KillScope;
using Quay::PortState;
using Quay::TargetProgress;
using Quay::TargetRole;
using Quay::TargetStage;
using Quay::Test::ChildProcess;
using Quay::Test::EndingRun;
using Quay::Test::FakeClock;
using Quay::Test::FakeProc;
using Quay::Test::planOf;
using Quay::Test::sentSignals;
using Quay::Test::targetOf;
using Quay::Test::TestServer;
using Quay::Test::why;
using namespace std::chrono_literals;

/// Processes with all that they started. Nobody escapes: see TestServer::waitUntilNobodyIsLeft().
class tst_LiveEndingTrees : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void wholeFamilyEnds_data();
    void wholeFamilyEnds();
    void childThatThePlanDoesNotKnowIsAsked();
    void childOfTheLastMomentIsAsked_data();
    void childOfTheLastMomentIsAsked();
    void childInASessionOfItsOwnIsAsked();
    void nobodyEscapesARelay();
    void whoIsLeftOutStaysWithItsChildren();
    void orphanOfBeforeThePlanIsNotTouched_data();
    void orphanOfBeforeThePlanIsNotTouched();
    void leavingLetsEverybodyGoOn();
    void whoWasLeftStoppedEndsAllTheSame_data();
    void whoWasLeftStoppedEndsAllTheSame();
    void strangerOfTheSameSessionIsNotTouched();

private:
    std::unique_ptr<EndingRun> m_run;
};

namespace {

bool isFinished(const EndingReport &report)
{
    return report.stage == EndingStage::Finished;
}

/// As in /proc; 0 when there is nobody.
char stateOf(pid_t pid)
{
    const auto proc = Quay::ProcFs::open();
    const auto stat = proc.and_then([pid](const auto &opened) { return Quay::readProcStat(opened, pid); });
    return stat ? stat->state : '\0';
}

} // namespace

void tst_LiveEndingTrees::init()
{
    auto run = EndingRun::open();
    QVERIFY2(run, why(run));
    m_run = *std::move(run);
}

void tst_LiveEndingTrees::wholeFamilyEnds_data()
{
    QTest::addColumn<bool>("isForced");
    QTest::newRow("asked") << false;
    QTest::newRow("forced") << true;
}

void tst_LiveEndingTrees::wholeFamilyEnds()
{
    QFETCH(const bool, isForced);
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    const auto plan =
        planOf({.pids = server->pids(), .scope = KillScope::Tree, .isForced = isForced, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.size(), std::size_t{3});
    for (const TargetProgress &target : report.targets) {
        QCOMPARE(target.stage, TargetStage::Ended);
        QVERIFY(!target.isLate);
        QCOMPARE(sentSignals(target), isForced ? (std::vector{SIGSTOP, SIGKILL}) : std::vector{SIGTERM});
    }
    QCOMPARE(report.ports.front().proof.state, PortState::Free);
    const auto nobody = server->waitUntilNobodyIsLeft();
    QVERIFY2(nobody, why(nobody));
}

void tst_LiveEndingTrees::childThatThePlanDoesNotKnowIsAsked()
{
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .scope = KillScope::Tree, .signal = SIGINT});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 1h});

    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.size(), std::size_t{3});
    for (const pid_t late : {server->pids()[1], server->pids()[2]}) {
        const TargetProgress *const target = targetOf(report, late);
        QVERIFY(target);
        QVERIFY(target->isLate);
        QCOMPARE(target->role, TargetRole::Below);
        QCOMPARE(sentSignals(*target), std::vector{SIGINT}); // as its parent
    }
}

void tst_LiveEndingTrees::childOfTheLastMomentIsAsked_data()
{
    QTest::addColumn<KillScope>("scope");
    QTest::newRow("tree") << KillScope::Tree;
    QTest::newRow("session") << KillScope::Session;
}

void tst_LiveEndingTrees::childOfTheLastMomentIsAsked()
{
    QFETCH(const KillScope, scope);
    auto server = TestServer::start({"heir"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .scope = scope, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 1h});

    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.size(), std::size_t{2});
    QVERIFY(report.targets[1].isLate);
    QCOMPARE(sentSignals(report.targets[1]), std::vector{SIGTERM});
    QCOMPARE(report.ports.front().proof.state, PortState::Free);
}

void tst_LiveEndingTrees::childInASessionOfItsOwnIsAsked()
{
    if (!Quay::ProcEvents::open()) {
        QSKIP("the kernel tells nobody here of forks");
    }
    auto server = TestServer::start({"escape"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .scope = KillScope::Tree, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 1h});

    QVERIFY(isSuccess(report));
    const auto &last = report.targets.back();
    QVERIFY(last.isLate);
    QCOMPARE(sentSignals(last), std::vector{SIGTERM});
    QVERIFY(last.process->session != plan->targets.front().process->session);
    const auto nobody = server->waitUntilNobodyIsLeft();
    QVERIFY2(nobody, why(nobody));
}

void tst_LiveEndingTrees::nobodyEscapesARelay()
{
    if (!Quay::ProcEvents::open()) {
        QSKIP("the kernel tells nobody here of forks");
    }
    auto server = TestServer::start({"relay"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .scope = KillScope::Tree, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 200ms});

    QVERIFY(isSuccess(report));
    QVERIFY(std::ranges::count(report.targets, true, &TargetProgress::isLate) > 1);
    const auto nobody = server->waitUntilNobodyIsLeft();
    QVERIFY2(nobody, why(nobody));
}

void tst_LiveEndingTrees::whoIsLeftOutStaysWithItsChildren()
{
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    const auto plan =
        planOf({.pids = {server->pid()}, .scope = KillScope::Tree, .isForced = true, .leftOut = {server->pids()[1]}});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.size(), std::size_t{1});
    QVERIFY(planOf({.pids = {server->pids()[1], server->pids()[2]}})); // they live
}

void tst_LiveEndingTrees::orphanOfBeforeThePlanIsNotTouched_data()
{
    QTest::addColumn<bool>("hasOtherEnded");
    QTest::newRow("another tree has ended") << true;
    QTest::newRow("another tree is being ended") << false;
}

/// Whose parent is gone is in no plan for its tree. That it came after another ending had begun does not make it new.
void tst_LiveEndingTrees::orphanOfBeforeThePlanIsNotTouched()
{
    QFETCH(const bool, hasOtherEnded);
    const auto other = TestServer::start({hasOtherEnded ? "listen" : "deaf"});
    QVERIFY2(other, why(other));
    const auto otherPlan = planOf({.pids = {other->pid()}, .scope = KillScope::Tree});
    QVERIFY2(otherPlan, why(otherPlan));
    m_run->terminator().begin(*otherPlan, {.grace = 1h});
    QVERIFY(!hasOtherEnded || m_run->advanceUntil(isFinished));
    auto leader = ChildProcess::start({.arguments = {"setsid", "bash"}});
    QVERIFY2(leader, why(leader));
    const std::string server = Quay::Test::programPath("testserver");
    QVERIFY(leader->writeLine("('" + server + "' listen <&0 &); echo 'its parent is gone'"));
    const std::string label = "pids=";
    pid_t orphan = 0;
    for (int i = 0; i < 2; ++i) { // that, and who listens
        const auto line = leader->readLine();
        QVERIFY2(line, why(line));
        const auto found = line->find(label);
        orphan = found == std::string::npos ? orphan : std::stoi(line->substr(found + label.size()));
    }
    const auto plan = planOf({.pids = {leader->pid()}, .scope = KillScope::Tree});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.front().process->id.pid, leader->pid());
    QCOMPARE(report.targets.size(), std::size_t{1});
    QVERIFY(planOf({.pids = {orphan}})); // it lives
}

/// Nobody is killed before all stand still, which by this /proc and this clock they never do.
void tst_LiveEndingTrees::leavingLetsEverybodyGoOn()
{
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = server->pids(), .scope = KillScope::Tree, .isForced = true});
    QVERIFY2(plan, why(plan));
    FakeProc restless;
    for (const auto &target : plan->targets) {
        restless.add({.pid = target.process->id.pid, .state = 'R', .startTicks = target.process->id.startTicks});
    }
    const FakeClock clock;
    const auto run = EndingRun::open({.procPath = restless.path(), .clock = &clock});
    QVERIFY2(run, why(run));

    const auto id = (*run)->terminator().begin(*plan);
    for (const TargetProgress &target : (*run)->last().targets) {
        QCOMPARE(sentSignals(target), std::vector{SIGSTOP});
        QTRY_COMPARE(stateOf(target.process->id.pid), 'T');
    }
    (*run)->terminator().leave(id);

    QVERIFY(isFinished((*run)->last()));
    QCOMPARE((*run)->last().targets.size(), std::size_t{3});
    for (const TargetProgress &target : (*run)->last().targets) {
        QCOMPARE(target.stage, TargetStage::Left);
        QCOMPARE(sentSignals(target), (std::vector{SIGSTOP, SIGCONT}));
        QTRY_COMPARE(stateOf(target.process->id.pid), 'S'); // it waits for connections
    }
}

void tst_LiveEndingTrees::whoWasLeftStoppedEndsAllTheSame_data()
{
    QTest::addColumn<bool>("isForced");
    QTest::newRow("asked") << false;
    QTest::newRow("forced") << true;
}

/// As an asker leaves a tree that is killed between SIGSTOP and SIGKILL. Nobody has to know about it to cure it.
void tst_LiveEndingTrees::whoWasLeftStoppedEndsAllTheSame()
{
    QFETCH(const bool, isForced);
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    for (const pid_t pid : server->pids()) {
        const auto handle = Quay::PidFd::open(pid);
        QVERIFY(handle && handle->signal(SIGSTOP));
        QTRY_COMPARE(stateOf(pid), 'T'); // who is on a CPU stops a moment later
    }
    const auto plan = planOf({.pids = server->pids(), .scope = KillScope::Tree, .isForced = isForced});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 1h});

    QVERIFY(isSuccess(report));
    const auto nobody = server->waitUntilNobodyIsLeft();
    QVERIFY2(nobody, why(nobody));
}

void tst_LiveEndingTrees::strangerOfTheSameSessionIsNotTouched()
{
    // Both belong to the session of this test, as all jobs of a terminal belong to that of its shell.
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .scope = KillScope::Session});
    QVERIFY2(plan, why(plan));

    m_run->terminator().begin(*plan, {.grace = 300ms});
    const auto stranger = TestServer::start({"family"}); // it comes while the ending is under way
    QVERIFY2(stranger, why(stranger));
    QVERIFY(m_run->advanceUntil(isFinished));

    QVERIFY(isSuccess(m_run->last()));
    QCOMPARE(m_run->last().targets.size(), std::size_t{1});
    const auto after = planOf({.pids = stranger->pids()});
    QVERIFY2(after, why(after));
    for (const auto &target : after->targets) {
        QVERIFY(target.process->state != 'T');
    }
}

QTEST_GUILESS_MAIN(tst_LiveEndingTrees)
#include "tst_liveendingtrees.moc"
