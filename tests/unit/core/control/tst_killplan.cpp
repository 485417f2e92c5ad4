// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/killplan.h"
#include "core/control/planoffers.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTest>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

using Quay::KillScope;
using Quay::ListenerPtr;
using Quay::PlanFailure;
using Quay::Test::planDesktop;
using Quay::Test::PlanMachine;
using Quay::Test::targetPids;

using Pids = std::vector<pid_t>;

namespace {

Pids pidsOf(const std::vector<Quay::ProcessInfoPtr> &processes)
{
    Pids pids;
    for (const auto &process : processes) {
        pids.push_back(process->id.pid);
    }
    return pids;
}

std::vector<int> signalsOf(const Quay::KillPlan &plan)
{
    std::vector<int> signals;
    for (const auto &target : plan.targets) {
        signals.push_back(target.signal);
    }
    return signals;
}

/// A master (300) with two workers (301, 302), all of which hold port 80; and what a worker started (303).
PlanMachine preForked()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "nginx: master process nginx"});
    machine.add({.pid = 301, .parent = 300, .command = "nginx: worker process"});
    machine.add({.pid = 302, .parent = 300, .command = "nginx: worker process"});
    machine.add({.pid = 303, .parent = 302, .command = "logger"});
    machine.listen({.port = 80, .owners = {300, 301, 302}, .connections = 7});
    return machine;
}

/// A parent (1020) with a child (1021) that has ended.
PlanMachine withZombie(const std::string &parent)
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = parent});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js", .state = 'Z'});
    return machine;
}

} // namespace

class tst_KillPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingAskedIsAnEmptyPlan();
    void recycledPidIsGone();
    void unknownPidIsGone();
    void whatMayNeverBeEndedHasNoPlan_data();
    void whatMayNeverBeEndedHasNoPlan();
    void shellMayBeNamed();
    void holderStaysOnceUnlessItIsNamed();
    void parentsComeBeforeTheirChildren();
    void signalIsTheKindsOwn();
    void signalIsTheRequests();
    void forcedIsSigkill();
    void stopSignalIsTermUnlessKnown();
    void targetsHaveTheirListeners();
    void everyListenerIsInThePlanOnce();
    void listenerThatOthersHoldIsShared();
    void listenerOfTheWholePlanIsNotShared();
    void childrenOutsideTheScopeRemain();
    void connectionsAreSummed();
    void connectionsAreUnknownWhenOneIs();
    void recycledOwnerHoldsNothing();
    void parentsThatMayStartAgainAreKnown();
    void ourParentsStartNothingAgain();
    void shellsThatMayRunALoopAreKnown();
    void drainingIsPlanned();
    void zombieIsNoTargetButItsParentIsKnown();
    void zombieWhoseParentEndsGoesWithIt();
    void protectedParentOfAZombieStays_data();
    void protectedParentOfAZombieStays();
    void leaderThatEndedBeforeItsThreadsIsNoZombie();
};

void tst_KillPlan::nothingAskedIsAnEmptyPlan()
{
    const auto plan = planDesktop().plan({}, KillScope::Session);

    QVERIFY(plan.has_value());
    QVERIFY(*plan == (Quay::KillPlan{.scope = KillScope::Session, .connections = 0}));
}

void tst_KillPlan::recycledPidIsGone()
{
    const auto machine = preForked();
    auto asked = machine.process(302)->id;
    asked.startTicks -= 1;

    const auto plan = Quay::makeKillPlan({.processes = {machine.process(301)->id, asked}}, machine.facts());

    QVERIFY(!plan);
    QCOMPARE(plan.error(), (PlanFailure{.pid = 302}));
}

void tst_KillPlan::unknownPidIsGone()
{
    const auto plan = Quay::makeKillPlan({.processes = {{.pid = 4711, .startTicks = 5}}}, preForked().facts());

    QVERIFY(!plan);
    QCOMPARE(plan.error(), (PlanFailure{.pid = 4711}));
}

void tst_KillPlan::whatMayNeverBeEndedHasNoPlan_data()
{
    using enum Quay::NeverEndedReason;
    QTest::addColumn<pid_t>("pid");
    QTest::addColumn<Quay::NeverEndedReason>("reason");
    QTest::newRow("init") << pid_t{1} << Init;
    QTest::newRow("kernel thread") << pid_t{2} << KernelThread;
    QTest::newRow("ourselves") << pid_t{1021} << Ourselves;
    QTest::newRow("our parent") << pid_t{1020} << OurParent;
    QTest::newRow("our shell") << pid_t{1010} << OurParent;
    QTest::newRow("our terminal") << pid_t{1000} << OurParent;
}

void tst_KillPlan::whatMayNeverBeEndedHasNoPlan()
{
    QFETCH(const pid_t, pid);
    QFETCH(const Quay::NeverEndedReason, reason);
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "make end"});
    machine.add({.pid = 1021, .parent = 1020, .command = "quay stop"});
    machine.add({.pid = 1022, .parent = 1010, .command = "node a.js"});
    machine.setSelf(1021);

    for (const auto scope : {KillScope::Process, KillScope::Tree, KillScope::Session}) {
        const auto plan = machine.plan({1022, pid}, scope);

        QVERIFY(!plan);
        QCOMPARE(plan.error(), (PlanFailure{.pid = pid, .neverEnded = reason}));
    }
}

void tst_KillPlan::shellMayBeNamed()
{
    const auto plan = planDesktop().goodPlan({1010, 1000}, KillScope::Process);

    QCOMPARE(targetPids(plan), (Pids{1000, 1010}));
    QVERIFY(plan.leftOut.empty());
    QVERIFY(plan.targets[0].staysUnlessNamed == Quay::LeaveOutReason::Terminal);
    QVERIFY(plan.targets[1].staysUnlessNamed == Quay::LeaveOutReason::Shell);
}

/// Also where it is below another holder, and so in the scope of that one.
void tst_KillPlan::holderStaysOnceUnlessItIsNamed()
{
    auto machine = planDesktop();
    machine.add({.pid = 1050, .parent = 1010, .command = "node a.js"});
    const auto shielded = machine.add({.pid = 1051, .parent = 1050, .command = "guard"});
    machine.protect("guard");
    const auto holder = machine.process(1050)->id;

    const auto plan = Quay::makeKillPlan({.holders = {holder, shielded}, .scope = KillScope::Tree}, machine.facts());
    const auto naming = Quay::makeKillPlan({.processes = {shielded}, .holders = {holder, shielded}}, machine.facts());

    QVERIFY(plan);
    QCOMPARE(targetPids(*plan), (Pids{1050}));
    QCOMPARE(plan->leftOut.size(), std::size_t{1});
    QCOMPARE(plan->leftOut.front().process->id, shielded);
    QCOMPARE(plan->leftOut.front().reason, Quay::LeaveOutReason::Protected);
    QVERIFY(naming);
    QCOMPARE(targetPids(*naming), (Pids{1050, 1051}));
    QVERIFY(naming->leftOut.empty());
}

void tst_KillPlan::parentsComeBeforeTheirChildren()
{
    auto machine = planDesktop();
    // Pids went round, and several processes came in the same tick.
    machine.add({.pid = 500, .parent = 1010, .command = "a", .startTicks = 900});
    machine.add({.pid = 400, .parent = 500, .command = "b", .startTicks = 900});
    machine.add({.pid = 450, .parent = 400, .command = "c", .startTicks = 900});
    machine.add({.pid = 410, .parent = 500, .command = "d", .startTicks = 900});
    machine.add({.pid = 600, .parent = 1010, .command = "e", .startTicks = 800});

    QCOMPARE(targetPids(machine.goodPlan({450, 400, 500, 410, 600}, KillScope::Process)),
             (Pids{600, 500, 400, 450, 410}));
    QCOMPARE(targetPids(machine.goodPlan({500}, KillScope::Tree)), (Pids{500, 400, 450, 410}));
}

void tst_KillPlan::signalIsTheKindsOwn()
{
    auto machine = preForked();
    machine.add({.pid = 310, .parent = 1, .command = "/usr/lib/postgresql/17/bin/postgres -D /data"});
    machine.add({.pid = 311, .parent = 310, .command = "postgres: checkpointer"});

    QCOMPARE(signalsOf(machine.goodPlan({300}, KillScope::Tree)), (std::vector{SIGQUIT, SIGQUIT, SIGQUIT, SIGTERM}));
    QCOMPARE(signalsOf(machine.goodPlan({310}, KillScope::Tree)), (std::vector{SIGINT, SIGTERM}));
}

void tst_KillPlan::signalIsTheRequests()
{
    const auto machine = preForked();

    const auto plan = Quay::makeKillPlan(
        {.processes = {machine.process(302)->id}, .scope = KillScope::Tree, .signal = SIGHUP}, machine.facts());

    QVERIFY(plan.has_value());
    QCOMPARE(signalsOf(*plan), (std::vector{SIGHUP, SIGHUP}));
    QVERIFY(!plan->isForced);
}

void tst_KillPlan::forcedIsSigkill()
{
    const auto machine = preForked();

    const auto plan = Quay::makeKillPlan({.processes = {machine.process(301)->id}, .signal = SIGHUP, .isForced = true},
                                         machine.facts());

    QVERIFY(plan.has_value());
    QCOMPARE(signalsOf(*plan), (std::vector{SIGKILL}));
    QVERIFY(plan->isForced);
}

void tst_KillPlan::stopSignalIsTermUnlessKnown()
{
    QCOMPARE(Quay::stopSignalOf(std::nullopt), SIGTERM);
    QCOMPARE(Quay::stopSignalOf(Quay::ServerKind{.id = "a", .name = "A"}), SIGTERM);
    QCOMPARE(Quay::stopSignalOf(Quay::ServerKind{.id = "a", .name = "A", .stopSignal = SIGQUIT}), SIGQUIT);
}

void tst_KillPlan::targetsHaveTheirListeners()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "node a.js"});
    machine.add({.pid = 301, .parent = 300, .command = "node b.js"});
    const auto second = machine.listen({.port = 4000, .owners = {300}});
    const auto first = machine.listen({.port = 3000, .owners = {300}});
    const auto other = machine.listen({.port = 5000, .owners = {301}});

    const auto plan = machine.goodPlan({300}, KillScope::Tree);

    QCOMPARE(plan.targets.at(0).listeners, (std::vector<ListenerPtr>{first, second}));
    QCOMPARE(plan.targets.at(1).listeners, (std::vector<ListenerPtr>{other}));
}

void tst_KillPlan::everyListenerIsInThePlanOnce()
{
    auto machine = preForked();
    const auto other = machine.listen({.port = 22, .owners = {302}});
    machine.add({.pid = 999, .parent = 1, .command = "stranger"});
    machine.listen({.port = 23, .owners = {999}});

    const auto plan = machine.goodPlan({300}, KillScope::Tree);

    QCOMPARE(plan.listeners.size(), 2U);
    QCOMPARE(plan.listeners.at(0), other);
    QCOMPARE(plan.listeners.at(1)->socket.localPort, 80);
}

void tst_KillPlan::listenerThatOthersHoldIsShared()
{
    const auto machine = preForked();

    const auto plan = machine.goodPlan({300}, KillScope::Process);

    QCOMPARE(plan.listeners.size(), 1U);
    QCOMPARE(plan.shared, plan.listeners);
}

void tst_KillPlan::listenerOfTheWholePlanIsNotShared()
{
    const auto plan = preForked().goodPlan({300}, KillScope::Tree);

    QCOMPARE(targetPids(plan), (Pids{300, 301, 302, 303}));
    QCOMPARE(plan.listeners.size(), 1U);
    QVERIFY(plan.shared.empty());
}

void tst_KillPlan::childrenOutsideTheScopeRemain()
{
    auto machine = preForked();
    machine.add({.pid = 304, .parent = 300, .command = "", .state = 'Z'});

    QCOMPARE(pidsOf(machine.goodPlan({300}, KillScope::Process).remaining), (Pids{301, 302}));
    QCOMPARE(pidsOf(machine.goodPlan({300, 302}, KillScope::Process).remaining), (Pids{301, 303}));
    QCOMPARE(pidsOf(machine.goodPlan({300}, KillScope::Tree).remaining), Pids{});
}

void tst_KillPlan::connectionsAreSummed()
{
    auto machine = preForked();
    machine.listen({.port = 443, .owners = {300}, .connections = 5});
    machine.listen({.port = 443, .owners = {300}, .protocol = Quay::Protocol::Udp, .connections = std::nullopt});

    QCOMPARE(machine.goodPlan({300}, KillScope::Tree).connections, std::optional<std::uint32_t>(12));
    QCOMPARE(machine.goodPlan({303}, KillScope::Tree).connections, std::optional<std::uint32_t>(0));
}

void tst_KillPlan::connectionsAreUnknownWhenOneIs()
{
    auto machine = preForked();
    machine.listen({.port = 443, .owners = {300}, .connections = std::nullopt});

    QCOMPARE(machine.goodPlan({300}, KillScope::Tree).connections, std::optional<std::uint32_t>());
}

void tst_KillPlan::recycledOwnerHoldsNothing()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "node a.js"});
    machine.listen({.port = 3000, .owners = {300}});
    machine.add({.pid = 300, .parent = 1, .command = "somebody else"}); // after the snapshot

    const auto plan = machine.goodPlan({300}, KillScope::Process);

    QVERIFY(plan.listeners.empty());
    QVERIFY(plan.targets.front().listeners.empty());
}

void tst_KillPlan::parentsThatMayStartAgainAreKnown()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1010, .command = "bash loop.sh"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});
    machine.add({.pid = 302, .parent = 300, .command = "node b.js"});
    machine.add({.pid = 303, .parent = 1010, .command = "node c.js"}); // of a shell at a prompt
    machine.add({.pid = 304, .parent = 1, .command = "node d.js"});
    machine.add({.pid = 305, .parent = 1010, .command = "make dev", .state = 'Z'});
    machine.add({.pid = 306, .parent = 305, .command = "node e.js"});

    const auto plan = machine.goodPlan({301, 302, 303, 304, 306}, KillScope::Process);

    QCOMPARE(plan.parents, std::vector{machine.process(300)});
    QVERIFY(machine.goodPlan({301}, KillScope::Session).parents.empty());
}

void tst_KillPlan::ourParentsStartNothingAgain()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1010, .command = "make test"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});
    machine.add({.pid = 302, .parent = 300, .command = "quay free 3000"});
    machine.setSelf(302);

    QVERIFY(machine.goodPlan({301}, KillScope::Process).parents.empty());
}

void tst_KillPlan::shellsThatMayRunALoopAreKnown()
{
    auto machine = planDesktop();
    machine.add({.pid = 299, .parent = 1, .command = "/usr/bin/konsole"});
    machine.add({.pid = 300, .parent = 1010, .command = "bash"}); // ( while true; do node a.js; done ) &
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});
    machine.add({.pid = 302, .parent = 1, .command = "node b.js"});
    machine.add({.pid = 303, .parent = 299, .command = "node c.js"});
    machine.add({.pid = 304, .parent = 1010, .command = "quay free 3000"});
    machine.add({.pid = 305, .parent = 1010, .command = "node d.js"});
    machine.setSelf(304); // our own shell waits for us

    const auto plan = machine.goodPlan({301, 302, 303, 305}, KillScope::Process);

    QCOMPARE(plan.shells, std::vector{machine.process(300)});
    QCOMPARE(plan.hosts, std::vector{machine.process(299)});
    QVERIFY(plan.parents.empty());
}

void tst_KillPlan::drainingIsPlanned()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1010, .command = "node a.js"});
    const auto id = machine.process(300)->id;

    const auto plan = makeKillPlan({.processes = {id}, .drain = std::chrono::seconds(10)}, machine.facts());
    const auto forced =
        makeKillPlan({.processes = {id}, .isForced = true, .drain = std::chrono::seconds(10)}, machine.facts());

    QVERIFY(plan && forced);
    QVERIFY(plan->drain == std::chrono::seconds(10));
    QVERIFY(!forced->drain); // who kills waits for nobody
}

void tst_KillPlan::zombieIsNoTargetButItsParentIsKnown()
{
    const auto machine = withZombie("node spawn.js");

    const auto plan = machine.goodPlan({1021}, KillScope::Process);

    QVERIFY(plan.targets.empty());
    QCOMPARE(plan.zombies.size(), std::size_t{1});
    QCOMPARE(plan.zombies.front().process, machine.process(1021));
    QCOMPARE(plan.zombies.front().parent, machine.process(1020));
    QVERIFY(!plan.zombies.front().isParentTarget && !plan.zombies.front().parentStays);
    QCOMPARE(pidsOf(parentsOfZombies(plan)), (Pids{1020}));
}

void tst_KillPlan::zombieWhoseParentEndsGoesWithIt()
{
    const auto plan = withZombie("node spawn.js").goodPlan({1021, 1020}, KillScope::Process);

    QCOMPARE(targetPids(plan), (Pids{1020}));
    QVERIFY(plan.zombies.front().isParentTarget);
    QVERIFY(parentsOfZombies(plan).empty()); // nobody is offered twice
}

void tst_KillPlan::protectedParentOfAZombieStays_data()
{
    QTest::addColumn<QString>("parent");
    QTest::addColumn<int>("reason");
    QTest::newRow("shell") << "-zsh" << static_cast<int>(Quay::LeaveOutReason::Shell);
    QTest::newRow("IDE") << "/usr/share/code/code" << static_cast<int>(Quay::LeaveOutReason::Ide);
    QTest::newRow("protected program") << "postgres" << static_cast<int>(Quay::LeaveOutReason::Protected);
}

void tst_KillPlan::protectedParentOfAZombieStays()
{
    QFETCH(const QString, parent);
    QFETCH(const int, reason);
    auto machine = withZombie(parent.toStdString());
    machine.protect("postgres");

    const auto plan = machine.goodPlan({1021}, KillScope::Process);

    QCOMPARE(static_cast<int>(plan.zombies.front().parentStays.value()), reason);
    QVERIFY(parentsOfZombies(plan).empty());
    QCOMPARE(targetPids(machine.goodPlan({1020}, KillScope::Process)), (Pids{1020})); // when it is named
}

void tst_KillPlan::leaderThatEndedBeforeItsThreadsIsNoZombie()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "server", .state = 'Z', .threads = 3});

    QCOMPARE(targetPids(machine.goodPlan({1020}, KillScope::Process)), (Pids{1020}));
}

QTEST_GUILESS_MAIN(tst_KillPlan)
#include "tst_killplan.moc"
