// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/endingtarget.h"
#include "core/control/killplan.h"
#include "core/control/newcomers.h"
#include "core/control/targetlist.h"
#include "core/control/treewatch.h"
#include "core/kernel/eventpoll.h"
#include "core/kernel/procfs.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

using Quay::EndingTarget;
using Quay::EventPoll;
using Quay::HeardForks;
using Quay::KillPlan;
using Quay::Newcomers;
using Quay::ProcessInfoPtr;
using Quay::ProcFs;
using Quay::TargetList;
using Quay::TargetRole;
using Quay::TreeWatch;
using Quay::Test::FakeClock;
using Quay::Test::FakeProc;
using Quay::Test::FakeProcess;
using Quay::Test::ForkedChild;

/// With real children, and what /proc says about who is whose made up. The first child is the target.
class tst_Newcomers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void childOfATargetJoins();
    void grandchildJoinsWhateverTheOrder();
    void strangerDoesNotJoin();
    void childOfAReapedTargetsPidIsAStranger();
    void childOfWhoIsLeftOutStaysOut();
    void whoWouldHaveBeenLeftOutStaysOut_data();
    void whoWouldHaveBeenLeftOutStaysOut();
    void whoHasExecutedNothingIsWhatItsParentIs();
    void ourOwnChildrenStayOut();
    void kernelThreadStaysOut();
    void orphanOfATargetsSessionJoins();
    void oldProcessOfATargetsSessionDoesNot();
    void orphanOfASessionOfWhoIsLeftOutDoesNot();
    void orphanOfATargetsGroupJoins();
    void partOfAPipelineDoesNot();
    void heardChildJoinsOnceItIsConfirmed();
    void heardGrandchildOfADeadChildJoins();
    void heardPidThatWasGivenOutAgainDoesNot();
    void heardStrangerDoesNot();
    void afterALossOnlyTheLivingCount();

private:
    [[nodiscard]] ForkedChild &child(std::size_t number) { return *m_children[number]; }
    /// Gives /proc an entry for a child: as a child of @p parent, its own session and group unless told otherwise.
    ProcessInfoPtr show(std::size_t number, pid_t parent, FakeProcess process = {});
    void begin(const std::vector<std::size_t> &leftOut = {}, const FakeProcess &target = {});
    [[nodiscard]] std::vector<pid_t> latePids() const;

    std::vector<std::unique_ptr<ForkedChild>> m_children;
    std::unique_ptr<FakeProc> m_fake;
    FakeClock m_clock;
    std::optional<ProcFs> m_proc;
    std::optional<EventPoll> m_poll;
    std::unique_ptr<TreeWatch> m_tree;
    std::unique_ptr<TargetList> m_targets;
    std::unique_ptr<Newcomers> m_newcomers;
};

namespace {

constexpr std::size_t Target = 0;
constexpr pid_t Init = 1;

} // namespace

void tst_Newcomers::init()
{
    m_newcomers.reset();
    m_children.clear();
    for (int i = 0; i < 3; ++i) {
        m_children.push_back(std::make_unique<ForkedChild>());
    }
    m_fake = std::make_unique<FakeProc>();
    m_fake->add({.pid = Init, .parentPid = 0});
    m_proc.emplace(m_fake->open());
    auto poll = EventPoll::open();
    QVERIFY(poll);
    m_poll.emplace(*std::move(poll));
    m_tree = std::make_unique<TreeWatch>(*m_proc, m_clock);
    m_targets = std::make_unique<TargetList>(*m_poll, 0);
    m_newcomers = std::make_unique<Newcomers>(*m_proc, m_clock, *m_tree, *m_targets);
}

ProcessInfoPtr tst_Newcomers::show(std::size_t number, pid_t parent, FakeProcess process)
{
    process.pid = child(number).pid();
    process.parentPid = parent;
    m_fake->add(process);
    return m_tree->find(process.pid);
}

void tst_Newcomers::begin(const std::vector<std::size_t> &leftOut, const FakeProcess &target)
{
    EndingTarget pinned({.process = show(Target, Init, target), .signal = SIGINT}, false, m_clock);
    pinned.pin(*m_proc);
    m_targets->add(std::move(pinned));
    KillPlan plan{.protectedNames = {"precious"}};
    for (const std::size_t number : leftOut) {
        plan.leftOut.push_back({.process = m_tree->find(child(number).pid())});
    }
    m_newcomers->begin(plan);
}

std::vector<pid_t> tst_Newcomers::latePids() const
{
    std::vector<pid_t> pids;
    for (const auto &target : *m_targets) {
        if (target.progress().isLate) {
            pids.push_back(target.pid());
        }
    }
    return pids;
}

void tst_Newcomers::childOfATargetJoins()
{
    begin();

    m_newcomers->meet(std::vector{show(1, child(Target).pid())}, true);

    QCOMPARE(latePids(), std::vector{child(1).pid()});
    const auto &late = (*m_targets)[1];
    QVERIFY(late.isPinned());
    QCOMPARE(late.signal(), SIGINT); // as its parent
    QCOMPARE(late.progress().role, TargetRole::Below);
    QVERIFY(late.progress().signals.empty());
}

void tst_Newcomers::grandchildJoinsWhateverTheOrder()
{
    begin();
    const auto middle = show(1, child(Target).pid());
    const auto youngest = show(2, child(1).pid());

    m_newcomers->meet(std::vector{youngest, middle}, true);

    QCOMPARE(latePids(), (std::vector{child(1).pid(), child(2).pid()}));
}

void tst_Newcomers::strangerDoesNotJoin()
{
    begin();

    m_newcomers->meet(std::vector{show(1, Init)}, true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::childOfAReapedTargetsPidIsAStranger()
{
    begin();
    child(Target).end();
    child(Target).reap();

    m_newcomers->meet(std::vector{show(1, child(Target).pid())}, true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::childOfWhoIsLeftOutStaysOut()
{
    show(1, child(Target).pid());
    begin({1});

    m_newcomers->meet(std::vector{m_tree->find(child(1).pid()), show(2, child(1).pid())}, true);
    QVERIFY(latePids().empty());
    m_newcomers->hear({.forks = {{.parent = child(1).pid(), .child = child(2).pid()}}});
    m_newcomers->hear({});

    QVERIFY(latePids().empty());
}

void tst_Newcomers::whoWouldHaveBeenLeftOutStaysOut_data()
{
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<bool>("joins");

    QTest::newRow("shell at which somebody types") << std::vector<std::string>{"/bin/bash", "-i"} << false;
    QTest::newRow("shell that runs a command") << std::vector<std::string>{"/bin/sh", "-c", "vite"} << true;
    QTest::newRow("coding agent") << std::vector<std::string>{"/usr/bin/claude"} << false;
    QTest::newRow("protected") << std::vector<std::string>{"/opt/precious", "--port", "1"} << false;
    QTest::newRow("supervisor of a server") << std::vector<std::string>{"quaymaster-supervise", "shop"} << false;
}

void tst_Newcomers::whoWouldHaveBeenLeftOutStaysOut()
{
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const bool, joins);
    begin();
    const std::string name = std::filesystem::path(arguments.front()).filename();
    const auto met = show(1, child(Target).pid(), {.comm = name, .arguments = arguments});
    const auto below = show(2, child(1).pid());

    m_newcomers->meet(std::vector{met}, true);
    m_newcomers->hear({.forks = {{.parent = child(Target).pid(), .child = child(1).pid()},
                                 {.parent = child(1).pid(), .child = child(2).pid()}}});
    m_newcomers->hear({});

    QCOMPARE(latePids(), joins ? (std::vector{child(1).pid(), child(2).pid()}) : std::vector<pid_t>());
}

void tst_Newcomers::whoHasExecutedNothingIsWhatItsParentIs()
{
    const FakeProcess shell{.comm = "bash", .arguments = {"bash"}};
    begin({}, shell);

    m_newcomers->meet(std::vector{show(1, child(Target).pid(), shell)}, true);

    QCOMPARE(latePids(), std::vector{child(1).pid()});
}

void tst_Newcomers::ourOwnChildrenStayOut()
{
    begin();

    m_newcomers->meet(std::vector{show(1, ::getpid())}, true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::kernelThreadStaysOut()
{
    begin();

    m_newcomers->meet(std::vector{show(1, child(Target).pid(), {.isKernelThread = true})}, true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::orphanOfATargetsSessionJoins()
{
    begin();

    m_newcomers->meet(std::vector{show(1, Init, {.session = child(Target).pid()})}, true);

    QCOMPARE(latePids(), std::vector{child(1).pid()});
}

void tst_Newcomers::oldProcessOfATargetsSessionDoesNot()
{
    begin();

    m_newcomers->meet(std::vector{show(1, Init, {.session = child(Target).pid()})}, false);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::orphanOfASessionOfWhoIsLeftOutDoesNot()
{
    show(2, child(Target).pid(), {.session = child(Target).pid()});
    begin({2});

    m_newcomers->meet(std::vector{show(1, Init, {.session = child(Target).pid()})}, true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::orphanOfATargetsGroupJoins()
{
    begin();

    m_newcomers->meet(std::vector{show(1, Init, {.processGroup = child(Target).pid(), .session = 4711})}, true);

    QCOMPARE(latePids(), std::vector{child(1).pid()});
}

void tst_Newcomers::partOfAPipelineDoesNot()
{
    show(2, Init, {.session = 4711}); // the shell
    begin();

    m_newcomers->meet(std::vector{show(1, child(2).pid(), {.processGroup = child(Target).pid(), .session = 4711})},
                      true);

    QVERIFY(latePids().empty());
}

void tst_Newcomers::heardChildJoinsOnceItIsConfirmed()
{
    begin();
    show(1, child(Target).pid());

    m_newcomers->hear({.forks = {{.parent = child(Target).pid(), .child = child(1).pid()}}});
    QVERIFY(m_newcomers->isWaiting());
    QVERIFY(latePids().empty());
    m_newcomers->hear({});

    QVERIFY(!m_newcomers->isWaiting());
    QCOMPARE(latePids(), std::vector{child(1).pid()});
}

void tst_Newcomers::heardGrandchildOfADeadChildJoins()
{
    constexpr pid_t Dead = 4'000'000; // nobody has it
    begin();
    show(1, Init); // it was handed to init, in a session of its own

    m_newcomers->hear(
        {.forks = {{.parent = child(Target).pid(), .child = Dead}, {.parent = Dead, .child = child(1).pid()}}});
    m_newcomers->hear({});

    QCOMPARE(latePids(), std::vector{child(1).pid()});
    QCOMPARE((*m_targets)[1].signal(), SIGINT); // as all of its tree
}

void tst_Newcomers::heardPidThatWasGivenOutAgainDoesNot()
{
    begin();
    show(1, Init);

    m_newcomers->hear({.forks = {{.parent = child(Target).pid(), .child = child(1).pid()}}});
    m_newcomers->hear({.forks = {{.parent = Init, .child = child(1).pid()}}}); // before it was pinned, or after

    QVERIFY(!m_newcomers->isWaiting());
    QVERIFY(latePids().empty());
}

void tst_Newcomers::heardStrangerDoesNot()
{
    begin();
    show(1, Init);

    m_newcomers->hear({.forks = {{.parent = child(Target).pid(), .child = child(1).pid()},
                                 {.parent = Init, .child = child(1).pid()}}});
    m_newcomers->hear({});

    QVERIFY(latePids().empty());
}

void tst_Newcomers::afterALossOnlyTheLivingCount()
{
    constexpr pid_t Dead = 4'000'000;
    begin();
    show(1, Init);
    show(2, child(Target).pid());
    m_newcomers->hear({.forks = {{.parent = child(Target).pid(), .child = Dead}}});

    m_newcomers->hear({.forks = {}, .isIncomplete = true});
    m_newcomers->hear({.forks = {{.parent = Dead, .child = child(1).pid()}, // who may be another one by now
                                 {.parent = child(Target).pid(), .child = child(2).pid()}}});
    m_newcomers->hear({});

    QCOMPARE(latePids(), std::vector{child(2).pid()});
}

QTEST_GUILESS_MAIN(tst_Newcomers)
#include "tst_newcomers.moc"
