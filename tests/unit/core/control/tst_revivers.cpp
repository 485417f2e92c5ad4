// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/planoffers.h"
#include "core/control/revivers.h"
#include "tests/support/planmachine.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

using Quay::KillScope;
using Quay::UnitKind;
using Quay::Test::leftOutTexts;
using Quay::Test::planDesktop;
using Quay::Test::PlanMachine;
using Quay::Test::reviverTexts;
using Quay::Test::serviceUnit;
using Quay::Test::targetPids;

using Texts = std::vector<std::string>;

class tst_Revivers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void processManagerRevives_data();
    void processManagerRevives();
    void managerInThePlanRevivesNobody();
    void managerIsSeenPastWrappers();
    void managerIsFoundOnceForMany();
    void quaymasterRevives();
    void wayOutIsKnown_data();
    void wayOutIsKnown();
    void managerThatHasStartedUsIsNotOffered();
    void masterRevivesItsWorker();
    void shellEndsTheSearch();
    void serviceUnitRevives_data();
    void serviceUnitRevives();
    void unitOfTheSocketCounts();
    void unitOfAProcessWithoutAPortCounts();
    void startedByHandInAUnitIsNotItsService();
    void managerInAUnitComesBeforeIt();
    void containerRevives();
    void unseenParentLeavesTheUnit();
    void scopeRevivesNobody();
    void proxyIsLeftOutForItsContainer();
    void proxyAmongOthersIsLeftOut();
    void whoHoldsASocketForAUnitIsLeftOut_data();
    void whoHoldsASocketForAUnitIsLeftOut();
    void usersManagerIsNoServiceToStop();
    void socketTellsTheServiceOfHiddenHolders_data();
    void socketTellsTheServiceOfHiddenHolders();
};

void tst_Revivers::processManagerRevives_data()
{
    QTest::addColumn<QString>("manager");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nodemon") << "node /a/node_modules/.bin/nodemon a.js" << "manager nodemon 1020";
    QTest::newRow("uvicorn") << "python3 /a/bin/uvicorn app:app --reload" << "manager Uvicorn reloader 1020";
    QTest::newRow("supervisord") << "python3 /usr/bin/supervisord" << "manager Supervisor 1020";
}

void tst_Revivers::processManagerRevives()
{
    QFETCH(const QString, manager);
    QFETCH(const QString, expected);
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = manager.toStdString()});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js"});

    const auto plan = machine.goodPlan({1021}, KillScope::Tree);

    QCOMPARE(reviverTexts(plan), (Texts{expected.toStdString()}));
    QCOMPARE(plan.revivers.front().process, machine.process(1020));
}

void tst_Revivers::managerInThePlanRevivesNobody()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node /a/node_modules/.bin/nodemon a.js"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js"});

    QCOMPARE(reviverTexts(machine.goodPlan({1021}, KillScope::Session)), Texts{});
    QCOMPARE(reviverTexts(machine.goodPlan({1020}, KillScope::Process)), Texts{});
}

void tst_Revivers::managerIsSeenPastWrappers()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node /a/node_modules/.bin/nodemon -x x"});
    machine.add({.pid = 1021, .parent = 1020, .command = "sh -c npm start"});
    machine.add({.pid = 1022, .parent = 1021, .command = "npm start"});
    machine.add({.pid = 1023, .parent = 1022, .command = "node a.js"});

    QCOMPARE(reviverTexts(machine.goodPlan({1023}, KillScope::Process)), (Texts{"manager nodemon 1020"}));
}

void tst_Revivers::managerIsFoundOnceForMany()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "python3 /usr/bin/supervisord"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js"});
    machine.add({.pid = 1022, .parent = 1020, .command = "node b.js"});
    machine.add({.pid = 1023, .parent = 1022, .command = "node c.js"});

    QCOMPARE(reviverTexts(machine.goodPlan({1021, 1022}, KillScope::Tree)), (Texts{"manager Supervisor 1020"}));
}

void tst_Revivers::quaymasterRevives()
{
    PlanMachine machine;
    machine.add({.pid = 20, .parent = 1, .command = "/usr/libexec/quaymaster-supervise web"});
    machine.add({.pid = 21, .parent = 20, .command = "node a.js"});

    QCOMPARE(reviverTexts(machine.goodPlan({21}, KillScope::Session)), (Texts{"manager Quaymaster 20"}));
}

void tst_Revivers::wayOutIsKnown_data()
{
    QTest::addColumn<QString>("manager");
    QTest::addColumn<std::string>("wayOut");
    const auto row = [](const char *name, const char *manager, const char *wayOut) {
        QTest::addRow("%s", name) << QString::fromLatin1(manager) << std::string(wayOut);
    };
    row("process manager", "nodemon server.js", "--stop-manager");
    row("Quaymaster", "quaymaster-supervise web-0123456789abcdef", "quay stop web");
    row("name with signs", "quaymaster-supervise my_web-1.x-0123456789abcdef", "quay stop my_web-1.x");
    row("no key", "quaymaster-supervise web", "quay stop NAME");
    row("name that is cut", "quaymaster-supervise abcdefghijabcdefghijabcdefghijabcdefghij-0123456789abcdef",
        "quay stop NAME");
    row("no name", "quaymaster-supervise", "quay stop NAME");
}

void tst_Revivers::wayOutIsKnown()
{
    QFETCH(const QString, manager);
    QFETCH(const std::string, wayOut);
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = manager.toStdString()});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});

    const auto plan = machine.goodPlan({301}, KillScope::Process);

    QCOMPARE(plan.revivers.size(), std::size_t{1});
    QCOMPARE(Quay::wayOutOf(plan.revivers.front()), wayOut);
}

/// In one pane the server, in another one the shell that we were started from.
void tst_Revivers::managerThatHasStartedUsIsNotOffered()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "mprocs"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js"});
    machine.add({.pid = 1022, .parent = 1020, .command = "-zsh", .terminal = 34817});
    machine.add({.pid = 1023, .parent = 1022, .command = "quay stop 1021"});
    machine.setSelf(1023);

    const auto plan = machine.goodPlan({1021}, KillScope::Process);

    QCOMPARE(reviverTexts(plan), (Texts{"manager mprocs 1020"}));
    QVERIFY(plan.revivers.front().neverEnded == Quay::NeverEndedReason::OurParent);
    QVERIFY(managersIn(plan).empty());
    QVERIFY(!canBeStopped(plan.revivers.front()));
    QCOMPARE(Quay::wayOutOf(plan.revivers.front()), std::string());
}

void tst_Revivers::masterRevivesItsWorker()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "nginx: master process nginx"});
    machine.add({.pid = 301, .parent = 300, .command = "nginx: worker process"});
    machine.add({.pid = 302, .parent = 300, .command = "unrelated"});
    machine.listen({.port = 80, .owners = {300, 301}, .unit = serviceUnit("nginx.service")});

    QCOMPARE(reviverTexts(machine.goodPlan({301}, KillScope::Tree)), (Texts{"manager nginx 300"}));
    QCOMPARE(reviverTexts(machine.goodPlan({302}, KillScope::Tree)), Texts{});
    QCOMPARE(reviverTexts(machine.goodPlan({300}, KillScope::Tree)), (Texts{"unit nginx.service"}));
}

void tst_Revivers::shellEndsTheSearch()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node /a/node_modules/.bin/nodemon a.js"});
    machine.add({.pid = 1021, .parent = 1020, .command = "bash", .session = 1021, .terminal = 34817});
    machine.add({.pid = 1022, .parent = 1021, .command = "node a.js"});

    QCOMPARE(reviverTexts(machine.goodPlan({1022}, KillScope::Tree)), Texts{});
}

void tst_Revivers::serviceUnitRevives_data()
{
    QTest::addColumn<pid_t>("parent");
    QTest::addColumn<UnitKind>("kind");
    QTest::newRow("of the system") << pid_t{1} << UnitKind::SystemService;
    QTest::newRow("of the user") << pid_t{900} << UnitKind::UserService;
}

void tst_Revivers::serviceUnitRevives()
{
    QFETCH(const pid_t, parent);
    QFETCH(const UnitKind, kind);
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = parent, .command = "sh -c redis-server", .session = 300});
    machine.add({.pid = 301, .parent = 300, .command = "redis-server"});
    machine.listen({.port = 6379, .owners = {301}, .unit = serviceUnit("redis.service", kind)});

    const auto plan = machine.goodPlan({301}, KillScope::Process);

    QCOMPARE(reviverTexts(plan), (Texts{"unit redis.service"}));
    QCOMPARE(plan.revivers.front().unit, serviceUnit("redis.service", kind));
    QVERIFY(plan.revivers.front().process == nullptr);
    QCOMPARE(reviverTexts(machine.goodPlan({300}, KillScope::Tree)), (Texts{"unit redis.service"}));
}

void tst_Revivers::unitOfTheSocketCounts()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "redis-server"});
    auto listener = std::make_shared<Quay::Listener>(*machine.listen({.port = 6379, .owners = {300}}));
    listener->unit = serviceUnit("redis.service");
    auto facts = machine.facts();
    facts.ports = Quay::Test::snapshotOf({listener});

    const auto plan = Quay::makeKillPlan({.processes = {machine.process(300)->id}}, facts);

    QVERIFY(plan.has_value());
    QCOMPARE(reviverTexts(*plan), (Texts{"unit redis.service"}));
}

void tst_Revivers::unitOfAProcessWithoutAPortCounts()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "worker"});
    auto facts = machine.facts();
    facts.units.emplace(machine.process(300)->id, serviceUnit("worker.service"));

    const auto plan = Quay::makeKillPlan({.processes = {machine.process(300)->id}}, facts);

    QCOMPARE(reviverTexts(plan.value()), (Texts{"unit worker.service"}));
}

void tst_Revivers::startedByHandInAUnitIsNotItsService()
{
    auto machine = planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node a.js"});
    machine.listen(
        {.port = 3000, .owners = {1020}, .unit = serviceUnit("app-org.kde.konsole@1.service", UnitKind::UserService)});

    QCOMPARE(reviverTexts(machine.goodPlan({1020}, KillScope::Tree)), Texts{});
}

void tst_Revivers::managerInAUnitComesBeforeIt()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "PM2 v5.3.0: God Daemon (/root/.pm2)"});
    machine.add({.pid = 301, .parent = 300, .command = "node a.js"});
    machine.listen({.port = 3000, .owners = {301}, .unit = serviceUnit("pm2-root.service")});

    QCOMPARE(reviverTexts(machine.goodPlan({301}, KillScope::Tree)), (Texts{"manager PM2 300"}));
    QCOMPARE(reviverTexts(machine.goodPlan({300}, KillScope::Tree)), (Texts{"unit pm2-root.service"}));
}

void tst_Revivers::containerRevives()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "/usr/bin/containerd-shim-runc-v2 -id x"});
    machine.add({.pid = 301, .parent = 300, .command = "tini -- node a.js"});
    machine.add({.pid = 302, .parent = 301, .command = "node a.js"});
    machine.listen({.port = 3000, .owners = {302}, .unit = serviceUnit("0123456789ab", UnitKind::Container)});

    QCOMPARE(reviverTexts(machine.goodPlan({302}, KillScope::Process)), (Texts{"container 0123456789ab"}));
}

void tst_Revivers::unseenParentLeavesTheUnit()
{
    PlanMachine machine;
    machine.add({.pid = 302, .parent = 0, .command = "node a.js"});
    machine.listen({.port = 3000, .owners = {302}, .unit = serviceUnit("web.service")});

    QCOMPARE(reviverTexts(machine.goodPlan({302}, KillScope::Process)), (Texts{"unit web.service"}));
}

void tst_Revivers::scopeRevivesNobody()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 900, .command = "node a.js"});
    machine.listen({.port = 3000, .owners = {300}, .unit = serviceUnit("session-3.scope", UnitKind::Scope)});

    QCOMPARE(reviverTexts(machine.goodPlan({300}, KillScope::Tree)), Texts{});
}

void tst_Revivers::proxyIsLeftOutForItsContainer()
{
    auto machine = planDesktop();
    machine.add({.pid = 300, .parent = 1, .command = "/usr/bin/dockerd"});
    machine.add({.pid = 301, .parent = 300, .command = "/usr/bin/docker-proxy -proto tcp -host-port 8080"});
    const auto port = machine.listen({.port = 8080, .owners = {301}, .unit = serviceUnit("docker.service")});

    for (const auto scope : {KillScope::Process, KillScope::Tree, KillScope::Session}) {
        const auto plan = machine.goodPlan({301}, scope);

        QVERIFY(plan.targets.empty());
        QVERIFY(plan.listeners.empty());
        QCOMPARE(leftOutTexts(plan), (Texts{"301 proxy"}));
        QCOMPARE(reviverTexts(plan), (Texts{"container "}));
        QCOMPARE(plan.revivers.front().published, (std::vector{port}));
        QCOMPARE(plan.revivers.front().process, machine.process(301));
    }
}

void tst_Revivers::proxyAmongOthersIsLeftOut()
{
    auto machine = planDesktop();
    machine.add({.pid = 301, .parent = 1, .command = "rootlessport"});
    machine.add({.pid = 1020, .parent = 1010, .command = "node a.js"});
    machine.listen({.port = 8080, .owners = {301}, .unit = serviceUnit("web", UnitKind::Container)});

    const auto plan = machine.goodPlan({301, 1020}, KillScope::Process);

    QCOMPARE(targetPids(plan), (std::vector<pid_t>{1020}));
    QCOMPARE(leftOutTexts(plan), (Texts{"301 proxy"}));
    QCOMPARE(reviverTexts(plan), (Texts{"container web"}));
}

void tst_Revivers::whoHoldsASocketForAUnitIsLeftOut_data()
{
    QTest::addColumn<pid_t>("manager");
    QTest::addColumn<Quay::UnitKind>("kind");
    QTest::newRow("of the machine") << pid_t{1} << Quay::UnitKind::SystemService;
    QTest::newRow("of the user") << pid_t{400} << Quay::UnitKind::UserService;
}

void tst_Revivers::whoHoldsASocketForAUnitIsLeftOut()
{
    QFETCH(const pid_t, manager);
    QFETCH(const Quay::UnitKind, kind);
    auto machine = planDesktop();
    machine.add({.pid = 400, .parent = 1, .command = "/usr/lib/systemd/systemd --user"});
    machine.add({.pid = 410, .parent = manager, .command = "node a.js"});
    machine.listen({.port = 8080, .owners = {410, manager}, .unit = serviceUnit("a.service", kind)});

    for (const auto scope : {KillScope::Process, KillScope::Tree, KillScope::Session}) {
        const auto plan = machine.goodPlan({410, manager}, scope);

        QCOMPARE(targetPids(plan), (std::vector<pid_t>{410}));
        QVERIFY(leftOutTexts(plan).front() == std::to_string(manager) + " holder");
        QCOMPARE(reviverTexts(plan), (Texts{"unit a.service"}));
    }
    QVERIFY(machine.goodPlan({manager}, KillScope::Process).targets.empty());
}

void tst_Revivers::usersManagerIsNoServiceToStop()
{
    auto machine = planDesktop();
    const auto port = machine.listen({.port = 8080, .unit = serviceUnit("user@1000.service")});

    QVERIFY(!Quay::serviceOf(port));
}

void tst_Revivers::socketTellsTheServiceOfHiddenHolders_data()
{
    QTest::addColumn<Quay::UnitInfo>("unit");
    QTest::addColumn<Texts>("expected");
    QTest::newRow("service") << serviceUnit("a.service") << Texts{"unit a.service"};
    QTest::newRow("socket") << serviceUnit("a.socket") << Texts{"unit a.socket"};
    QTest::newRow("proxy of Docker") << serviceUnit("docker.service") << Texts{"container "};
    QTest::newRow("container") << serviceUnit("web", UnitKind::Container) << Texts{"container web"};
    QTest::newRow("session") << serviceUnit("session-3.scope", UnitKind::Scope) << Texts{};
    QTest::newRow("nothing") << Quay::UnitInfo() << Texts{};
}

void tst_Revivers::socketTellsTheServiceOfHiddenHolders()
{
    QFETCH(const Quay::UnitInfo, unit);
    QFETCH(const Texts, expected);
    auto machine = planDesktop();
    const auto port = machine.listen({.port = 8080, .unit = unit});

    const auto service = Quay::serviceOf(port);

    Quay::KillPlan plan;
    if (service) {
        plan.revivers.push_back(*service);
        QCOMPARE(service->published, (std::vector{port}));
    }
    QCOMPARE(reviverTexts(plan), expected);
}

QTEST_GUILESS_MAIN(tst_Revivers)
#include "tst_revivers.moc"
