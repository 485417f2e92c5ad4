// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/endingtext.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/processes/processinfo.h"
#include "tests/support/snapshots.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <string>

using Quay::PortState;
using Quay::TargetProgress;
using Quay::TargetStage;
using namespace std::chrono_literals;

namespace {

Quay::ProcessInfoPtr node()
{
    Quay::ProcessInfo process;
    process.id = {.pid = 4711, .startTicks = 1};
    process.parentPid = 4700;
    process.name = "no\x1b"
                   "de";
    return std::make_shared<const Quay::ProcessInfo>(process);
}

TargetProgress targetIn(TargetStage stage)
{
    return {.process = node(), .stage = stage};
}

Quay::PortOutcome portThatIs(PortState state)
{
    return {.listener = Quay::Test::listenerFrom({.port = 3000}), .proof = {.state = state}};
}

} // namespace

class tst_EndingText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signalsHaveNames();
    void stagesAreSaid_data();
    void stagesAreSaid();
    void outcomesAreSaid_data();
    void outcomesAreSaid();
    void portsAreSaid_data();
    void portsAreSaid();
    void holdersAreNamedOnce();
    void managerIsNamedPastItsWrappers_data();
    void managerIsNamedPastItsWrappers();
    void whoCameBackIsNamedWithItsUnit_data();
    void whoCameBackIsNamedWithItsUnit();
    void whatSomebodyWorksInIsNotToBeEnded_data();
    void whatSomebodyWorksInIsNotToBeEnded();
    void containersAreSaidWithTheirHost_data();
    void containersAreSaidWithTheirHost();
};

void tst_EndingText::signalsHaveNames()
{
    QCOMPARE(Quay::signalText(SIGTERM), QStringLiteral("SIGTERM"));
    QCOMPARE(Quay::signalText(63), QStringLiteral("signal 63"));
}

void tst_EndingText::stagesAreSaid_data()
{
    QTest::addColumn<TargetProgress>("target");
    QTest::addColumn<std::optional<std::chrono::nanoseconds>>("forcesIn");
    QTest::addColumn<QString>("text");
    const auto row = [](const TargetProgress &target, std::optional<std::chrono::nanoseconds> forcesIn,
                        const char *text) {
        QTest::addRow("%s", text) << target << forcesIn << QString::fromLatin1(text);
    };
    auto stuck = targetIn(TargetStage::Forced);
    stuck.isUninterruptible = true;
    row(targetIn(TargetStage::Waiting), {}, "waiting for its connections to end");
    row(targetIn(TargetStage::Asked), 3s, "asked to stop, 3 s left");
    row(targetIn(TargetStage::Asked), {}, "asked to stop");
    row(targetIn(TargetStage::Forced), {}, "killed, ending");
    row(stuck, {}, "killed, but the kernel waits for a device");
    row(targetIn(TargetStage::Ended), {}, "ended");
}

void tst_EndingText::stagesAreSaid()
{
    QFETCH(const TargetProgress, target);
    QFETCH(const std::optional<std::chrono::nanoseconds>, forcesIn);
    QFETCH(const QString, text);

    QCOMPARE(Quay::stageText(target, forcesIn), text);
}

void tst_EndingText::outcomesAreSaid_data()
{
    QTest::addColumn<TargetProgress>("target");
    QTest::addColumn<QString>("text");
    const auto row = [](const TargetProgress &target, const char *text) {
        QTest::addRow("%s", text) << target << QString::fromLatin1(text);
    };
    auto ended = targetIn(TargetStage::Ended);
    ended.signals = {{.signal = SIGTERM}, {.signal = SIGKILL, .error = Quay::Error{}}};
    ended.endedAfter = 120ms;
    auto zombie = targetIn(TargetStage::Ended);
    zombie.wasZombie = true;
    auto refused = targetIn(TargetStage::Refused);
    refused.error = Quay::Error{.code = Quay::ErrorCode::Denied, .subject = "pid 4711"};
    row(ended, "no\\ede 4711 ended on SIGTERM after 120 ms."); // SIGKILL did not reach it
    row(targetIn(TargetStage::Ended), "no\\ede 4711 ended by itself.");
    row(zombie, "no\\ede 4711 had ended before, and stays until its parent (4700) takes note of it or ends.");
    row(targetIn(TargetStage::Recycled),
        "no\\ede 4711 had ended before; its number belongs to another process now, which was not touched.");
    row(targetIn(TargetStage::NeedsPermission), "no\\ede 4711 belongs to another user, and may not be stopped by you.");
    auto stopped = ended; // it had to be told to go on, to hear anything
    stopped.signals = {{.signal = SIGTERM}, {.signal = SIGCONT}};
    row(stopped, "no\\ede 4711 ended on SIGTERM after 120 ms.");
    auto crashed = ended;
    crashed.exit = Quay::ExitStatus{.signal = SIGSEGV};
    row(crashed, "no\\ede 4711 ended on SIGTERM after 120 ms, by SIGSEGV.");
    auto failed = ended;
    failed.exit = Quay::ExitStatus{.code = 42};
    row(failed, "no\\ede 4711 ended on SIGTERM after 120 ms, with exit code 42.");
    auto left = targetIn(TargetStage::Left);
    row(left, "no\\ede 4711 was not asked to stop, and still runs.");
    left.signals = {{.signal = SIGTERM}};
    row(left, "no\\ede 4711 was asked to stop and still runs.");
    left.signals.push_back({.signal = SIGKILL});
    left.isUninterruptible = true;
    row(left, "no\\ede 4711 was killed, but the kernel waits for a device (state D); it will end when that answers.");
    row(targetIn(TargetStage::Forced), "no\\ede 4711 still runs.");
}

void tst_EndingText::outcomesAreSaid()
{
    QFETCH(const TargetProgress, target);
    QFETCH(const QString, text);

    QCOMPARE(Quay::targetOutcomeText(target), text);
}

void tst_EndingText::portsAreSaid_data()
{
    QTest::addColumn<Quay::PortOutcome>("port");
    QTest::addColumn<QString>("text");
    const auto row = [](const Quay::PortOutcome &port, const char *text) {
        QTest::addRow("%s", text) << port << QString::fromLatin1(text);
    };
    auto lingering = portThatIs(PortState::Lingering);
    lingering.proof.remains = {{.state = Quay::SocketState::TimeWait, .count = 2}};
    auto bound = portThatIs(PortState::Lingering);
    bound.proof.remains = {
        {.state = Quay::SocketState::CloseWait, .count = 1, .users = {}},
        {.state = Quay::SocketState::Closed, .count = 1, .users = {{.pid = 4711, .name = "no\x1b"}}},
    };
    auto free = portThatIs(PortState::Free);
    free.proof.remains = {{.state = Quay::SocketState::TimeWait, .count = 1}};
    auto neverHeld = portThatIs(PortState::FreeUntested);
    neverHeld.wasHeld = false;
    auto unknown = portThatIs(PortState::Unknown);
    row(portThatIs(PortState::Free), "Port 3000 is free.");
    row(free,
        "Port 3000 is free. A program without SO_REUSEADDR has to wait for what remains: 1 closed connection(s) that "
        "the kernel keeps for a minute (TIME_WAIT).");
    row(portThatIs(PortState::FreeUntested), "Nobody listens on port 3000 any more.");
    row(neverHeld, "Nobody listens on port 3000.");
    row(portThatIs(PortState::Held), "Port 3000 is held by a process that is hidden from you.");
    row(portThatIs(PortState::Lingering), "Nobody listens on port 3000, but it cannot be bound yet.");
    row(lingering,
        "Nobody listens on port 3000, but it cannot be bound yet: 2 closed connection(s) that the kernel keeps for a "
        "minute (TIME_WAIT).");
    row(bound,
        "Nobody listens on port 3000, but it cannot be bound yet: 1 connection(s) that the peer has closed and nobody "
        "here (CLOSE_WAIT), 1 socket(s) that were bound and do not listen, of no\\e 4711. It does not "
        "go away by itself: 'quay stop 4711' ends who has it.");
    row(unknown, "Whether port 3000 is free could not be found out.");
}

void tst_EndingText::portsAreSaid()
{
    QFETCH(const Quay::PortOutcome, port);
    QFETCH(const QString, text);

    QCOMPARE(Quay::portOutcomeText(port, {}), text);
}

void tst_EndingText::holdersAreNamedOnce()
{
    const auto v4 =
        Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 1, .name = "a"}, {.pid = 2, .name = "b"}}});
    const auto v6 = Quay::Test::listenerFrom({.port = 3000, .address = "::1", .owners = {{.pid = 1, .name = "a"}}});

    QCOMPARE(Quay::portOutcomeText(portThatIs(PortState::Held), {v4, v6}),
             QStringLiteral("Port 3000 is held by a 1, b 2."));
}

void tst_EndingText::managerIsNamedPastItsWrappers_data()
{
    QTest::addColumn<QStringList>("wrapper");
    QTest::addColumn<Quay::LauncherKind>("above");
    QTest::addColumn<QString>("starter");
    const QStringList script{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("vite")};
    QTest::newRow("supervisor") << script << Quay::LauncherKind::ProcessManager << "above";
    QTest::newRow("shell at a prompt between")
        << QStringList{QStringLiteral("sh")} << Quay::LauncherKind::ProcessManager << "sh";
    QTest::newRow("no manager") << script << Quay::LauncherKind::Terminal << "sh";
}

void tst_EndingText::managerIsNamedPastItsWrappers()
{
    QFETCH(const QStringList, wrapper);
    QFETCH(const Quay::LauncherKind, above);
    QFETCH(const QString, starter);
    auto owner = Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}})->owners.front();
    auto profile = *owner.profile;
    Quay::ProcessInfo shell;
    shell.name = "sh";
    for (const auto &argument : wrapper) {
        shell.arguments.push_back(argument.toStdString());
    }
    Quay::ProcessInfo manager;
    manager.name = "above";
    profile.ancestry.steps = {
        {.process = owner.process},
        {.process = std::make_shared<const Quay::ProcessInfo>(shell), .launcher = Quay::LauncherKind::Shell},
        {.process = std::make_shared<const Quay::ProcessInfo>(manager), .launcher = above}};
    owner.profile = std::make_shared<const Quay::OwnerProfile>(profile);

    const auto *const found = Quay::starterOf(owner);

    QVERIFY(found != nullptr);
    QCOMPARE(QString::fromStdString(found->process->name), starter);
}

void tst_EndingText::whoCameBackIsNamedWithItsUnit_data()
{
    QTest::addColumn<Quay::UnitKind>("kind");
    QTest::addColumn<QString>("end");
    const auto row = [](const char *name, Quay::UnitKind kind, const char *end) {
        QTest::newRow(name) << kind << QString::fromLatin1(end);
    };
    row("nothing", Quay::UnitKind::None, "started by systemd 1.");
    row("scope", Quay::UnitKind::Scope, "started by systemd 1.");
    row("unit", Quay::UnitKind::SystemService, "started by systemd 1 for the unit a.service.");
    row("user's unit", Quay::UnitKind::UserService, "started by systemd 1 for the unit a.service.");
    row("container", Quay::UnitKind::Container, "started by systemd 1 in the container a.service.");
}

void tst_EndingText::whoCameBackIsNamedWithItsUnit()
{
    QFETCH(const Quay::UnitKind, kind);
    QFETCH(const QString, end);
    auto holder = *Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}});
    auto profile = *holder.owners.front().profile;
    Quay::ProcessInfo systemd;
    systemd.id = {.pid = 1, .startTicks = 1};
    systemd.name = "systemd";
    profile.unit.kind = kind;
    profile.unit.name = "a.service";
    profile.ancestry.steps = {{.process = holder.owners.front().process},
                              {.process = std::make_shared<const Quay::ProcessInfo>(systemd)}};
    holder.owners.front().profile = std::make_shared<const Quay::OwnerProfile>(profile);
    auto port = portThatIs(PortState::Held);
    port.cameBack = true;

    QCOMPARE(Quay::portOutcomeText(port, {std::make_shared<const Quay::Listener>(holder)}),
             QString(QStringLiteral("Port 3000 was free and came back: node 7 took it, ") + end));
}

void tst_EndingText::whatSomebodyWorksInIsNotToBeEnded_data()
{
    using enum Quay::LauncherKind;
    QTest::addColumn<Quay::LauncherKind>("launcher");
    QTest::addColumn<std::vector<std::string>>("arguments");
    QTest::addColumn<bool>("isToBeEnded");
    const auto row = [](const char *name, Quay::LauncherKind launcher, const std::vector<std::string> &arguments,
                        bool isToBeEnded) { QTest::newRow(name) << launcher << arguments << isToBeEnded; };
    row("program", None, {"python3", "loop.py"}, true);
    row("manager", ProcessManager, {"nodemon"}, true);
    row("script", Shell, {"bash", "loop.sh"}, true);
    row("session", Shell, {"-bash"}, false);
    row("terminal", Terminal, {"konsole"}, false);
    row("editor", Ide, {"code"}, false);
    row("agent", CodingAgent, {"agent"}, false);
    row("service manager", ServiceManager, {"/usr/lib/systemd/systemd", "--user"}, false);
}

void tst_EndingText::whatSomebodyWorksInIsNotToBeEnded()
{
    QFETCH(const Quay::LauncherKind, launcher);
    QFETCH(const std::vector<std::string>, arguments);
    QFETCH(const bool, isToBeEnded);
    auto owner = Quay::Test::listenerFrom({.port = 3000, .owners = {{.pid = 7, .name = "node"}}})->owners.front();
    Quay::ProcessInfo starter;
    starter.id = {.pid = 6, .startTicks = 1};
    starter.arguments = arguments;
    auto profile = *owner.profile;
    profile.ancestry.steps = {{.process = owner.process},
                              {.process = std::make_shared<const Quay::ProcessInfo>(starter), .launcher = launcher}};
    owner.profile = std::make_shared<const Quay::OwnerProfile>(profile);

    QVERIFY(Quay::starterOf(owner) != nullptr);
    QCOMPARE(Quay::starterToEnd(owner) != nullptr, isToBeEnded);
}

void tst_EndingText::containersAreSaidWithTheirHost_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<QString>("text");
    const std::string id(64, '4');
    const auto row = [](const char *name, const std::string &path, const char *text) {
        QTest::newRow(name) << path << QString::fromLatin1(text);
    };
    row("Docker", "/docker/" + id, "It runs in the container 444444444444, which may start it again.");
    row("pod", "/kubepods/pod1/" + id,
        "Kubernetes runs it in the container 444444444444 and will start it again. Only kubectl can stop that: delete "
        "its "
        "pod, or what has made the pod.");
    row("LXC", "/lxc.payload.web",
        "It runs in the container web, which may start it again. To stop that: lxc-stop --name web");
    row("nspawn", "/machine.slice/systemd-nspawn@web.service",
        "It runs in the container web, which may start it again. To stop that: machinectl poweroff web");
}

void tst_EndingText::containersAreSaidWithTheirHost()
{
    QFETCH(const std::string, path);
    QFETCH(const QString, text);
    const auto unit = Quay::unitFromCgroupPath(path);

    QCOMPARE(Quay::reviverText({.kind = Quay::ReviverKind::Container, .name = unit.name, .unit = unit}), text);
}

QTEST_GUILESS_MAIN(tst_EndingText)
#include "tst_endingtext.moc"
