// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/processtree.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTest>

#include <vector>

#include <sys/types.h>

namespace {

std::vector<pid_t> childPids(const Quay::ProcessTree &tree, pid_t pid)
{
    std::vector<pid_t> pids;
    for (const auto child : tree.childrenOf(*tree.find(pid))) {
        pids.push_back(tree.info(child).id.pid);
    }
    return pids;
}

} // namespace

class tst_ProcessTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void parentsAndChildrenAgree();
    void recycledPidIsNotFoundByIdentity();
    void youngerParentIsNone();
    void childOfTheSameTickHasItsParent();
    void ownParentIsNone();
    void nothingHasNoProcesses();
};

void tst_ProcessTree::parentsAndChildrenAgree()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 0, .command = "a"});
    machine.add({.pid = 40, .parent = 10, .command = "b"});
    machine.add({.pid = 20, .parent = 10, .command = "c"});
    machine.add({.pid = 30, .parent = 20, .command = "d"});
    machine.add({.pid = 50, .parent = 99, .command = "parent unknown"});
    const auto facts = machine.facts();

    const Quay::ProcessTree tree(facts.processes);

    QCOMPARE(tree.size(), 5U);
    QCOMPARE(childPids(tree, 10), (std::vector<pid_t>{20, 40}));
    QCOMPARE(childPids(tree, 20), (std::vector<pid_t>{30}));
    QCOMPARE(childPids(tree, 30), std::vector<pid_t>{});
    QCOMPARE(childPids(tree, 50), std::vector<pid_t>{});
    QCOMPARE(tree.parentOf(*tree.find(30)), tree.find(20));
    QVERIFY(!tree.parentOf(*tree.find(10)));
    QVERIFY(!tree.parentOf(*tree.find(50)));
    QVERIFY(!tree.find(99));
    QVERIFY(!tree.find(60));
}

void tst_ProcessTree::recycledPidIsNotFoundByIdentity()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 0, .command = "a", .startTicks = 500});
    const auto facts = machine.facts();
    const Quay::ProcessTree tree(facts.processes);

    QVERIFY(tree.find(Quay::ProcessId{.pid = 10, .startTicks = 500}));
    QVERIFY(!tree.find(Quay::ProcessId{.pid = 10, .startTicks = 499}));
}

void tst_ProcessTree::youngerParentIsNone()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 20, .command = "child", .startTicks = 100});
    machine.add({.pid = 20, .parent = 0, .command = "came later", .startTicks = 101});
    const auto facts = machine.facts();
    const Quay::ProcessTree tree(facts.processes);

    QVERIFY(!tree.parentOf(*tree.find(10)));
    QCOMPARE(childPids(tree, 20), std::vector<pid_t>{});
}

void tst_ProcessTree::childOfTheSameTickHasItsParent()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 20, .command = "child", .startTicks = 100});
    machine.add({.pid = 20, .parent = 0, .command = "parent", .startTicks = 100});
    const auto facts = machine.facts();
    const Quay::ProcessTree tree(facts.processes);

    QCOMPARE(tree.parentOf(*tree.find(10)), tree.find(20));
}

void tst_ProcessTree::ownParentIsNone()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 10, .command = "impossible"});
    const auto facts = machine.facts();
    const Quay::ProcessTree tree(facts.processes);

    QVERIFY(!tree.parentOf(*tree.find(10)));
}

void tst_ProcessTree::nothingHasNoProcesses()
{
    const Quay::ProcessTree tree({});

    QCOMPARE(tree.size(), 0U);
    QVERIFY(!tree.find(1));
}

QTEST_GUILESS_MAIN(tst_ProcessTree)
#include "tst_processtree.moc"
