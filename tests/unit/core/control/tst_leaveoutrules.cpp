// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/leaveoutrules.h"
#include "core/control/processtree.h"
#include "tests/support/planmachine.h"

#include <QObject>
#include <QTest>

#include <optional>
#include <string>

using Quay::LeaveOutReason;

namespace {

/// Asks about one process of a machine.
class Asker
{
public:
    explicit Asker(const Quay::Test::PlanMachine &machine)
        : m_facts(machine.facts())
        , m_tree(m_facts.processes)
        , m_profiles(profiles(*m_facts.ports))
        , m_rules(m_facts, m_tree, m_profiles)
    {
    }

    [[nodiscard]] std::optional<LeaveOutReason> reason(pid_t pid) { return m_rules.reason(*m_tree.find(pid)); }
    [[nodiscard]] bool isUntouchable(pid_t pid) { return m_rules.isUntouchable(*m_tree.find(pid)); }
    [[nodiscard]] bool isProxy(pid_t pid) { return m_rules.isContainerProxy(*m_tree.find(pid)); }

private:
    static Quay::OwnerProfiles profiles(const Quay::PortSnapshot &ports)
    {
        Quay::OwnerProfiles profiles;
        for (const auto &listener : ports.listeners) {
            for (const auto &owner : listener->owners) {
                profiles.emplace(owner.process->id, owner.profile.get());
            }
        }
        return profiles;
    }

    Quay::KillPlanFacts m_facts;
    Quay::ProcessTree m_tree;
    Quay::OwnerProfiles m_profiles;
    Quay::LeaveOutRules m_rules;
};

} // namespace

class tst_LeaveOutRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void programIsLeftOut_data();
    void programIsLeftOut();
    void ourselvesAndOurParentsAreUntouchable();
    void initAndKernelThreadsAreUntouchable();
    void protectedNameIsThatOfTheFileToo();
    void proxyIsKnownByItsFile();
    void circleAboveOurselvesEnds();
};

void tst_LeaveOutRules::programIsLeftOut_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<std::optional<LeaveOutReason>>("reason");
    const auto row = [](const char *command, std::optional<LeaveOutReason> reason) {
        QTest::addRow("%s", command) << QString::fromLatin1(command) << reason;
    };
    row("-bash", LeaveOutReason::Shell);
    row("sh -c vite", std::nullopt);
    row("bash ./dev.sh", std::nullopt);
    row("/usr/bin/konsole -e npm", LeaveOutReason::Terminal);
    row("tmux new", LeaveOutReason::Terminal);
    row("/usr/sbin/sshd -D", LeaveOutReason::Terminal);
    row("nvim a.js", LeaveOutReason::Ide);
    row("claude", LeaveOutReason::Ide);
    row("/usr/bin/kwin_wayland", LeaveOutReason::DesktopSession);
    row("/lib/systemd/systemd --user", LeaveOutReason::ServiceManager);
    row("/usr/sbin/cron -f", LeaveOutReason::ServiceManager);
    row("/usr/bin/dockerd", LeaveOutReason::ServiceManager);
    row("dumb-init node a.js", LeaveOutReason::Init);
    row("/usr/bin/docker-proxy -host-port 80", LeaveOutReason::ContainerProxy);
    row("/opt/bin/quaymaster-agent --headless", LeaveOutReason::Ourselves);
    row("/opt/bin/quaymaster --demo-server shop", std::nullopt);
    row("node --demo-server", std::nullopt);
    row("quay wait 5432", std::nullopt);
    row("precious", LeaveOutReason::Protected);
    row("/usr/lib/precious --with arguments", LeaveOutReason::Protected);
    row("node server.js", std::nullopt);
    row("node /a/node_modules/.bin/nodemon server.js", std::nullopt);
    row("npm run dev", std::nullopt);
}

void tst_LeaveOutRules::programIsLeftOut()
{
    QFETCH(const QString, command);
    QFETCH(const std::optional<LeaveOutReason>, reason);
    Quay::Test::PlanMachine machine;
    machine.protect("precious");
    machine.add({.pid = 20, .parent = 1, .command = command.toStdString()});

    QCOMPARE(Asker(machine).reason(20), reason);
    QVERIFY(!Asker(machine).isUntouchable(20));
}

void tst_LeaveOutRules::ourselvesAndOurParentsAreUntouchable()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "make end"});
    machine.add({.pid = 1021, .parent = 1020, .command = "quay free 3000"});
    machine.add({.pid = 1022, .parent = 1020, .command = "node server.js"});
    machine.setSelf(1021);
    Asker asker(machine);

    for (const pid_t pid : {1021, 1020, 1010, 1000}) {
        QVERIFY(asker.isUntouchable(pid));
        QCOMPARE(asker.reason(pid), LeaveOutReason::Ourselves);
    }
    QVERIFY(!asker.isUntouchable(1022));
    QVERIFY(!asker.reason(1022));
}

void tst_LeaveOutRules::initAndKernelThreadsAreUntouchable()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 7, .parent = 2, .command = "", .isKernelThread = true});
    Asker asker(machine);

    QVERIFY(asker.isUntouchable(1));
    QVERIFY(asker.isUntouchable(2));
    QVERIFY(asker.isUntouchable(7));
    QCOMPARE(asker.reason(1), LeaveOutReason::Init);
    QCOMPARE(asker.reason(7), LeaveOutReason::KernelThread);
    QVERIFY(!asker.isUntouchable(900));
}

void tst_LeaveOutRules::protectedNameIsThatOfTheFileToo()
{
    Quay::Test::PlanMachine machine;
    machine.protect("the-file");
    machine.add({.pid = 20, .parent = 1, .command = "renamed itself"});
    machine.add({.pid = 21, .parent = 1, .command = "other"});
    machine.listen({.port = 80, .owners = {20}, .executable = "/opt/the-file"});
    machine.listen({.port = 81, .owners = {21}, .executable = "/opt/the-file/other"});
    Asker asker(machine);

    QCOMPARE(asker.reason(20), LeaveOutReason::Protected);
    QVERIFY(!asker.reason(21));
}

void tst_LeaveOutRules::proxyIsKnownByItsFile()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 20, .parent = 1, .command = "docker-proxy"});
    machine.add({.pid = 21, .parent = 1, .command = "node docker-proxy"});
    Asker asker(machine);

    QVERIFY(asker.isProxy(20));
    QVERIFY(!asker.isProxy(21));
}

void tst_LeaveOutRules::circleAboveOurselvesEnds()
{
    Quay::Test::PlanMachine machine;
    machine.add({.pid = 10, .parent = 11, .command = "a", .startTicks = 5});
    machine.add({.pid = 11, .parent = 10, .command = "b", .startTicks = 5});
    machine.setSelf(10);
    Asker asker(machine);

    QVERIFY(asker.isUntouchable(11));
}

QTEST_GUILESS_MAIN(tst_LeaveOutRules)
#include "tst_leaveoutrules.moc"
