// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/exitcode.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/cli/scriptedcli.h"
#include "tests/support/clientsocket.h"
#include "tests/support/planmachine.h"
#include "tests/support/testserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Quay::ExitCode;
using Quay::ManagedService;
using Quay::ReviverKind;
using Quay::Test::PlanMachine;
using Quay::Test::ScriptedCli;
using Quay::Test::TestServer;

namespace {

const ManagedService AppUnit{
    .name = "app.service", .parts = {"app.socket", "app.service"}, .state = "active", .restart = "always"};
const ManagedService Web{
    .kind = ReviverKind::Container, .name = "web", .parts = {"4711"}, .endpoint = "/run/docker.sock", .image = "nginx"};

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

std::uint64_t startTicksOf(pid_t pid)
{
    return Quay::readProcStat(Quay::ProcFs::open().value(), pid).value().startTicks;
}

} // namespace

/// `quay free` on a made-up machine with a real server, whose unit or container is stopped by a double.
class tst_StopManager : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void unitIsStoppedInsteadOfSignalling();
    void whoStillRunsIsEnded();
    void unitThatMayNotBeStoppedLeavesItsProcess();
    void unitThatCannotBeFoundLeavesItsProcess();
    void containerBehindAProxyIsStopped();
    void hiddenHoldersUnitIsStopped();
    void hiddenHolderIsRefusedWithAWayOut();
    void parentThatWouldStartItAgainIsEndedToo();
    void dryRunStopsNothing();
    void yesAloneStopsNoManager();
    void managerIsStoppedOnlyWithConsent();
    void questionOffersTheUnit();
    void declinedOfferLeadsToTheProcess();
    void unitCanBeStartedAgain();
    void interruptedStartIsNoSuccess();
    void interruptionStopsTheWaiting();
    void interruptionOnceTheUnitIsStoppedAsksNobodyElse();
    void forceLeavesAContainerNoTime();
    void connectionsDrainBeforeAManagerIsAsked();
    void connectionsThatDoNotDrainAreCounted();
    void interruptionOfTheDrainingAsksNobody();

private:
    /// What the server runs in.
    void put(const Quay::UnitInfo &unit, const std::string &command = "node server.js",
             const std::string &executable = {});
    ExitCode free(std::vector<std::string> options);
    [[nodiscard]] std::string port() const { return std::to_string(m_server->port()); }
    [[nodiscard]] bool isServerThere() const { return Quay::PidFd::open(m_server->pid()).has_value(); }
    [[nodiscard]] static Quay::AuditEntry onlyAttempt();

    std::unique_ptr<QTemporaryDir> m_directory;
    std::optional<TestServer> m_server;
    PlanMachine m_machine;
    std::unique_ptr<ScriptedCli> m_cli;
};

void tst_StopManager::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    ::setenv("XDG_STATE_HOME", m_directory->path().toStdString().c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", m_directory->path().toStdString().c_str(), 1);
    ::setenv("XDG_RUNTIME_DIR", m_directory->path().toStdString().c_str(), 1);
    m_machine = Quay::Test::planDesktop();
    m_cli = std::make_unique<ScriptedCli>();
    m_cli->ticker.ticks = 1'000'000;
    auto server = TestServer::start({"listen"});
    QVERIFY2(server, server ? "" : server.error().subject.c_str());
    m_server.emplace(*std::move(server));
    m_cli->managers.whenStopped = [this] { m_server->end(); };
}

void tst_StopManager::put(const Quay::UnitInfo &unit, const std::string &command, const std::string &executable)
{
    m_machine.add(
        {.pid = m_server->pid(), .parent = 1, .command = command, .startTicks = startTicksOf(m_server->pid())});
    m_machine.listen({.port = m_server->port(), .owners = {m_server->pid()}, .unit = unit, .executable = executable});
}

ExitCode tst_StopManager::free(std::vector<std::string> options)
{
    const auto facts = m_machine.facts();
    auto snapshot = std::make_shared<Quay::PortSnapshot>(*facts.ports);
    snapshot->processes = facts.processes;
    m_cli->machine.snapshots = {snapshot};
    options.insert(options.begin(), {"free", port()});
    return m_cli->run(options);
}

Quay::AuditEntry tst_StopManager::onlyAttempt()
{
    const auto history = Quay::readAuditHistory(Quay::auditLogPath().value()).value();
    return history.entries.size() == 1 ? history.entries.front() : Quay::AuditEntry();
}

void tst_StopManager::unitIsStoppedInsteadOfSignalling()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);

    QVERIFY2(contains(m_cli->err, "First stops the unit app.service."), m_cli->err.c_str());
    QVERIFY2(contains(m_cli->err, "app.service is started again by itself (always)"), m_cli->err.c_str());
    QVERIFY2(contains(m_cli->out, "The unit app.service was stopped, and app.socket with it.\n"), m_cli->out.c_str());
    QVERIFY2(contains(m_cli->out, "ended with what it ran in.\nPort " + port() + " is free.\n"), m_cli->out.c_str());
    QCOMPARE(m_cli->managers.stopped, std::vector{AppUnit});
    const auto attempt = onlyAttempt();
    QVERIFY(isSuccess(attempt));
    QCOMPARE(attempt.actions.size(), std::size_t{1});
    QCOMPARE(attempt.actions.front().key, std::string("stopUnit"));
    QCOMPARE(attempt.actions.front().subject, std::string("app.service"));
    QVERIFY(attempt.targets.front().signals.empty());
}

void tst_StopManager::whoStillRunsIsEnded()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->managers.whenStopped = nullptr; // KillMode=process leaves some

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);

    QVERIFY2(contains(m_cli->out, "after SIGTERM."), m_cli->out.c_str());
    QVERIFY2(contains(m_cli->out, "Port " + port() + " is free.\n"), m_cli->out.c_str());
}

void tst_StopManager::unitThatMayNotBeStoppedLeavesItsProcess()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->managers.stopAnswer = Quay::fail(Quay::ErrorCode::Denied, "app.service: Access denied");

    QCOMPARE(free({"--stop-manager", "--yes", "--json"}), ExitCode::NotPermitted);

    QVERIFY(isServerThere());
    QVERIFY2(contains(m_cli->err, "The unit app.service could not be stopped. You are not permitted to"),
             m_cli->err.c_str());
    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(m_cli->out)).object();
    QCOMPARE(report.value(QStringLiteral("isSuccess")).toBool(true), false);
    const auto action = report.value(QStringLiteral("actions")).toArray().at(0).toObject();
    QCOMPARE(action.value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toString(),
             QStringLiteral("denied"));
    QVERIFY(!isSuccess(onlyAttempt()));
    QVERIFY(onlyAttempt().actions.front().error.has_value());
}

void tst_StopManager::unitThatCannotBeFoundLeavesItsProcess()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = Quay::fail(Quay::ErrorCode::Unsupported, "system bus");

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::NotAchieved);

    QVERIFY(isServerThere());
    QVERIFY2(contains(m_cli->err, "Who runs it cannot be reached: system bus."), m_cli->err.c_str());
}

void tst_StopManager::containerBehindAProxyIsStopped()
{
    put({}, "/usr/bin/docker-proxy -proto tcp", "/usr/bin/docker-proxy");
    m_cli->managers.answer = Web;

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);

    QCOMPARE(m_cli->managers.found.front().published.front()->socket.localPort, m_server->port());
    QVERIFY2(contains(m_cli->err, "First stops the container web. It runs in the container web, made from nginx."),
             m_cli->err.c_str());
    QCOMPARE(m_cli->out, "The container web was stopped.\nPort " + port() + " is free.\n");
    QVERIFY(onlyAttempt().targets.empty()); // the proxy was never signalled
}

void tst_StopManager::hiddenHoldersUnitIsStopped()
{
    m_machine.listen({.port = m_server->port(), .unit = Quay::Test::serviceUnit("app.service")});
    m_cli->managers.answer = AppUnit;

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);

    QCOMPARE(m_cli->managers.found.front().name, std::string("app.service"));
    QVERIFY2(contains(m_cli->out, "Port " + port() + " is free.\n"), m_cli->out.c_str());
}

void tst_StopManager::hiddenHolderIsRefusedWithAWayOut()
{
    m_machine.listen({.port = m_server->port(), .unit = Quay::Test::serviceUnit("app.service")});
    m_cli->managers.answer = AppUnit;
    m_cli->authority.failure = Quay::Error{.code = Quay::ErrorCode::Unsupported, .subject = "helper"};

    QCOMPARE(free({"--yes"}), ExitCode::NotPermitted);

    QVERIFY2(contains(m_cli->err, "With --stop-manager --yes, what it runs in is stopped."), m_cli->err.c_str());
    QVERIFY(m_cli->managers.stopped.empty());
}

void tst_StopManager::parentThatWouldStartItAgainIsEndedToo()
{
    m_machine.add({.pid = 1020, .parent = 1010, .command = "nodemon server.js"});
    m_machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    m_machine.listen({.port = m_server->port(), .owners = {1021}});

    QCOMPARE(free({"--stop-manager", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(m_cli->out, "SIGTERM to nodemon 1020"), m_cli->out.c_str());
    QVERIFY2(contains(m_cli->out, "SIGTERM to node 1021"), m_cli->out.c_str());
    QVERIFY2(!contains(m_cli->out, "may start it again"), m_cli->out.c_str());
    QVERIFY(m_cli->managers.found.empty()); // no bus is needed for that
}

void tst_StopManager::dryRunStopsNothing()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;

    QCOMPARE(free({"--stop-manager", "--dry-run", "--json"}), ExitCode::Done);

    const auto plan = QJsonDocument::fromJson(QByteArray::fromStdString(m_cli->out)).object();
    const auto action = plan.value(QStringLiteral("actions")).toArray().at(0).toObject();
    QCOMPARE(action.value(QStringLiteral("key")).toString(), QStringLiteral("stopUnit"));
    QVERIFY(m_cli->managers.stopped.empty());
    QVERIFY(isServerThere());
}

void tst_StopManager::yesAloneStopsNoManager()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;

    QCOMPARE(free({"--yes"}), ExitCode::Done);

    QVERIFY(m_cli->managers.found.empty());
    QVERIFY2(contains(m_cli->out, "after SIGTERM."), m_cli->out.c_str());
}

void tst_StopManager::managerIsStoppedOnlyWithConsent()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;

    QCOMPARE(free({"--stop-manager"}), ExitCode::Usage);

    QVERIFY2(contains(m_cli->err,
                      "That would stop the unit app.service with all that runs in it, and there is nobody to ask. "
                      "Add --yes."),
             m_cli->err.c_str());
    QVERIFY(m_cli->managers.stopped.empty());
    QVERIFY(isServerThere());
}

void tst_StopManager::questionOffersTheUnit()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->prompter.answer = true;

    QCOMPARE(free({}), ExitCode::Done);

    QCOMPARE(m_cli->prompter.questions,
             std::vector{QStringLiteral("Stop the unit app.service, and end who still runs then?")});
    QCOMPARE(m_cli->managers.stopped.size(), std::size_t{1});
}

void tst_StopManager::declinedOfferLeadsToTheProcess()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->prompter.answer = false;

    QCOMPARE(free({}), ExitCode::NotAchieved);

    QCOMPARE(m_cli->prompter.questions,
             (std::vector{QStringLiteral("Stop the unit app.service, and end who still runs then?"),
                          QStringLiteral("End 1 process(es)?")}));
    QVERIFY(m_cli->managers.stopped.empty());
    QVERIFY(isServerThere());
}

void tst_StopManager::unitCanBeStartedAgain()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);
    m_cli->machine.snapshots.clear(); // its port is free by now

    QCOMPARE(m_cli->run({"again"}), ExitCode::Done);

    QCOMPARE(m_cli->out, std::string("app.service was started again.\n"));
    QCOMPARE(m_cli->managers.started.size(), std::size_t{1});
    QCOMPARE(m_cli->managers.started.front().parts, AppUnit.parts);
}

void tst_StopManager::interruptedStartIsNoSuccess()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::Done);
    m_cli->machine.snapshots.clear();
    m_cli->ticker.ticks = 3; // then somebody presses Ctrl+C, and the port is silent still

    QCOMPARE(m_cli->run({"again"}), ExitCode::NotAchieved);

    QCOMPARE(m_cli->out, std::string("app.service was started again.\n"));
    QVERIFY2(contains(m_cli->err, "Interrupted: whether it stays was not waited for."), m_cli->err.c_str());
}

void tst_StopManager::interruptionStopsTheWaiting()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->managers.takesForever = true;
    m_cli->ticker.ticks = 3; // then somebody presses Ctrl+C

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::NotAchieved);

    QVERIFY2(contains(m_cli->err, "You did not wait for it."), m_cli->err.c_str());
    QVERIFY(isServerThere());
}

void tst_StopManager::interruptionOnceTheUnitIsStoppedAsksNobodyElse()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    m_cli->managers.whenStopped = [this] { m_cli->ticker.ticks = 0; }; // then somebody presses Ctrl+C

    QCOMPARE(free({"--stop-manager", "--yes"}), ExitCode::NotAchieved);

    QVERIFY2(contains(m_cli->out, "The unit app.service was stopped, and app.socket with it.\n"), m_cli->out.c_str());
    QVERIFY2(contains(m_cli->err, "was not asked to stop, and still runs.\n"), m_cli->err.c_str());
    QVERIFY(onlyAttempt().targets.front().signals.empty());
    QVERIFY(isServerThere());
}

void tst_StopManager::forceLeavesAContainerNoTime()
{
    put({}, "/usr/bin/docker-proxy -proto tcp", "/usr/bin/docker-proxy");
    m_cli->managers.answer = Web;

    QCOMPARE(free({"--stop-manager", "--yes", "--force"}), ExitCode::Done);

    QCOMPARE(m_cli->managers.graces.front().count(), 0);
}

void tst_StopManager::connectionsDrainBeforeAManagerIsAsked()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    auto client = Quay::Test::connectTo(m_server->port());
    QVERIFY(client);
    bool wasConnected = false;
    m_cli->managers.whenStopped = [&] {
        wasConnected = static_cast<bool>(client);
        m_server->end();
    };
    m_cli->ticker.whenAsked = [&client] { client.reset(); }; // while it waits

    QCOMPARE(free({"--stop-manager", "--yes", "--drain", "1h"}), ExitCode::Done);

    QCOMPARE(m_cli->managers.stopped.size(), std::size_t{1});
    QVERIFY(!wasConnected);
}

void tst_StopManager::connectionsThatDoNotDrainAreCounted()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    const auto client = Quay::Test::connectTo(m_server->port());
    QVERIFY(client);

    QCOMPARE(free({"--stop-manager", "--yes", "--drain", "100ms"}), ExitCode::Done);

    QVERIFY2(contains(m_cli->err, "1 connection(s) had not ended after 100 ms, and are cut."), m_cli->err.c_str());
    QCOMPARE(onlyAttempt().connectionsCut, std::optional<std::uint32_t>(1));
}

void tst_StopManager::interruptionOfTheDrainingAsksNobody()
{
    put(Quay::Test::serviceUnit("app.service"));
    m_cli->managers.answer = AppUnit;
    const auto client = Quay::Test::connectTo(m_server->port());
    QVERIFY(client);
    m_cli->ticker.ticks = 3; // then somebody presses Ctrl+C

    QCOMPARE(free({"--stop-manager", "--yes", "--drain", "1h"}), ExitCode::NotAchieved);

    QVERIFY2(contains(m_cli->err, "You did not wait. Nobody was asked to stop the unit app.service."),
             m_cli->err.c_str());
    QVERIFY(m_cli->managers.stopped.empty());
    QVERIFY(isServerThere());
}

QTEST_GUILESS_MAIN(tst_StopManager)
#include "tst_stopmanager.moc"
