// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"
#include "core/control/terminator.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/live/livelook.h"
#include "tests/support/childprocess.h"
#include "tests/support/clientsocket.h"
#include "tests/support/endingrun.h"
#include "tests/support/freeport.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::EndingReport;
using Quay::EndingStage;
using Quay::PortState;
using Quay::TargetStage;
using Quay::Test::ChildProcess;
using Quay::Test::EndingRun;
using Quay::Test::planOf;
using Quay::Test::sentSignals;
using Quay::Test::TestServer;
using Quay::Test::why;
using namespace std::chrono_literals;

namespace {

/// Takes over the children of those who end below us, as init does, and asks how @p pid ended.
class Reaper
{
public:
    explicit Reaper(pid_t pid)
        : m_thread([pid](const std::stop_token &stop) {
            while (!stop.stop_requested() && ::waitpid(pid, nullptr, WNOHANG) != pid) {
                std::this_thread::sleep_for(1ms); // until it is ours
            }
        })
    {
        ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    }
    Reaper(const Reaper &) = delete;
    Reaper &operator=(const Reaper &) = delete;
    ~Reaper() { ::prctl(PR_SET_CHILD_SUBREAPER, 0); }

private:
    std::jthread m_thread;
};

} // namespace

/// Processes of their own, ended one by one.
class tst_LiveEnding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void askedServerEndsAndItsPortIsFree();
    void eachStageIsReportedOnce();
    void otherSignalCanBeAskedWith();
    void forcedServerGetsNothingButKill();
    void deafServerIsForcedAfterTheGrace();
    void deafServerCanBeForcedAtOnce();
    void deafServerCanBeLeft();
    void stoppedServerIsToldToGoOn();
    void zombieHasEndedBefore();
    void zombieIsGoneWithItsParent();
    void zombieStaysWithAParentThatLives();
    void changelingIsTheSameProcess();
    void processThatIsGoneHasEnded();
    void ourselvesAreRefused();
    void drainWaitsForTheConnections();
    void drainHasALimit();
    void severalEndingsGoOnAtOnce();
    void observerMayAskForMore();
    void listenerThatAChildHoldsIsHeld();
    void portTakenByAnotherIsHeldByIt();
    void revivedServerComesBack();
    void serverThatListensLateComesBack();
    void nobodyIsWatchedForWhenTheParentHasEnded();

private:
    std::unique_ptr<EndingRun> m_run;
};

void tst_LiveEnding::init()
{
    auto run = EndingRun::open();
    QVERIFY2(run, why(run));
    m_run = *std::move(run);
}

void tst_LiveEnding::askedServerEndsAndItsPortIsFree()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    const auto &target = report.targets.front();
    QCOMPARE(target.stage, TargetStage::Ended);
    QCOMPARE(sentSignals(target), std::vector{SIGTERM});
    QVERIFY(target.exit.has_value());
    QCOMPARE(target.exit->signal, SIGTERM);
    QVERIFY(target.endedAfter.has_value());
    QVERIFY(!target.isLate && !target.wasZombie && !target.isUninterruptible);
    QCOMPARE(report.ports.size(), std::size_t{1});
    QCOMPARE(report.ports.front().proof.state, PortState::Free);
    QVERIFY(m_run->terminator().isIdle());
    QVERIFY(!m_run->terminator().nextDeadline().has_value());
}

void tst_LiveEnding::eachStageIsReportedOnce()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    m_run->end(*plan);

    std::vector<EndingStage> stages;
    std::ranges::transform(m_run->reports(), std::back_inserter(stages), &EndingReport::stage);
    const auto repeated = std::ranges::unique(stages);
    stages.erase(repeated.begin(), repeated.end());
    QCOMPARE(stages.front(), EndingStage::Asking);
    QCOMPARE(stages.back(), EndingStage::Finished);
    QVERIFY(std::ranges::is_sorted(stages));
    QVERIFY(m_run->reports().front().forcesAt.has_value());
    QVERIFY(std::ranges::adjacent_find(m_run->reports()) == m_run->reports().end());
}

void tst_LiveEnding::otherSignalCanBeAskedWith()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .signal = SIGINT});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QCOMPARE(sentSignals(report.targets.front()), std::vector{SIGINT});
    QCOMPARE(report.targets.front().exit->signal, SIGINT);
}

void tst_LiveEnding::forcedServerGetsNothingButKill()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .isForced = true, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QCOMPARE(sentSignals(report.targets.front()), std::vector{SIGKILL});
    QCOMPARE(m_run->reports().front().targets.front().stage, TargetStage::Forced);
}

void tst_LiveEnding::deafServerIsForcedAfterTheGrace()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan, {.grace = 100ms});

    QVERIFY(isSuccess(report));
    const auto &target = report.targets.front();
    QCOMPARE(sentSignals(target), (std::vector{SIGTERM, SIGKILL}));
    QCOMPARE(target.exit->signal, SIGKILL);
    QVERIFY(*target.endedAfter >= 100ms);
    QVERIFY(target.signals[1].at - target.signals[0].at >= 100ms);
}

void tst_LiveEnding::deafServerCanBeForcedAtOnce()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));

    const auto id = m_run->terminator().begin(*plan, {.grace = 1h});
    m_run->terminator().forceNow(id);
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));

    QCOMPARE(sentSignals(m_run->last().targets.front()), (std::vector{SIGTERM, SIGKILL}));
}

void tst_LiveEnding::deafServerCanBeLeft()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const auto id = m_run->terminator().begin(*plan, {.grace = 1h});
    m_run->terminator().leave(id);
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));

    QVERIFY(!isSuccess(m_run->last()));
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::Left);
    QCOMPARE(sentSignals(m_run->last().targets.front()), std::vector{SIGTERM});
    QCOMPARE(m_run->last().ports.front().proof.state, PortState::Held);
    QVERIFY(planOf({.pids = {server->pid()}})); // it lives
}

void tst_LiveEnding::stoppedServerIsToldToGoOn()
{
    const auto server = TestServer::start({"stopped"});
    QVERIFY2(server, why(server));
    QTRY_COMPARE(planOf({.pids = {server->pid()}})->targets.front().process->state, 'T');
    const auto plan = planOf({.pids = {server->pid()}});

    const EndingReport &report = m_run->end(*plan, {.grace = 1h});

    QVERIFY(isSuccess(report));
    QCOMPARE(sentSignals(report.targets.front()), (std::vector{SIGTERM, SIGCONT}));
    QCOMPARE(report.targets.front().exit->signal, SIGTERM);
}

void tst_LiveEnding::zombieHasEndedBefore()
{
    const auto server = TestServer::start({"undead"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = server->pids()}); // as it was made when it lived
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QCOMPARE(m_run->reports().size(), std::size_t{1});
    QVERIFY(isSuccess(report));
    QCOMPARE(report.targets.front().stage, TargetStage::Ended);
    QVERIFY(report.targets.front().wasZombie);
    QVERIFY(report.targets.front().signals.empty());
    QVERIFY(!report.targets.front().endedAfter.has_value());
    QCOMPARE(report.targets.front().process->parentPid, server->pid());
}

void tst_LiveEnding::zombieIsGoneWithItsParent()
{
    const auto server = TestServer::start({"undead"});
    QVERIFY2(server, why(server));
    const auto zombie = planOf({.pids = server->pids()});
    auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(zombie && plan, why(plan));
    plan->zombies = {{.process = zombie->targets.front().process, .isParentTarget = true}};
    const Reaper reaper(server->pids().front());

    const EndingReport &report = m_run->end(*plan);

    QCOMPARE(report.zombies.size(), std::size_t{1});
    QVERIFY(report.zombies.front().isGone);
    QVERIFY(isSuccess(report));
    const auto after = Quay::readProcStat(Quay::ProcFs::open().value(), server->pids().front());
    QVERIFY(!after || after->startTicks != plan->zombies.front().process->id.startTicks);
}

void tst_LiveEnding::zombieStaysWithAParentThatLives()
{
    const auto server = TestServer::start({"undead"});
    QVERIFY2(server, why(server));
    auto plan = planOf({.pids = server->pids()});
    QVERIFY2(plan, why(plan));
    plan->zombies = {{.process = plan->targets.front().process}};
    plan->targets.clear();

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(!report.zombies.front().isGone);
    QVERIFY(!isSuccess(report));
}

void tst_LiveEnding::changelingIsTheSameProcess()
{
    const auto server = TestServer::start({"changeling"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    m_run->terminator().begin(*plan, {.grace = 300ms});
    const auto nameOf = [&] {
        const auto now = planOf({.pids = {server->pid()}});
        const auto arguments = now ? now->targets.front().process->arguments : std::vector<std::string>{};
        return arguments.empty() ? std::string() : arguments.front(); // for an instant it has none
    };
    QTRY_COMPARE(nameOf(), std::string("testserver-changed"));
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));

    QVERIFY(isSuccess(m_run->last()));
    QCOMPARE(sentSignals(m_run->last().targets.front()), (std::vector{SIGTERM, SIGKILL}));
}

void tst_LiveEnding::processThatIsGoneHasEnded()
{
    auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));
    server->end();

    const EndingReport &report = m_run->end(*plan);

    const EndingReport &first = m_run->reports().front();
    QCOMPARE(first.stage, EndingStage::Proving); // the end is told before the port has been looked at
    QVERIFY(!first.ports.empty());
    QCOMPARE(first.ports.front().proof.state, Quay::PortState::Unknown);
    QVERIFY(isSuccess(report));
    QVERIFY(report.targets.front().stage == TargetStage::Ended
            || report.targets.front().stage == TargetStage::Recycled);
    QVERIFY(report.targets.front().signals.empty());
}

void tst_LiveEnding::ourselvesAreRefused()
{
    const auto plan = planOf({.pids = {::getpid(), 1}});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(!isSuccess(report));
    for (const auto &target : report.targets) {
        QCOMPARE(target.stage, TargetStage::Refused);
        QCOMPARE(target.error->code, Quay::ErrorCode::Invalid);
        QVERIFY(target.signals.empty());
    }
}

void tst_LiveEnding::drainWaitsForTheConnections()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));
    auto client = Quay::Test::connectTo(server->port());
    QVERIFY(client);

    plan->drain = 1h;
    m_run->terminator().begin(*plan);
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.connectionsLeft == 1U; }));
    QCOMPARE(m_run->last().stage, EndingStage::Draining);
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::Waiting);
    client.reset();
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));

    QVERIFY(isSuccess(m_run->last()));
    QVERIFY(!m_run->last().connectionsLeft.has_value());
    QCOMPARE(sentSignals(m_run->last().targets.front()), std::vector{SIGTERM});
}

void tst_LiveEnding::drainHasALimit()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY2(server, why(server));
    auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));
    const auto client = Quay::Test::connectTo(server->port());
    QVERIFY(client);

    plan->drain = 150ms;
    const EndingReport &report = m_run->end(*plan);

    QVERIFY(isSuccess(report));
    QVERIFY(report.elapsed >= 150ms);
    QVERIFY(report.connectionsCut == 1U);
    QVERIFY(!report.ports.front().proof.remains.empty()); // the client has not let go yet
}

void tst_LiveEnding::severalEndingsGoOnAtOnce()
{
    const auto first = TestServer::start({"deaf"});
    const auto second = TestServer::start({"listen"});
    QVERIFY(first && second);
    const auto firstPlan = planOf({.pids = {first->pid()}});
    const auto secondPlan = planOf({.pids = {second->pid()}});
    QVERIFY(firstPlan && secondPlan);

    const auto firstId = m_run->terminator().begin(*firstPlan, {.grace = 200ms});
    const auto secondId = m_run->terminator().begin(*secondPlan);
    m_run->terminator().runFor(20s);

    QVERIFY(secondId > firstId);
    std::vector<std::uint64_t> finished;
    for (const auto &report : m_run->reports()) {
        if (report.stage == EndingStage::Finished) {
            QVERIFY(isSuccess(report));
            finished.push_back(report.id);
        }
    }
    QCOMPARE(finished, (std::vector{secondId, firstId}));
}

void tst_LiveEnding::observerMayAskForMore()
{
    const auto server = TestServer::start({"deaf"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}});
    QVERIFY2(plan, why(plan));
    std::unique_ptr<Quay::Terminator> terminator;
    std::vector<TargetStage> stages;
    auto opened = Quay::Terminator::open([&](const EndingReport &report) {
        stages.push_back(report.targets.front().stage);
        if (stages.size() == 1) {
            terminator->forceNow(report.id);
        }
    });
    QVERIFY2(opened, why(opened));
    terminator = *std::move(opened);

    terminator->begin(*plan, {.grace = 1h});
    terminator->runFor(20s);

    QVERIFY(terminator->isIdle());
    QCOMPARE(stages.at(0), TargetStage::Asked);
    QCOMPARE(stages.at(1), TargetStage::Forced);
    QCOMPARE(stages.back(), TargetStage::Ended);
}

void tst_LiveEnding::listenerThatAChildHoldsIsHeld()
{
    const auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const EndingReport &report = m_run->end(*plan);

    QVERIFY(!isSuccess(report));
    QCOMPARE(report.targets.front().stage, TargetStage::Ended);
    const auto &port = report.ports.front();
    QCOMPARE(port.proof.state, PortState::Held);
    QCOMPARE(port.proof.holders.size(), std::size_t{1});
    QCOMPARE(port.proof.holders.front().cookie, plan->listeners.front()->socket.cookie);
    QVERIFY(!port.cameBack);
}

void tst_LiveEnding::portTakenByAnotherIsHeldByIt()
{
    const auto server = TestServer::start({"yielding"}); // it closes its socket when asked to end, and stays
    QVERIFY2(server, why(server));
    const auto plan = planOf({.pids = {server->pid()}, .port = server->port()});
    QVERIFY2(plan, why(plan));

    const auto id = m_run->terminator().begin(*plan, {.grace = 1h});
    Quay::Result<TestServer> taker = Quay::fail(Quay::ErrorCode::Gone, {});
    QTRY_VERIFY((taker = TestServer::start({"listen", "--port", std::to_string(server->port())})));
    const auto taken = planOf({.pids = {taker->pid()}, .port = server->port()});
    QVERIFY2(taken, why(taken));
    m_run->terminator().forceNow(id);
    QVERIFY(m_run->advanceUntil([](const EndingReport &report) { return report.stage == EndingStage::Finished; }));

    const auto &port = m_run->last().ports.front();
    QVERIFY(!isSuccess(m_run->last()));
    QCOMPARE(m_run->last().targets.front().stage, TargetStage::Ended);
    QCOMPARE(port.proof.state, PortState::Held);
    QCOMPARE(port.proof.holders.size(), std::size_t{1});
    QCOMPARE(port.proof.holders.front().cookie, taken->listeners.front()->socket.cookie);
    QVERIFY(!port.cameBack);
    QVERIFY(planOf({.pids = {taker->pid()}})); // it has the port, and nothing happens to it
}

void tst_LiveEnding::revivedServerComesBack()
{
    auto server = TestServer::start({"revive"});
    QVERIFY2(server, why(server));
    auto plan = planOf({.pids = server->pids(), .port = server->port()});
    QVERIFY2(plan, why(plan));
    const auto manager = planOf({.pids = {plan->targets.front().process->parentPid}});
    QVERIFY2(manager, why(manager));
    plan->parents = {manager->targets.front().process};

    m_run->end(*plan, {.comebackWatch = 10s});

    const auto &port = m_run->last().ports.front();
    QVERIFY(!isSuccess(m_run->last()));
    QVERIFY(port.cameBack);
    QCOMPARE(port.proof.state, PortState::Held);
    QVERIFY(port.proof.holders.front().cookie != plan->listeners.front()->socket.cookie);
    const auto ready = server->waitUntilReadyAgain();
    QVERIFY2(ready, why(ready));
    QVERIFY(server->pids().front() != plan->targets.front().process->id.pid);
}

/// Many servers take seconds until they listen. The parent has started it before its time is over, and that counts.
void tst_LiveEnding::serverThatListensLateComesBack()
{
    auto parent = ChildProcess::start({.arguments = {"bash"}});
    QVERIFY2(parent, why(parent));
    const std::string port = Quay::Test::freePort();
    const std::string server = "'" + Quay::Test::programPath("testserver") + "' listen --port " + port;
    QVERIFY(parent->writeLine(server + " <&0 & echo $!; wait; (sleep 2; exec " + server + ") <&0 &"));
    std::string pid;
    for (int i = 0; i < 2; ++i) { // the number, and that it listens
        const auto line = parent->readLine();
        QVERIFY2(line, why(line));
        pid = line->starts_with("READY") ? pid : *line;
    }
    auto plan = planOf({.pids = {std::stoi(pid)}, .port = static_cast<std::uint16_t>(std::stoi(port))});
    QVERIFY2(plan, why(plan));
    const auto bash = planOf({.pids = {parent->pid()}});
    QVERIFY2(bash, why(bash));
    plan->parents = {bash->targets.front().process};

    m_run->end(*plan, {.comebackWatch = 1s, .restartWatch = 20s});

    QVERIFY(m_run->last().ports.front().cameBack);
}

void tst_LiveEnding::nobodyIsWatchedForWhenTheParentHasEnded()
{
    auto server = TestServer::start({"family"});
    QVERIFY2(server, why(server));
    auto plan = planOf({.pids = server->pids(), .port = server->port()});
    QVERIFY2(plan, why(plan));
    plan->parents = {plan->targets.front().process}; // it ends with the others

    QVERIFY(isSuccess(m_run->end(*plan, {.comebackWatch = 1h})));
}

QTEST_GUILESS_MAIN(tst_LiveEnding)
#include "tst_liveending.moc"
