// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/exitcode.h"
#include "app/cli/watchticker.h"
#include "app/cli/wayout.h"
#include "app/shared/usernames.h"
#include "core/control/portproof.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"
#include "core/history/audithistory.h"
#include "core/history/auditlog.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/ports/portsnapshot.h"
#include "tests/cli/scriptedcli.h"
#include "tests/support/forkedchild.h"
#include "tests/support/otheruser.h"
#include "tests/support/planmachine.h"
#include "tests/support/snapshots.h"
#include "tests/support/testserver.h"
#include "tests/support/unprivileged.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

using Quay::AuditRefusal;
using Quay::ExitCode;
using Quay::PortState;
using Quay::Test::PlanMachine;
using Quay::Test::ScriptedCli;
using Quay::Test::TestServer;

namespace {

using Words = std::vector<std::string>;

/// `npm run dev` and its server on port 3000, with a worker below it.
PlanMachine devMachine()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "npm run dev"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node server.js --token=geheim"});
    machine.add({.pid = 1022, .parent = 1021, .command = "esbuild --service"});
    machine.listen({.port = 3000, .owners = {1021}, .connections = 2});
    return machine;
}

/// A parent (1020) with a child (1021) that has ended.
PlanMachine machineWithZombie(const std::string &parent)
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = parent});
    machine.add({.pid = 1021, .parent = 1020, .command = "node a.js", .state = 'Z'});
    return machine;
}

/// The server (1021) in one pane of a process manager (1020), and in another one the shell that we were started from.
PlanMachine machineOfPanes()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "mprocs"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    machine.add({.pid = 1022, .parent = 1020, .command = "-zsh", .terminal = 34817});
    machine.add({.pid = ::getpid(), .parent = 1022, .command = "quay"});
    machine.listen({.port = 3000, .owners = {1021}});
    return machine;
}

/// `quay` on a machine that was made up.
struct PlannedCli : ScriptedCli
{
    explicit PlannedCli(const PlanMachine &made)
    {
        const auto facts = made.facts();
        auto snapshot = std::make_shared<Quay::PortSnapshot>(*facts.ports);
        snapshot->processes = facts.processes;
        machine.snapshots = {snapshot};
        for (const auto &process : facts.processes) {
            machine.processes[process->id.pid] = {.process = process, .profile = nullptr, .fd = 3};
        }
    }
};

/// The same, where 300, which holds no port, is a service.
struct UnitCli : PlannedCli
{
    UnitCli()
        : PlannedCli(made())
    {
        auto profile = std::make_shared<Quay::OwnerProfile>();
        profile->unit = Quay::Test::serviceUnit("worker.service");
        machine.processes[300].profile = profile;
    }

    static PlanMachine made()
    {
        auto machine = Quay::Test::planDesktop();
        machine.add({.pid = 300, .parent = 1, .command = "worker"});
        return machine;
    }
};

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

/// `quay free` and `quay stop` up to the first signal, on made-up machines. What follows it: tst_quayending.
class tst_EndingCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void dryRunShowsThePlan();
    void connectionsOfThoseWithoutChildrenAreCut();
    void dryRunSaysThatSomebodyHasToAgree();
    void permissionIsNotAnnouncedWhereNobodyAsksForIt();
    void dryRunIsGolden();
    void planNamesWhoStays();
    void protectedProgramStays();
    void protectedHolderOfThePortStaysUnlessItIsNamed();
    void unreadableListOfProtectedProgramsEndsNobody();
    void stopPlansForProcesses();
    void severalProcessesNeedAYes();
    void oneProcessNeedsNoYes();
    void refusalDoesNothing();
    void whatNobodyAgreedToIsOneJsonObject_data();
    void whatNobodyAgreedToIsOneJsonObject();
    void portThatNobodyHoldsIsProven();
    void whoEndsAtThisInstantIsNotRefused();
    void portThatMayNotBeBoundIsNotSaidToHaveBeenHeld();
    void dryRunTellsOfPortsThatNobodyHolds();
    void portThatCannotBeBoundIsNoSuccess();
    void hiddenOwnerIsNotPermitted();
    void inferredOwnerNeedsConsent();
    void namedProcessIsNoGuess();
    void hiddenOwnerIsNamedByTheHelper();
    void helperIsNotAskedWhenThatIsNotWanted();
    void helperThatCannotBeAskedIsSaid();
    void endOfTheWatchCancelsTheRequest_data();
    void endOfTheWatchCancelsTheRequest();
    void interruptionOfTheRequestEndsNobodyElse();
    void interruptionBeforeTheFirstSignalEndsNobody();
    void permissionIsAskedForOnceItIsRefused();
    void whoMayNotBeSignalledIsSaidWithoutAHelper();
    void helperIsNotLookedForWhereNobodyRefuses();
    void whatStartsItAgainIsSaidOnATerminal();
    void containerProxyIsLeft();
    void zombieNamesTheCommandThatEndsItsParent();
    void dryRunOfAZombieNamesThatCommandToo();
    void protectedParentOfAZombieIsNotOffered();
    void agreedToEndTheParentThePlanIsMadeAnew();
    void unitOfAProcessWithoutAPortIsSaid();
    void unitOfAProcessWithoutAPortIsStopped();
    void unknownProcessIsNothingThere();
    void numberOfAPortIsNoProcess();
    void processMayBeNamedAsSuch();
    void hiddenProcessIsNotPermitted();
    void whatIsNeverEndedIsRefused();
    void recycledPidIsNotTouched();
    void attemptThatCannotBeRecordedGoesOn();
    void dryRunOfWhatIsRefusedIsNotRecorded();
    void refusalIsPrintedAsJson_data();
    void refusalIsPrintedAsJson();
    void drainingIsInThePlan();
    void wayOutIsSaidWhereNobodyIsAsked();
    void managerThatHasStartedUsIsNotOffered();
    void managerThatHasStartedUsIsNotStopped();
    void commandsThatEndATreeAreAgreedToWhereNobodyIsAsked_data();
    void commandsThatEndATreeAreAgreedToWhereNobodyIsAsked();
    void samePortIsSaidOnce();
    void manyPortsAreSaidInOneSentence();
    void manySocketsAreOneWordOfThePlan();
    void whoHoldsWhatIsInTheJson();
    void nobodyToStopIsSaid();
    void wrongUsageIsRefused_data();
    void wrongUsageIsRefused();

private:
    [[nodiscard]] static std::vector<Quay::AuditEntry> entries();
    [[nodiscard]] static std::size_t attempts() { return entries().size(); }
    /// Of the only attempt; nothing when there are others, or it was not refused.
    [[nodiscard]] static std::optional<AuditRefusal> onlyRefusal();
    void protect(const char *names) const;

    std::unique_ptr<QTemporaryDir> m_directory;
};

void tst_EndingCommands::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    ::setenv("XDG_STATE_HOME", m_directory->path().toStdString().c_str(), 1);
    ::setenv("XDG_CONFIG_HOME", m_directory->path().toStdString().c_str(), 1);
    ::setenv("XDG_RUNTIME_DIR", m_directory->path().toStdString().c_str(), 1);
}

std::vector<Quay::AuditEntry> tst_EndingCommands::entries()
{
    return Quay::readAuditHistory(Quay::auditLogPath().value()).value().entries;
}

std::optional<AuditRefusal> tst_EndingCommands::onlyRefusal()
{
    const auto all = entries();
    return all.size() == 1 && all.front().state == Quay::AuditState::Refused ? all.front().refusal : std::nullopt;
}

void tst_EndingCommands::protect(const char *names) const
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("quaymaster")));
    QFile file(m_directory->filePath(QStringLiteral("quaymaster/protected")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(names);
}

void tst_EndingCommands::dryRunShowsThePlan()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--dry-run"}), ExitCode::Done);

    QCOMPARE(QString::fromStdString(cli.out),
             QStringLiteral("SIGTERM to node 1021 of root: node server.js '--token=***' (holds TCP 127.0.0.1:3000)\n"
                            "Its children go on: esbuild 1022.\n"
                            "2 established connection(s) will be cut, unless a child that goes on has them too.\n"
                            "Permission will be asked for, to end 1 process(es) of somebody else.\n"
                            "Use --scope tree to end the children too.\n"));
    QCOMPARE(cli.err, std::string());
    QVERIFY(cli.prompter.questions.empty());
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::connectionsOfThoseWithoutChildrenAreCut()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "\n2 established connection(s) will be cut.\n"), cli.out.c_str());
}

void tst_EndingCommands::dryRunSaysThatSomebodyHasToAgree()
{
    PlannedCli asked(devMachine());
    PlannedCli agreed(devMachine());

    QCOMPARE(asked.run({"free", "3000", "--scope", "tree", "--dry-run"}), ExitCode::Done);
    QCOMPARE(agreed.run({"free", "3000", "--scope", "tree", "--dry-run", "--yes"}), ExitCode::Done);

    QVERIFY2(contains(asked.err, "Where nobody can be asked, this takes --yes."), asked.err.c_str());
    QCOMPARE(agreed.err, std::string());
}

void tst_EndingCommands::permissionIsNotAnnouncedWhereNobodyAsksForIt()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--no-ask-password", "--dry-run"}), ExitCode::Done);

    QVERIFY2(!contains(cli.out, "Permission"), cli.out.c_str());
}

void tst_EndingCommands::dryRunIsGolden()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--scope", "session", "--force", "--dry-run", "--json"}), ExitCode::Done);

    QFile golden(QStringLiteral(QUAY_TEST_DATA "/cli/quay-ending.json"));
    if (qEnvironmentVariableIntValue("QUAY_UPDATE_GOLDEN") == 1) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(QByteArray::fromStdString(cli.out));
        golden.close();
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(QByteArray::fromStdString(cli.out), golden.readAll());
}

void tst_EndingCommands::planNamesWhoStays()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "nodemon server.js"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    machine.add({.pid = 1022, .parent = 1021, .command = "-zsh", .terminal = 34817});
    machine.listen({.port = 3000, .owners = {1021}});
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "zsh 1022 stays: shell\n"), cli.out.c_str());
    QVERIFY2(contains(cli.out, "nodemon (1020) may start it again.\n"), cli.out.c_str());
}

void tst_EndingCommands::protectedProgramStays()
{
    protect("esbuild\n");
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "esbuild 1022 stays: on your list of protected programs\n"), cli.out.c_str());
    QVERIFY2(!contains(cli.out, "SIGTERM to esbuild"), cli.out.c_str());
}

/// Who says a port does not say whose it is.
void tst_EndingCommands::protectedHolderOfThePortStaysUnlessItIsNamed()
{
    protect("node\n");
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--yes"}), ExitCode::NotAchieved);
    QVERIFY2(contains(cli.err, "node 1021 stays: on your list of protected programs\n"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "quay stop 1021"), cli.err.c_str());
    QVERIFY(onlyRefusal() == AuditRefusal::Stays);

    PlannedCli naming(devMachine());
    QCOMPARE(naming.run({"stop", "1021", "--dry-run"}), ExitCode::Done);
    QVERIFY2(contains(naming.out, "SIGTERM to node 1021"), naming.out.c_str());
}

void tst_EndingCommands::unreadableListOfProtectedProgramsEndsNobody()
{
    QVERIFY(QDir(m_directory->path()).mkpath(QStringLiteral("quaymaster/protected"))); // is no file
    PlannedCli cli(devMachine());

    QVERIFY(cli.run({"free", "3000"}) != ExitCode::Done);

    QVERIFY2(contains(cli.err, "quaymaster/protected"), cli.err.c_str());
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::stopPlansForProcesses()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"stop", "1020", "1022", "--signal", "int", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "SIGINT to npm 1020 of root"), cli.out.c_str());
    QVERIFY2(contains(cli.out, "SIGINT to esbuild 1022 of root"), cli.out.c_str());
    QVERIFY2(!contains(cli.out, "SIGINT to node 1021"), cli.out.c_str());
}

void tst_EndingCommands::severalProcessesNeedAYes()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree"}), ExitCode::Usage);

    QVERIFY2(contains(cli.err, "More than one process would be ended"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "esbuild 1022"), cli.err.c_str()); // the plan was shown
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::oneProcessNeedsNoYes()
{
    PlannedCli cli(devMachine());
    cli.ticker.ticks = 1'000'000;

    // Nobody runs who was started then: the attempt is made, and nobody is signalled.
    QCOMPARE(cli.run({"stop", "1022"}), ExitCode::Done);

    QCOMPARE(attempts(), std::size_t{1});
}

void tst_EndingCommands::refusalDoesNothing()
{
    PlannedCli cli(devMachine());
    cli.prompter.answer = false;

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree"}), ExitCode::NotAchieved);

    QCOMPARE(cli.prompter.questions, std::vector{QStringLiteral("End 2 process(es)?")});
    QVERIFY2(contains(cli.err, "Nothing was done."), cli.err.c_str());
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::whatNobodyAgreedToIsOneJsonObject_data()
{
    QTest::addColumn<std::optional<bool>>("answer");
    QTest::addColumn<ExitCode>("exitCode");
    QTest::addRow("nobody to ask") << std::optional<bool>() << ExitCode::Usage;
    QTest::addRow("the answer was no") << std::optional(false) << ExitCode::NotAchieved;
}

void tst_EndingCommands::whatNobodyAgreedToIsOneJsonObject()
{
    QFETCH(const std::optional<bool>, answer);
    QFETCH(const ExitCode, exitCode);
    PlannedCli cli(devMachine());
    cli.prompter.answer = answer;

    QCOMPARE(cli.run({"free", "3000", "--scope", "tree", "--json"}), exitCode);

    const auto object = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(object[QStringLiteral("refusal")].toString(), QStringLiteral("notAgreed"));
    QCOMPARE(object[QStringLiteral("isSuccess")].toBool(true), false);
    QCOMPARE(object[QStringLiteral("isDryRun")].toBool(true), false);
    QCOMPARE(object[QStringLiteral("targets")].toArray().size(), 2);
}

void tst_EndingCommands::portThatNobodyHoldsIsProven()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3001"}), ExitCode::Done);

    QCOMPARE(cli.out, std::string("Port 3001 is free.\n"));
    QCOMPARE(cli.machine.claims.size(), std::size_t{2});
    QCOMPARE(cli.machine.claims.front().protocol, Quay::Protocol::Tcp);
    QCOMPARE(cli.machine.claims.back().protocol, Quay::Protocol::Udp);
    for (const auto &claim : cli.machine.claims) {
        QCOMPARE(claim.port, 3001);
        QVERIFY(Quay::isAny(claim.address));
    }
    QCOMPARE(attempts(), std::size_t{0}); // nobody was to be ended
    QCOMPARE(cli.machine.looks.size(), std::size_t{1});
    QVERIFY(!cli.machine.looks.front().owners); // nobody's descriptors were read
}

void tst_EndingCommands::whoEndsAtThisInstantIsNotRefused()
{
    Quay::Test::ScriptedCli cli;
    const auto dying = Quay::Test::snapshotOf({Quay::Test::listenerFrom(
        {.port = 3000, .knowledge = Quay::OwnerKnowledge::Hidden, .uid = cli.uid})}); // lets nobody look into it
    for (const auto &seen : {dying, dying, dying, dying, Quay::Test::snapshotOf({})}) {
        cli.machine.snapshots.emplace_back(seen);
    }
    cli.ticker.ticks = 100;

    QCOMPARE(cli.run({"free", "3000"}), ExitCode::Done);

    QCOMPARE(cli.out, std::string("Port 3000 is free.\n"));
    QCOMPARE(cli.err, std::string());
}

void tst_EndingCommands::portThatMayNotBeBoundIsNotSaidToHaveBeenHeld()
{
    PlannedCli cli(devMachine());
    cli.machine.proof = {.state = PortState::FreeUntested};

    QCOMPARE(cli.run({"free", "80"}), ExitCode::Done);

    QCOMPARE(cli.out, std::string("Nobody listens on port 80.\n"));
}

void tst_EndingCommands::dryRunTellsOfPortsThatNobodyHolds()
{
    const auto report = [](const ScriptedCli &cli) {
        return QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    };
    const auto portsIn = [](const QJsonObject &object) {
        QStringList ports;
        for (const auto &port : object.value(QStringLiteral("ports")).toArray()) {
            ports << QString::number(port.toObject().value(QStringLiteral("port")).toInt());
        }
        return ports;
    };
    PlannedCli alone(devMachine());
    PlannedCli withAnother(devMachine());
    PlannedCli text(devMachine());

    QCOMPARE(alone.run({"free", "3001", "--dry-run", "--force", "--json"}), ExitCode::Done);
    QCOMPARE(withAnother.run({"free", "3000", "3001", "--dry-run", "--json"}), ExitCode::Done);
    QCOMPARE(text.run({"free", "3000", "3001", "--dry-run"}), ExitCode::Done);

    QCOMPARE(report(alone).value(QStringLiteral("isDryRun")).toBool(), true);
    QCOMPARE(report(alone).value(QStringLiteral("isForced")).toBool(), true);
    QCOMPARE(portsIn(report(alone)), QStringList{QStringLiteral("3001")});
    QCOMPARE(report(withAnother).value(QStringLiteral("isDryRun")).toBool(), true);
    QCOMPARE(portsIn(report(withAnother)), QStringList({QStringLiteral("3000"), QStringLiteral("3001")}));
    QVERIFY2(contains(text.out, "Port 3001 is free.\n"), text.out.c_str());
}

void tst_EndingCommands::portThatCannotBeBoundIsNoSuccess()
{
    PlannedCli cli(devMachine());
    cli.machine.proof = {.state = PortState::Lingering,
                         .remains = {{.state = Quay::SocketState::Established, .count = 2}}};

    QCOMPARE(cli.run({"free", "3001", "--json"}), ExitCode::NotAchieved);

    QVERIFY2(contains(cli.err, "Nobody listens on port 3001, but it cannot be bound yet: 2 connection"),
             cli.err.c_str());
    QVERIFY2(contains(cli.err, "Nobody listens on port 3001, but it cannot be bound yet: 2 connected UDP socket"),
             cli.err.c_str());
    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(report.value(QStringLiteral("isSuccess")).toBool(true), false);
    const auto port = report.value(QStringLiteral("ports")).toArray().at(0).toObject();
    QCOMPARE(port.value(QStringLiteral("state")).toString(), QStringLiteral("lingering"));
}

void tst_EndingCommands::inferredOwnerNeedsConsent()
{
    auto machine = devMachine();
    machine.add({.pid = 1300, .parent = 1, .command = "postgres"});
    machine.listen({.port = 5432, .owners = {1300}, .knowledge = Quay::OwnerKnowledge::InferredFromUnit});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;
    bool wasAsked = false;
    cli.authority.helper.reply = [&wasAsked](const auto &) -> Quay::Result<QVariantMap> {
        wasAsked = true;
        return Quay::fail(Quay::ErrorCode::Denied, std::string(Quay::AuthorizationSubject));
    };

    QCOMPARE(cli.run({"free", "5432"}), ExitCode::Usage);

    QVERIFY(wasAsked); // who holds it really
    QVERIFY2(
        contains(cli.err, "It is not certain that this process holds the port, and there is nobody to ask. Add --yes."),
        cli.err.c_str());
    QVERIFY(!contains(cli.err, "(holds TCP 127.0.0.1:5432)"));
    QVERIFY2(contains(cli.err, "postgres 1300 is taken to hold TCP 127.0.0.1:5432"), cli.err.c_str());
}

void tst_EndingCommands::namedProcessIsNoGuess()
{
    auto machine = devMachine();
    machine.add({.pid = 1300, .parent = 1, .command = "postgres"});
    machine.listen({.port = 5432, .owners = {1300}});
    machine.listen({.port = 5433, .owners = {1300}, .knowledge = Quay::OwnerKnowledge::InferredFromUnit});

    for (const auto &words : {Words{"stop", "1300"}, Words{"free", "5432"}}) {
        PlannedCli cli(machine);
        std::ignore = cli.run(words); // 1300 is made up

        QVERIFY2(contains(cli.err, "postgres 1300 is taken to hold TCP 127.0.0.1:5433"), cli.err.c_str());
        QVERIFY2(!contains(cli.err, "Add --yes."), cli.err.c_str());
    }
}

void tst_EndingCommands::hiddenOwnerIsNotPermitted()
{
    auto machine = devMachine();
    machine.listen({.port = 5432});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;
    cli.authority.helper.reply = [](const auto &) -> Quay::Result<QVariantMap> {
        return Quay::fail(Quay::ErrorCode::Denied, std::string(Quay::AuthorizationSubject));
    };

    QCOMPARE(cli.run({"free", "3000", "5432", "--yes"}), ExitCode::NotPermitted);

    QVERIFY2(contains(cli.err, "Port 5432 cannot be freed: "), cli.err.c_str());
    QVERIFY(onlyRefusal() == AuditRefusal::OwnerHidden); // nor was the other one ended
}

void tst_EndingCommands::hiddenOwnerIsNamedByTheHelper()
{
    auto machine = devMachine();
    const auto hidden = machine.listen({.port = 5432});
    PlannedCli cli(machine);
    auto named = devMachine();
    named.add({.pid = 700, .parent = 1, .command = "postgres"});
    named.listen({.port = 5432, .owners = {700}});
    const PlannedCli after(named);
    // All owners, and the look after the answer.
    cli.machine.snapshots = {cli.machine.snapshots.front(), after.machine.snapshots.front()};
    const Quay::ToldHolder holder{.inode = hidden->socket.inode, .process = {.pid = 700, .startTicks = 5}, .fd = 6};
    cli.authority.helper.reply = [&](const auto &) { return Quay::toReply(Quay::InspectAnswer{holder}); };

    QCOMPARE(cli.run({"free", "5432", "--dry-run"}), ExitCode::Done);

    const auto hasAllOwners = [](const Quay::LookOptions &look) { return !look.owners || look.allOwners; };
    QVERIFY(std::ranges::all_of(cli.machine.looks, hasAllOwners)); // the plan names everybody
    QVERIFY2(contains(cli.out, "postgres 700"), cli.out.c_str());
    QCOMPARE(cli.machine.told, std::vector{holder});
    const auto &asked = cli.authority.helper.asked;
    QCOMPARE(asked.size(), std::size_t{1});
    QCOMPARE(asked.front().action, QString(Quay::InspectSocketsAction));
    QCOMPARE(Quay::inspectRequestFrom(asked.front().arguments).value().inodes,
             std::vector<std::uint64_t>{hidden->socket.inode});
}

void tst_EndingCommands::helperIsNotAskedWhenThatIsNotWanted()
{
    auto machine = devMachine();
    machine.listen({.port = 5432});
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"free", "5432", "--no-ask-password"}), ExitCode::NotPermitted);

    QVERIFY(cli.authority.helper.asked.empty());
}

void tst_EndingCommands::helperThatCannotBeAskedIsSaid()
{
    auto machine = devMachine();
    machine.listen({.port = 5432});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;
    cli.authority.helper.reply = [](const auto &) -> Quay::Result<QVariantMap> {
        return Quay::fail(Quay::ErrorCode::Unsupported, std::string(Quay::HelperSubject));
    };

    QCOMPARE(cli.run({"free", "5432"}), ExitCode::NotPermitted);

    QVERIFY2(contains(cli.err, "helper is not installed"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "Port 5432 cannot be freed: "), cli.err.c_str());
}

void tst_EndingCommands::endOfTheWatchCancelsTheRequest_data()
{
    QTest::addColumn<Quay::WatchTicker::Wake>("end");
    QTest::addRow("interrupted") << Quay::WatchTicker::Wake::Interrupted;
    QTest::addRow("nobody reads") << Quay::WatchTicker::Wake::OutputClosed;
}

void tst_EndingCommands::endOfTheWatchCancelsTheRequest()
{
    QFETCH(const Quay::WatchTicker::Wake, end);
    auto machine = devMachine();
    machine.listen({.port = 5432});
    PlannedCli cli(machine);
    cli.ticker.ticks = 3;
    cli.ticker.end = end;
    cli.ticker.whenAsked = [&cli, asked = 0]() mutable {
        if (++asked > 10) { // it goes on all the same: that would never end
            cli.authority.helper.reply = [](const auto &) { return Quay::toReply(Quay::InspectAnswer{}); };
        }
    };

    QCOMPARE(cli.run({"free", "5432"}), ExitCode::NotPermitted);

    QCOMPARE(cli.authority.helper.cancelled, std::vector<std::uint64_t>{1});
    QVERIFY2(contains(cli.err, "Nothing was done.\n"), cli.err.c_str());
}

/// Who is known to hold the other port would have been ended without being asked about.
void tst_EndingCommands::interruptionOfTheRequestEndsNobodyElse()
{
    auto machine = devMachine();
    machine.add({.pid = 1300, .parent = 1, .command = "postgres"});
    machine.listen({.port = 5432, .owners = {1300}, .knowledge = Quay::OwnerKnowledge::InferredFromUnit});
    PlannedCli cli(machine); // whose helper never answers
    cli.ticker.ticks = 3;

    QCOMPARE(cli.run({"free", "3000", "5432", "--yes", "--json"}), ExitCode::NotPermitted);

    QCOMPARE(cli.authority.helper.cancelled, std::vector<std::uint64_t>{1});
    QVERIFY2(contains(cli.err, "Nothing was done.\n"), cli.err.c_str());
    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(report.value(QStringLiteral("refusal")).toString(), QStringLiteral("ownerHidden"));
    QVERIFY(onlyRefusal() == AuditRefusal::OwnerHidden);
}

namespace {

std::uint64_t startTicksOf(const TestServer &server)
{
    return Quay::readProcStat(Quay::ProcFs::open().value(), server.pid()).value().startTicks;
}

} // namespace

/// As where Ctrl+C is pressed while something else is waited for.
void tst_EndingCommands::interruptionBeforeTheFirstSignalEndsNobody()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = server->pid(), .parent = 1010, .command = "node s.js", .startTicks = startTicksOf(*server)});
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"stop", std::to_string(server->pid()), "--json"}), ExitCode::NotAchieved);

    QVERIFY2(contains(cli.err, "Interrupted: nobody was asked to end.\n"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "was not asked to stop, and still runs.\n"), cli.err.c_str());
    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QVERIFY(report.value(QStringLiteral("isInterrupted")).toBool());
    QCOMPARE(attempts(), std::size_t{1});
    QVERIFY(entries().front().isLeft);
    QVERIFY(entries().front().targets.front().signals.empty());
}

/// By what is known it is the user's own: it has become somebody else's since.
void tst_EndingCommands::permissionIsAskedForOnceItIsRefused()
{
    auto server = TestServer::start({"listen", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = server->pid(), .parent = 1010, .command = "node s.js", .startTicks = startTicksOf(*server)});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;
    cli.authority.helper.reply = [&server](const auto &) {
        server->end();
        return Quay::toReply(Quay::SignalAnswer{{}});
    };
    QCOMPARE(::chown(m_directory->path().toStdString().c_str(), Quay::Test::OtherUid, 0), 0);
    const Quay::Test::Unprivileged user;

    QCOMPARE(cli.run({"stop", std::to_string(server->pid())}), ExitCode::Done);

    QCOMPARE(cli.authority.helper.asked.size(), std::size_t{1});
    QCOMPARE(cli.authority.helper.asked.front().action, QString(Quay::SignalProcessAction));
}

void tst_EndingCommands::whoMayNotBeSignalledIsSaidWithoutAHelper()
{
    const auto server = TestServer::start({"listen", "--uid", std::to_string(Quay::Test::ThirdUid)});
    if (!server) {
        QSKIP("only root can start a process of another user");
    }
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = server->pid(), .parent = 1010, .command = "node s.js", .startTicks = startTicksOf(*server)});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;
    cli.authority.failure =
        Quay::Error{.code = Quay::ErrorCode::Unsupported, .subject = std::string(Quay::HelperSubject)};
    QCOMPARE(::chown(m_directory->path().toStdString().c_str(), Quay::Test::OtherUid, 0), 0);
    const Quay::Test::Unprivileged user;

    QCOMPARE(cli.run({"stop", std::to_string(server->pid())}), ExitCode::NotPermitted);

    QVERIFY2(contains(cli.err, "helper is not installed"), cli.err.c_str());
}

void tst_EndingCommands::helperIsNotLookedForWhereNobodyRefuses()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = server->pid(), .parent = 1010, .command = "node s.js", .startTicks = startTicksOf(*server)});
    PlannedCli cli(machine);
    cli.authority.failure =
        Quay::Error{.code = Quay::ErrorCode::Unsupported, .subject = std::string(Quay::HelperSubject)};
    cli.ticker.ticks = 1'000'000;

    QCOMPARE(cli.run({"stop", std::to_string(server->pid())}), ExitCode::Done);

    QVERIFY2(!contains(cli.err, "helper"), cli.err.c_str());
}

void tst_EndingCommands::whatStartsItAgainIsSaidOnATerminal()
{
    const auto server = TestServer::start({"listen"});
    QVERIFY(server);
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = server->pid(),
                 .parent = 1010,
                 .command = "node s.js",
                 .startTicks = startTicksOf(*server),
                 .uid = ::getuid()});
    PlannedCli cli(machine);
    cli.uid = ::getuid();
    cli.traits.isTerminal = true;
    cli.ticker.ticks = 1'000'000;

    QCOMPARE(cli.run({"stop", std::to_string(server->pid())}), ExitCode::Done);

    QVERIFY2(contains(cli.err, "'quay again' starts it again.\n"), cli.err.c_str());
}

void tst_EndingCommands::containerProxyIsLeft()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1, .command = "/usr/bin/docker-proxy -proto tcp -host-port 8080"});
    machine.listen({.port = 8080, .owners = {1020}, .executable = "/usr/bin/docker-proxy"});
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"free", "8080", "--yes"}), ExitCode::NotAchieved);

    QVERIFY2(contains(cli.err, "docker-proxy 1020 stays: holds ports for a container only"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "There is nobody to end."), cli.err.c_str());
}

void tst_EndingCommands::zombieNamesTheCommandThatEndsItsParent()
{
    for (const Words &words : {Words{"stop", "1021"}, Words{"stop", "1021", "--yes"}}) {
        PlannedCli quay(machineWithZombie("node spawn.js"));
        quay.clock.advance(std::chrono::seconds(words.size())); // attempts are told apart by their time

        QCOMPARE(quay.run(words), ExitCode::NotAchieved);

        QVERIFY2(contains(quay.err, "node 1021 has ended already, so it cannot be ended."), quay.err.c_str());
        QVERIFY2(contains(quay.err, "To end its parent: quay stop 1020\n"), quay.err.c_str());
    }
    for (const auto &entry : entries()) {
        QVERIFY(entry.refusal == AuditRefusal::Zombie);
        QCOMPARE(entry.targets.front().id.pid, 1021);
    }
    QCOMPARE(attempts(), std::size_t{2});
}

void tst_EndingCommands::dryRunOfAZombieNamesThatCommandToo()
{
    PlannedCli quay(machineWithZombie("node spawn.js"));

    QCOMPARE(quay.run({"stop", "1021", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(quay.out, "node 1021 has ended already, so it cannot be ended."), quay.out.c_str());
    QVERIFY2(contains(quay.err, "To end its parent: quay stop 1020\n"), quay.err.c_str());
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::protectedParentOfAZombieIsNotOffered()
{
    PlannedCli quay(machineWithZombie("-zsh"));
    quay.prompter.answer = true;

    QCOMPARE(quay.run({"stop", "1021"}), ExitCode::NotAchieved);

    QVERIFY2(contains(quay.err, "That one is not offered to be ended: shell."), quay.err.c_str());
    QVERIFY(quay.prompter.questions.empty());
}

void tst_EndingCommands::agreedToEndTheParentThePlanIsMadeAnew()
{
    PlannedCli quay(machineWithZombie("node spawn.js"));
    quay.prompter.answer = false;
    QCOMPARE(quay.run({"stop", "1021"}), ExitCode::NotAchieved);
    QCOMPARE(quay.prompter.questions.front(), QStringLiteral("End its parent node 1020 instead?"));
    QVERIFY(!contains(quay.err, "SIGTERM to node 1020"));

    PlannedCli again(machineWithZombie("node spawn.js"));
    again.prompter.answer = true;
    std::ignore = again.run({"stop", "1021"}); // 1020 is made up: what follows is tst_quayending's

    QVERIFY2(contains(again.err, "SIGTERM to node 1020"), again.err.c_str());
    QVERIFY2(contains(again.err, "node 1021 has ended already, and goes with its parent node 1020."),
             again.err.c_str());
}

void tst_EndingCommands::unitOfAProcessWithoutAPortIsSaid()
{
    UnitCli quay;

    QCOMPARE(quay.run({"stop", "300", "--dry-run"}), ExitCode::Done);
    QVERIFY2(contains(quay.out, "systemd may start it again: it belongs to worker.service."), quay.out.c_str());
}

void tst_EndingCommands::unitOfAProcessWithoutAPortIsStopped()
{
    UnitCli quay;
    quay.managers.answer = {.name = "worker.service", .parts = {"worker.service"}, .restart = "always"};
    quay.ticker.ticks = 100;

    std::ignore = quay.run({"stop", "300", "--stop-manager", "--yes"}); // 300 is made up

    QCOMPARE(quay.managers.stopped.size(), std::size_t{1});
    QCOMPARE(quay.managers.stopped.front().name, std::string("worker.service"));
}

void tst_EndingCommands::unknownProcessIsNothingThere()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"stop", "1020", "4711"}), ExitCode::NothingThere);

    QVERIFY2(contains(cli.err, "There is no process 4711. Nothing was done."), cli.err.c_str());
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::numberOfAPortIsNoProcess()
{
    const std::string hint = "Port 3000 is open. To end who holds it: quay free 3000\n";
    PlannedCli port(devMachine());
    PlannedCli process(devMachine());
    PlannedCli closed(devMachine());

    QCOMPARE(port.run({"stop", "3000"}), ExitCode::NothingThere);
    QCOMPARE(process.run({"stop", "pid:3000"}), ExitCode::NothingThere);
    QCOMPARE(closed.run({"stop", "3001"}), ExitCode::NothingThere);

    QCOMPARE(port.err, "quay: There is no process 3000. Nothing was done.\nquay: " + hint);
    QCOMPARE(process.err, std::string("quay: There is no process 3000. Nothing was done.\n")); // no port was meant
    QCOMPARE(closed.err, std::string("quay: There is no process 3001. Nothing was done.\n"));
}

void tst_EndingCommands::processMayBeNamedAsSuch()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"stop", "pid:1022", "1020", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "SIGTERM to esbuild 1022"), cli.out.c_str());
    QVERIFY2(contains(cli.out, "SIGTERM to npm 1020"), cli.out.c_str());
}

void tst_EndingCommands::hiddenProcessIsNotPermitted()
{
    PlannedCli cli(devMachine());
    cli.machine.hidden = {4711};

    QCOMPARE(cli.run({"stop", "4711"}), ExitCode::NotPermitted);

    QVERIFY2(contains(cli.err, "Process 4711 is there, but the system hides it from you. Nothing was done."),
             cli.err.c_str());
}

void tst_EndingCommands::whatIsNeverEndedIsRefused()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"stop", "1", "--yes"}), ExitCode::NotPermitted);

    QVERIFY2(contains(cli.err, "pid 1 is never ended: it is the first process of the system."), cli.err.c_str());
    QVERIFY(onlyRefusal() == AuditRefusal::NeverEnded);
    QCOMPARE(entries().front().targets.front().id.pid, 1);
    QVERIFY(entries().front().targets.front().signals.empty());
}

void tst_EndingCommands::recycledPidIsNotTouched()
{
    const Quay::Test::ForkedChild stranger;
    const auto handle = Quay::PidFd::open(stranger.pid());
    QVERIFY(handle);
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = stranger.pid(), .parent = 1010, .command = "node server.js", .startTicks = 1});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;

    QCOMPARE(cli.run({"stop", std::to_string(stranger.pid()), "--force"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, "its number belongs to another process now, which was not touched"), cli.out.c_str());
    QVERIFY(!handle->hasEnded().value());
}

void tst_EndingCommands::attemptThatCannotBeRecordedGoesOn()
{
    QFile inTheWay(m_directory->filePath(QStringLiteral("quaymaster"))); // where a directory is to be made
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    PlannedCli cli(devMachine());
    cli.ticker.ticks = 1'000'000;

    QCOMPARE(cli.run({"stop", "1022"}), ExitCode::Done);

    QVERIFY2(contains(cli.err, "This was not recorded"), cli.err.c_str());
    QVERIFY2(contains(cli.err, "Nothing can be written to " + m_directory->path().toStdString() + "/quaymaster ("),
             cli.err.c_str());
    QVERIFY2(contains(cli.err, "XDG_STATE_HOME"), cli.err.c_str());
    QVERIFY2(contains(cli.out, "esbuild 1022"), cli.out.c_str());
}

void tst_EndingCommands::dryRunOfWhatIsRefusedIsNotRecorded()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"stop", "1", "--dry-run", "--json"}), ExitCode::NotPermitted);

    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(report.value(QStringLiteral("isDryRun")).toBool(false), true);
    QCOMPARE(attempts(), std::size_t{0});
}

void tst_EndingCommands::refusalIsPrintedAsJson_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QString>("refusal");
    QTest::newRow("zombie") << Words{"stop", "1021", "--yes", "--json"} << QStringLiteral("zombie");
    QTest::newRow("never ended") << Words{"stop", "1", "--json"} << QStringLiteral("neverEnded");
    QTest::newRow("no such process") << Words{"stop", "4711", "--json"} << QStringLiteral("gone");
    QTest::newRow("hidden") << Words{"free", "5432", "--no-ask-password", "--json"} << QStringLiteral("ownerHidden");
}

void tst_EndingCommands::refusalIsPrintedAsJson()
{
    QFETCH(const Words, words);
    QFETCH(const QString, refusal);
    auto machine = machineWithZombie("node spawn.js");
    machine.listen({.port = 5432});
    PlannedCli cli(machine);

    QVERIFY(cli.run(words) != ExitCode::Done);

    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(report.value(QStringLiteral("refusal")).toString(), refusal);
    QCOMPARE(report.value(QStringLiteral("isSuccess")).toBool(true), false);
    QCOMPARE(report.value(QStringLiteral("isDryRun")).toBool(true), false);
}

void tst_EndingCommands::drainingIsInThePlan()
{
    PlannedCli text(devMachine());
    QCOMPARE(text.run({"free", "3000", "--drain", "10s", "--dry-run"}), ExitCode::Done);
    QVERIFY2(contains(text.out, "Waits at most 10 s for 2 connection(s) to end before the signal goes.\n"),
             text.out.c_str());
    QVERIFY2(!contains(text.out, "will be cut"), text.out.c_str());

    PlannedCli json(devMachine());
    QCOMPARE(json.run({"free", "3000", "--drain", "10", "--dry-run", "--json"}), ExitCode::Done);
    const auto plan = QJsonDocument::fromJson(QByteArray::fromStdString(json.out)).object();
    QCOMPARE(plan.value(QStringLiteral("drainNs")).toInteger(), 10'000'000'000);
    QVERIFY(plan.value(QStringLiteral("connectionsCut")).isNull());
}

void tst_EndingCommands::wayOutIsSaidWhereNobodyIsAsked()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "nodemon server.js"});
    machine.add({.pid = 1021, .parent = 1020, .command = "node server.js"});
    PlannedCli cli(machine);

    std::ignore = cli.run({"stop", "1021", "--json"}); // 1021 is made up

    QVERIFY2(contains(cli.err, "With --stop-manager --yes, what would start it again is stopped as well.\n"),
             cli.err.c_str());
    const auto report = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    const auto reviver = report.value(QStringLiteral("revivers")).toArray().at(0).toObject();
    QCOMPARE(reviver.value(QStringLiteral("wayOut")).toString(), QStringLiteral("--stop-manager"));
}

void tst_EndingCommands::managerThatHasStartedUsIsNotOffered()
{
    PlannedCli cli(machineOfPanes());
    cli.prompter.answer = true;

    std::ignore = cli.run({"free", "3000"}); // 1021 is made up

    QCOMPARE(cli.prompter.questions, std::vector{QStringLiteral("End 1 process(es)?")});
    QVERIFY2(contains(cli.err, "mprocs (1020) may start it again.\n"), cli.err.c_str());
    QVERIFY2(!contains(cli.err, "is never ended"), cli.err.c_str());
}

void tst_EndingCommands::managerThatHasStartedUsIsNotStopped()
{
    PlannedCli cli(machineOfPanes());

    QCOMPARE(cli.run({"free", "3000", "--stop-manager", "--dry-run", "--json"}), ExitCode::Done);

    QVERIFY2(contains(cli.err, "pid 1020 is never ended: Quaymaster was started from it.\n"), cli.err.c_str());
    const auto plan = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    QCOMPARE(plan.value(QStringLiteral("targets")).toArray().size(), 1);
    QVERIFY(plan.value(QStringLiteral("waysOut")).toArray().isEmpty());
}

void tst_EndingCommands::commandsThatEndATreeAreAgreedToWhereNobodyIsAsked_data()
{
    QTest::addColumn<std::optional<bool>>("answer");
    QTest::addColumn<std::string>("consent");
    QTest::addRow("nobody to ask") << std::optional<bool>() << std::string(" --yes");
    QTest::addRow("somebody at a terminal") << std::optional(true) << std::string();
}

void tst_EndingCommands::commandsThatEndATreeAreAgreedToWhereNobodyIsAsked()
{
    QFETCH(const std::optional<bool>, answer);
    QFETCH(const std::string, consent);
    const auto machine = devMachine();
    auto profile = std::make_shared<Quay::OwnerProfile>();
    profile->ancestry.steps = {{.process = machine.process(1021)}, {.process = machine.process(1020)}};
    auto holder = *Quay::Test::listenerFrom({.port = 3000});
    holder.owners = {{.process = machine.process(1021), .profile = profile, .fd = 3}};
    std::vector<std::string> ways{"quay stop web", "--stop-manager"};
    Quay::addWaysOut(ways, {std::make_shared<const Quay::Listener>(holder)});

    ScriptedCli quay;
    quay.prompter.answer = answer;
    Quay::Test::TextOutput out(quay.traits);
    Quay::Test::TextOutput err(quay.traits);
    Quay::UserNames users;
    Quay::CommandContext context{.out = out,
                                 .err = err,
                                 .machine = quay.machine,
                                 .users = users,
                                 .ticker = quay.ticker,
                                 .prompter = quay.prompter,
                                 .authority = quay.authority,
                                 .managers = quay.managers};
    Quay::sayWaysOut(context, ways);
    Quay::sayLoops(context, {machine.process(1010)});

    QVERIFY2(contains(err.text, ": quay stop web\n"), err.text.c_str());
    QVERIFY2(contains(err.text, "With --stop-manager" + consent + ", what"), err.text.c_str());
    QVERIFY2(contains(err.text, ": quay stop 1020 --scope tree" + consent + '\n'), err.text.c_str());
    QVERIFY2(contains(err.text, "'quay stop 1010 --signal HUP --scope tree" + consent + "'\n"), err.text.c_str());
}

/// Two sockets, as IPv4 and IPv6 are.
void tst_EndingCommands::samePortIsSaidOnce()
{
    auto machine = devMachine();
    machine.listen({.port = 3000, .owners = {1021}});
    PlannedCli cli(machine);
    cli.ticker.ticks = 1'000'000;

    std::ignore = cli.run({"free", "3000"}); // 1021 is made up, and nobody holds the port in truth

    const std::string said = cli.out + cli.err;
    QCOMPARE(QString::fromStdString(said).count(QStringLiteral("port 3000"), Qt::CaseInsensitive), 1);
}

void tst_EndingCommands::manyPortsAreSaidInOneSentence()
{
    PlannedCli cli(devMachine());

    std::ignore = cli.run({"free", "4000-4001", "4002", "4010"}); // nobody holds them

    QCOMPARE(cli.out, std::string("Ports 4000 to 4002 are free.\nPort 4010 is free.\n"));
}

void tst_EndingCommands::manySocketsAreOneWordOfThePlan()
{
    auto machine = devMachine();
    for (const std::uint16_t port : {5003, 5001, 5002, 5010}) {
        machine.listen({.port = port, .owners = {1021}});
    }
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"free", "4990-5002", "--dry-run"}), ExitCode::Done);

    QVERIFY2(contains(cli.out, ":5001-5003, "), cli.out.c_str());
    QVERIFY2(contains(cli.out, ":5010"), cli.out.c_str());
    QVERIFY2(contains(cli.out, "Ports 4990 to 5000 are free."), cli.out.c_str());
}

void tst_EndingCommands::whoHoldsWhatIsInTheJson()
{
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run({"free", "3000", "--dry-run", "--json"}), ExitCode::Done);

    const auto plan = QJsonDocument::fromJson(QByteArray::fromStdString(cli.out)).object();
    const auto held = plan.value(QStringLiteral("held")).toArray();
    QVERIFY(!held.isEmpty());
    QCOMPARE(held.at(0)[QStringLiteral("pid")],
             plan.value(QStringLiteral("targets")).toArray().at(0)[QStringLiteral("pid")]);
    QCOMPARE(held.at(0)[QStringLiteral("port")].toInt(), 3000);
    QVERIFY(plan.value(QStringLiteral("takenBy")).toArray().isEmpty());
}

void tst_EndingCommands::nobodyToStopIsSaid()
{
    auto machine = Quay::Test::planDesktop();
    machine.add({.pid = 1020, .parent = 1010, .command = "node server.js"}); // typed into a shell
    machine.listen({.port = 3000, .owners = {1020}});
    PlannedCli cli(machine);

    QCOMPARE(cli.run({"free", "3000", "--dry-run", "--stop-manager"}), ExitCode::Done);

    QVERIFY2(contains(cli.err, "Nobody is known who would start it again, so nobody else is stopped.\n"),
             cli.err.c_str());
}

void tst_EndingCommands::wrongUsageIsRefused_data()
{
    QTest::addColumn<Words>("words");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const Words &words, const char *complaint) {
        QTest::addRow("%s", name) << words << QString::fromLatin1(complaint);
    };
    row("no port", {"free"}, "An argument is missing: PORT.");
    row("port 0", {"free", "0"}, "'0' is not a port.");
    row("no number", {"free", "3000", "http"}, "'http' is not a port.");
    row("nearly all ports", {"free", "1-60000"}, "No more than 1000 ports can be freed at once, and these are 60000.");
    row("range from its end", {"free", "3010-3000"}, "'3010-3000' is not a port.");
    row("no process", {"stop"}, "An argument is missing: NAME|PID.");
    row("process 0", {"stop", "0"}, "'0' is not the number of a process.");
    row("negative process", {"stop", "--", "-1"}, "'-1' is not the number of a process.");
    row("too large a process", {"stop", "99999999999"}, "'99999999999' is not the number of a process.");
    row("no pid", {"stop", "pid:abc"}, "'pid:abc' is not the number of a process.");
    row("no pid at all", {"stop", "pid:"}, "'pid:' is not the number of a process.");
    row("pid 0", {"stop", "1020", "pid:0"}, "'pid:0' is not the number of a process.");
    row("pid and server", {"stop", "pid:1020", "web"}, "Servers and processes cannot be stopped at once");
    row("file for a process", {"stop", "1020", "--file", "x"}, "--file is for servers");
    row("time for a process", {"stop", "1020", "--timeout", "3s"}, "--timeout is for servers");
    row("empty drain", {"free", "3000", "--drain", ""}, "'--drain' needs a value.");
    row("empty signal", {"stop", "1020", "--signal", ""}, "'--signal' needs a value.");
    row("empty signal behind an equals sign", {"stop", "1020", "--signal="}, "'--signal' needs a value");
    row("empty grace", {"free", "3000", "--grace", ""}, "'--grace' needs a value.");
    row("signal twice", {"stop", "1020", "--signal", "INT", "--signal", "TERM"},
        "'--signal' was given more than once.");
    row("no second signal", {"stop", "1020", "--signal", "INT", "--signal"}, "'--signal' needs a value");
    row("grace", {"free", "3000", "--grace", "5x"},
        "'5x' is not a duration. Allowed are seconds (5, 0.5) and numbers with a unit (500ms, 2m, 1h), up to a day.");
    row("drain", {"free", "3000", "--drain", "soon"}, "'soon' is not a duration.");
    row("scope", {"free", "3000", "--scope", "all"}, "'all' is not a scope.");
    row("signal", {"free", "3000", "--signal", "TREM"}, "'TREM' is not a signal.");
    row("force and drain", {"stop", "1020", "--force", "--drain", "1s"}, "cannot be combined with --drain 1s");
    row("force and signal", {"stop", "1020", "--force", "--signal", "INT"}, "cannot be combined with --signal INT");
}

void tst_EndingCommands::wrongUsageIsRefused()
{
    QFETCH(const Words, words);
    QFETCH(const QString, complaint);
    PlannedCli cli(devMachine());

    QCOMPARE(cli.run(words), ExitCode::Usage);

    QVERIFY2(contains(cli.err, complaint.toStdString()), cli.err.c_str());
    QVERIFY(cli.machine.looks.empty()); // refused before anybody looked
    QCOMPARE(attempts(), std::size_t{0});
}

QTEST_GUILESS_MAIN(tst_EndingCommands)
#include "tst_endingcommands.moc"
