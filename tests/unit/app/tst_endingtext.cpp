// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/endingtext.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/processes/processinfo.h"
#include "core/processes/unit.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <string>

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
    void whoHeardNothingWasNotAsked();
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
    row(ended, "no\\ede 4711 ended 120 ms after SIGTERM."); // SIGKILL did not reach it
    row(targetIn(TargetStage::Ended), "no\\ede 4711 ended by itself.");
    row(zombie, "no\\ede 4711 had ended before, and stays until its parent (4700) takes note of it or ends.");
    row(targetIn(TargetStage::Recycled),
        "no\\ede 4711 had ended before; its number belongs to another process now, which was not touched.");
    row(targetIn(TargetStage::NeedsPermission), "no\\ede 4711 belongs to another user, and may not be stopped by you.");
    auto stopped = ended; // it had to be told to go on, to hear anything
    stopped.signals = {{.signal = SIGTERM}, {.signal = SIGCONT}};
    row(stopped, "no\\ede 4711 ended 120 ms after SIGTERM.");
    auto quick = ended;
    quick.endedAfter = 900us;
    row(quick, "no\\ede 4711 ended less than 1 ms after SIGTERM.");
    auto killed = ended;
    killed.signals = {{.signal = SIGTERM}, {.signal = SIGSTOP}, {.signal = SIGKILL}};
    killed.endedAfter = 5003ms;
    row(killed, "no\\ede 4711 ended 5 s after SIGTERM, once SIGKILL was sent.");
    auto killedAtOnce = ended;
    killedAtOnce.signals = {{.signal = SIGSTOP}, {.signal = SIGKILL}};
    row(killedAtOnce, "no\\ede 4711 ended 120 ms after SIGKILL.");
    auto crashed = ended;
    crashed.exit = Quay::ExitStatus{.signal = SIGSEGV};
    row(crashed, "no\\ede 4711 ended 120 ms after SIGTERM, by SIGSEGV.");
    auto failed = ended;
    failed.exit = Quay::ExitStatus{.code = 42};
    row(failed, "no\\ede 4711 ended 120 ms after SIGTERM, with exit code 42.");
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

void tst_EndingText::whoHeardNothingWasNotAsked()
{
    const Quay::Error denied{.code = Quay::ErrorCode::Denied, .subject = "pid 4711"};
    const auto notAsked = QStringLiteral("no\\ede 4711 was not asked to stop, and still runs.");
    const auto notKilled = QStringLiteral("no\\ede 4711 was asked to stop and still runs.");
    auto left = targetIn(TargetStage::Left);
    left.isUninterruptible = true;

    left.signals = {{.signal = SIGTERM, .error = denied}};
    QCOMPARE(Quay::targetOutcomeText(left), notAsked);
    left.signals = {{.signal = SIGSTOP}, {.signal = SIGCONT}}; // SIGKILL was to follow
    QCOMPARE(Quay::targetOutcomeText(left), notAsked);
    left.signals = {{.signal = SIGTERM}, {.signal = SIGKILL, .error = denied}};
    QCOMPARE(Quay::targetOutcomeText(left), notKilled);
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
