// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/threadcputime.h"
#include "core/control/killscope.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTest>

#include <string>
#include <vector>

#include <sys/types.h>

using Quay::KillScope;
using Quay::TargetRole;
using Quay::Test::leftOutTexts;
using Quay::Test::planDesktop;
using Quay::Test::targetPids;

using Pids = std::vector<pid_t>;
using Texts = std::vector<std::string>;

namespace {

/// In the shell of planDesktop(): 1020 npm run dev <- 1021 sh -c vite <- 1022 vite <- 1023 esbuild.
Quay::Test::PlanMachine devServer()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "npm run dev", .group = 1020});
    machine.add({.pid = 1021, .parent = 1020, .command = "sh -c vite"});
    machine.add({.pid = 1022, .parent = 1021, .command = "node /a/node_modules/.bin/vite"});
    machine.add({.pid = 1023, .parent = 1022, .command = "/a/esbuild --service"});
    return machine;
}

std::vector<TargetRole> roles(const Quay::KillPlan &plan)
{
    std::vector<TargetRole> roles;
    for (const auto &target : plan.targets) {
        roles.push_back(target.role);
    }
    return roles;
}

} // namespace

class tst_KillScope : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void processGoesAlone();
    void treeHasEverythingBelow();
    void treeHasWhatMadeItsOwnSession();
    void treeLeavesOutWhatStaysAndAllBelowIt();
    void treeHasTheDeadOnlyWhenAsked();
    void treeHasWhoseFirstThreadEnded();
    void treesOfSeveralAreJoined();
    void sessionBeginsUnderTheShell();
    void sessionBeginsUnderWhatStays_data();
    void sessionBeginsUnderWhatStays();
    void sessionBeginsUnderAnUnknownTerminal();
    void sessionOfAShellThatWasNamed();
    void sessionHasItsOrphans();
    void sessionHasNoOrphansOfOthers();
    void circleEnds();
    void manyProcessesAreQuick_data();
    void manyProcessesAreQuick();
};

void tst_KillScope::processGoesAlone()
{
    const auto machine = devServer();

    const auto plan = machine.goodPlan({1021}, KillScope::Process);

    QCOMPARE(targetPids(plan), (Pids{1021}));
    QCOMPARE(plan.targets.front().role, TargetRole::Asked);
    QCOMPARE(leftOutTexts(plan), Texts{});
}

void tst_KillScope::treeHasEverythingBelow()
{
    const auto machine = devServer();

    const auto plan = machine.goodPlan({1021}, KillScope::Tree);

    QCOMPARE(targetPids(plan), (Pids{1021, 1022, 1023}));
    QCOMPARE(roles(plan), (std::vector{TargetRole::Asked, TargetRole::Below, TargetRole::Below}));
}

void tst_KillScope::treeHasWhatMadeItsOwnSession()
{
    auto machine = devServer();
    machine.add({.pid = 1030, .parent = 1022, .command = "chrome --headless", .session = 1030});
    machine.add({.pid = 1031, .parent = 1030, .command = "chrome --type=gpu", .group = 1031});

    const auto plan = machine.goodPlan({1022}, KillScope::Tree);

    QCOMPARE(targetPids(plan), (Pids{1022, 1023, 1030, 1031}));
}

void tst_KillScope::treeLeavesOutWhatStaysAndAllBelowIt()
{
    auto machine = devServer();
    machine.add({.pid = 1040, .parent = 1022, .command = "bash", .session = 1040, .terminal = 34817});
    machine.add({.pid = 1041, .parent = 1040, .command = "python3 -m http.server"});

    const auto plan = machine.goodPlan({1022}, KillScope::Tree);

    QCOMPARE(targetPids(plan), (Pids{1022, 1023}));
    QCOMPARE(leftOutTexts(plan), (Texts{"1040 shell"}));
    QVERIFY(plan.remaining.empty());
}

void tst_KillScope::treeHasTheDeadOnlyWhenAsked()
{
    auto machine = devServer();
    machine.add({.pid = 1050, .parent = 1022, .command = "", .state = 'Z'});

    QCOMPARE(targetPids(machine.goodPlan({1022}, KillScope::Tree)), (Pids{1022, 1023}));
    const auto asked = machine.goodPlan({1050}, KillScope::Tree);
    QCOMPARE(targetPids(asked), Pids{}); // nobody can be signalled who has ended
    QCOMPARE(asked.zombies.size(), std::size_t{1});
    QCOMPARE(asked.zombies.front().process->id.pid, 1050);
}

void tst_KillScope::treeHasWhoseFirstThreadEnded()
{
    auto machine = devServer();
    machine.add({.pid = 1050, .parent = 1022, .command = "", .state = 'Z', .threads = 2});

    QCOMPARE(targetPids(machine.goodPlan({1022}, KillScope::Tree)), (Pids{1022, 1023, 1050}));
}

void tst_KillScope::treesOfSeveralAreJoined()
{
    auto machine = devServer();
    machine.add({.pid = 1060, .parent = 1010, .command = "redis-server", .group = 1060});

    const auto plan = machine.goodPlan({1060, 1023, 1021, 1021}, KillScope::Tree);

    QCOMPARE(targetPids(plan), (Pids{1021, 1022, 1023, 1060}));
    QCOMPARE(roles(plan), (std::vector{TargetRole::Asked, TargetRole::Below, TargetRole::Asked, TargetRole::Asked}));
}

void tst_KillScope::sessionBeginsUnderTheShell()
{
    auto machine = devServer();
    machine.add({.pid = 1024, .parent = 1020, .command = "node watcher.js"});
    machine.add({.pid = 1070, .parent = 1010, .command = "node other-job.js", .group = 1070});

    const auto plan = machine.goodPlan({1022}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{1020, 1021, 1022, 1023, 1024}));
    QCOMPARE(roles(plan),
             (std::vector{TargetRole::Starter, TargetRole::Starter, TargetRole::Asked, TargetRole::Below,
                          TargetRole::Starter}));
    QCOMPARE(leftOutTexts(plan), (Texts{"1010 shell"}));
}

void tst_KillScope::sessionBeginsUnderWhatStays_data()
{
    QTest::addColumn<QString>("above");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *above, const char *reason) {
        QTest::addRow("%s", above) << QString::fromLatin1(above) << QString::fromLatin1(reason);
    };
    row("-zsh", "shell");
    row("/usr/bin/konsole", "terminal");
    row("tmux", "terminal");
    row("/usr/sbin/sshd", "terminal");
    row("/usr/share/code/code", "ide");
    row("claude", "ide");
    row("/usr/bin/plasmashell", "desktop");
    row("/lib/systemd/systemd --user", "services");
    row("/usr/sbin/cron", "services");
    row("/usr/bin/containerd-shim-runc-v2", "services");
    row("tini", "init");
    row("/usr/bin/quaymaster", "ourselves");
    row("quaymaster-supervise web", "ourselves");
    row("my-precious --flag", "protected");
}

void tst_KillScope::sessionBeginsUnderWhatStays()
{
    QFETCH(const QString, above);
    QFETCH(const QString, reason);
    Quay::Test::PlanMachine machine;
    machine.protect("my-precious");
    machine.add({.pid = 1, .parent = 0, .command = "/sbin/init", .session = 1});
    machine.add({.pid = 100, .parent = 1, .command = above.toStdString(), .session = 100});
    machine.add({.pid = 200, .parent = 100, .command = "npm run dev"});
    machine.add({.pid = 201, .parent = 200, .command = "node server.js"});

    const auto plan = machine.goodPlan({201}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{200, 201}));
    QCOMPARE(leftOutTexts(plan), (Texts{"100 " + reason.toStdString()}));
}

void tst_KillScope::sessionBeginsUnderAnUnknownTerminal()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 1, .parent = 0, .command = "/sbin/init", .session = 1});
    machine.add({.pid = 100, .parent = 1, .command = "nobody-knows-this-terminal", .session = 100});
    machine.add({.pid = 200, .parent = 100, .command = "npm run dev", .session = 200, .terminal = 34816});
    machine.add({.pid = 201, .parent = 200, .command = "node server.js"});

    const auto plan = machine.goodPlan({201}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{200, 201}));
    QCOMPARE(leftOutTexts(plan), (Texts{"100 terminal"}));
}

void tst_KillScope::sessionOfAShellThatWasNamed()
{
    const auto machine = devServer();

    const auto plan = machine.goodPlan({1010}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{1010, 1020, 1021, 1022, 1023}));
    QCOMPARE(plan.targets.front().role, TargetRole::Asked);
    QCOMPARE(leftOutTexts(plan), (Texts{"1000 terminal"}));
}

void tst_KillScope::sessionHasItsOrphans()
{
    auto machine = devServer();
    machine.add({.pid = 1080, .parent = 900, .command = "node left-behind.js", .session = 1010, .group = 1020});
    machine.add({.pid = 1081, .parent = 1080, .command = "node below-it.js"});

    const auto plan = machine.goodPlan({1022}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{1020, 1021, 1022, 1023, 1080, 1081}));
    QCOMPARE(plan.targets.back().role, TargetRole::Starter);
    QCOMPARE(targetPids(machine.goodPlan({1022}, KillScope::Tree)), (Pids{1022, 1023}));
}

void tst_KillScope::sessionHasNoOrphansOfOthers()
{
    auto machine = devServer();
    // Left behind by another job of the same shell, by a job that has ended, in another session, and a service.
    machine.add({.pid = 1070, .parent = 1010, .command = "node other-job.js", .group = 1070});
    machine.add({.pid = 1090, .parent = 900, .command = "node a.js", .session = 1010, .group = 1070});
    machine.add({.pid = 1091, .parent = 900, .command = "node b.js", .session = 1010, .group = 1001});
    machine.add({.pid = 1092, .parent = 900, .command = "node c.js", .session = 1092, .group = 1020});
    machine.add({.pid = 1093, .parent = 900, .command = "node d.js", .session = 0, .group = 0});

    const auto plan = machine.goodPlan({1022}, KillScope::Session);

    QCOMPARE(targetPids(plan), (Pids{1020, 1021, 1022, 1023}));
}

void tst_KillScope::circleEnds()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 12, .command = "a", .startTicks = 100});
    machine.add({.pid = 11, .parent = 10, .command = "b", .startTicks = 100});
    machine.add({.pid = 12, .parent = 11, .command = "c", .startTicks = 100});

    QCOMPARE(targetPids(machine.goodPlan({11}, KillScope::Process)), (Pids{11}));
    for (const auto scope : {KillScope::Tree, KillScope::Session}) {
        auto pids = targetPids(machine.goodPlan({11}, scope));
        std::ranges::sort(pids);
        QCOMPARE(pids, (Pids{10, 11, 12}));
    }
}

void tst_KillScope::manyProcessesAreQuick_data()
{
    QTest::addColumn<bool>("isChain");
    QTest::newRow("one parent") << false;
    QTest::newRow("each the parent of the next") << true;
}

/// All are asked for at once. What is quadratic needs 64 times as long for eight times as many.
void tst_KillScope::manyProcessesAreQuick()
{
    QFETCH(const bool, isChain);
    const auto timeFor = [isChain](pid_t count) {
        auto machine = planDesktop();
        Pids asked;
        for (pid_t pid = 2000; pid < 2000 + count; ++pid) {
            const pid_t parent = pid == 2000 ? 1010 : isChain ? pid - 1 : 2000;
            machine.add({.pid = pid, .parent = parent, .command = "node worker.js"});
            asked.push_back(pid);
        }
        machine.listen({.port = 3000, .owners = asked});
        const auto before = Quay::threadCpuTime();
        const auto plan = machine.goodPlan(asked, KillScope::Session);
        const auto needed = (Quay::threadCpuTime() - before).count();
        return plan.targets.size() == asked.size() && targetPids(plan) == asked ? needed : -1;
    };
    const auto best = [&timeFor](pid_t count) {
        auto time = timeFor(count);
        for (int round = 1; round < 5; ++round) {
            time = std::min(time, timeFor(count));
        }
        return time;
    };

    const auto few = best(1000);
    const auto many = best(8000);

    QVERIFY(few > 0);
    QVERIFY(many > 0);
    QVERIFY2(many < few * 24, qPrintable(QStringLiteral("%1 ns for 1000, %2 ns for 8000").arg(few).arg(many)));
}

QTEST_GUILESS_MAIN(tst_KillScope)
#include "tst_killscope.moc"
