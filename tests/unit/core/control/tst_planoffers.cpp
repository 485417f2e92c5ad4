// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/planoffers.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTest>

#include <vector>

using Quay::KillScope;
using Quay::ProcessInfoPtr;

/// Whom a plan leaves alone, and who is offered to be ended as well.
class tst_PlanOffers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoHasStartedItMayStartItAgain();
    void otherUsersParentIsNoStarter();
    void whoTookItOverIsNoStarter();
    void whoOpenedItsTerminalIsNoStarter();
};

void tst_PlanOffers::whoHasStartedItMayStartItAgain()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 300, .parent = 1010, .command = "bash loop.sh"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});
    machine.add({.pid = 302, .parent = 300, .command = "node b.js"});
    machine.add({.pid = 303, .parent = 1010, .command = "node c.js"}); // of a shell at a prompt

    const auto plan = machine.goodPlan({301, 302, 303}, KillScope::Process);

    QCOMPARE(startersIn(plan), std::vector{machine.process(300)});
}

void tst_PlanOffers::otherUsersParentIsNoStarter()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 300, .parent = 1010, .command = "sudo -u me node a.js"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js", .uid = 1000});

    QCOMPARE(startersIn(machine.goodPlan({301}, KillScope::Process)), std::vector<ProcessInfoPtr>());
}

/// No child is born into another session: it began one of its own, or its first parent is gone.
void tst_PlanOffers::whoTookItOverIsNoStarter()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "subreaper", .session = 300});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js", .session = 299});

    QCOMPARE(startersIn(machine.goodPlan({301}, KillScope::Process)), std::vector<ProcessInfoPtr>());
}

void tst_PlanOffers::whoOpenedItsTerminalIsNoStarter()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "terminal-of-tomorrow"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js", .session = 301, .terminal = 77});

    const auto plan = machine.goodPlan({301}, KillScope::Process);

    QCOMPARE(plan.hosts, std::vector{machine.process(300)});
    QVERIFY(plan.parents.empty());
    QVERIFY(startersIn(plan).empty());
}

QTEST_GUILESS_MAIN(tst_PlanOffers)
#include "tst_planoffers.moc"
