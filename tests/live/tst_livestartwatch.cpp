// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/again/againlogs.h"
#include "core/again/startwatch.h"
#include "core/control/detachedstart.h"
#include "core/kernel/pidfd.h"
#include "tests/support/freeport.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>

using Quay::EarlyEnd;
using Quay::PidFd;
using Quay::PortClaim;
using Quay::StartWatch;
using Quay::Test::TestServer;

namespace {

const Quay::GoesOn Always = [] { return true; };

PortClaim claim(std::uint16_t port)
{
    return {.address = Quay::ipAddressFromText("127.0.0.1").value(), .port = port};
}

/// A shell's word for a server there, whose path may have a blank.
std::string serverAt(std::uint16_t port)
{
    return '"' + Quay::Test::programPath("testserver") + "\" listen --port " + std::to_string(port);
}

} // namespace

/// Real programs that are watched from their start.
class tst_LiveStartWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void whoStaysHasNotEnded();
    void whoEndsAtOnceIsTold();
    void statusIsKnownWhoeverAsks();
    void whoEndsWellHasEndedAllTheSame();
    void whatASignalEndedIsTold();
    void launcherThatLeavesItsServerHasNotEnded();
    void launcherThatFailedHasEnded();
    void daemonThatListensHasNotEnded();
    void expectedPortIsSeen();
    void silentPortIsNamed();
    void portThatAStrangerTakesIsNamed();
    void portOfAGrandchildIsItsOwn();
    void portThatSomebodyHasTellsNothing();
    void oneOfTwoHasEnded();
    void interruptionEndsTheWatch();
    void whoDoesNotListenHasItsTimeToo();
    void udpIsNotAwaited();

private:
    /// Starts it, and ends it when the test is over.
    void start(StartWatch &watch, const std::string &script);
    /// Has the process ended that the script has written the number of.
    void endAtTheEnd(pid_t pid) { m_handles.push_back(PidFd::open(pid).value()); }
    [[nodiscard]] pid_t writtenPid() const;
    [[nodiscard]] std::string log() const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::vector<PidFd> m_handles;
    int m_started = 0;
};

/// They are given to us in the place of init, which takes its time with asking how they ended where it is no real one.
void tst_LiveStartWatch::initTestCase()
{
    QCOMPARE(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
}

void tst_LiveStartWatch::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_started = 0;
}

void tst_LiveStartWatch::cleanup()
{
    for (const auto &handle : std::exchange(m_handles, {})) {
        std::ignore = handle.signal(SIGKILL);
    }
    while (::waitpid(-1, nullptr, 0) > 0) { }
}

std::string tst_LiveStartWatch::log() const
{
    return m_directory->filePath(QStringLiteral("%1.log").arg(m_started)).toStdString();
}

void tst_LiveStartWatch::start(StartWatch &watch, const std::string &script)
{
    ++m_started;
    const auto pid = Quay::startDetached({.name = "sh",
                                          .executable = "/bin/sh",
                                          .arguments = {"sh", "-c", script},
                                          .directory = "/",
                                          .environment = {"PATH=/usr/bin:/bin"}},
                                         log());
    QVERIFY2(pid, pid ? "" : pid.error().subject.c_str());
    watch.add(*pid, log());
    if (auto handle = PidFd::open(*pid)) {
        m_handles.push_back(*std::move(handle));
    }
}

pid_t tst_LiveStartWatch::writtenPid() const
{
    const auto lines = Quay::lastLinesOf(log());
    return lines.empty() ? 0 : static_cast<pid_t>(std::stol(lines.front()));
}

void tst_LiveStartWatch::whoStaysHasNotEnded()
{
    StartWatch watch({});
    start(watch, "exec sleep 600");

    watch.wait(Always);

    QVERIFY(!watch.earlyEnd(0));
}

void tst_LiveStartWatch::whoEndsAtOnceIsTold()
{
    StartWatch watch({});
    start(watch, "echo starting; echo cannot find it >&2; exit 3");

    watch.wait(Always);

    const auto end = watch.earlyEnd(0);
    QVERIFY(end.has_value());
    QVERIFY(end->after.count() > 0);
    QCOMPARE(end->lastLines, (std::vector<std::string>{"starting", "cannot find it"}));
    QVERIFY(end->exit.has_value());
    QCOMPARE(end->exit->code, std::optional(3));
}

/// Init has asked by then, or has not: a zombie has its status, and of one that is gone newer kernels know it.
void tst_LiveStartWatch::statusIsKnownWhoeverAsks()
{
    QCOMPARE(::prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
    StartWatch watch({});
    start(watch, "exit 3");

    watch.wait(Always);

    QCOMPARE(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    const auto end = watch.earlyEnd(0);
    QVERIFY(end.has_value());
    if (!end->exit && (m_handles.empty() || !m_handles.front().exitStatus())) {
        QSKIP("init was faster, and the kernel does not tell how another process ended");
    }
    QVERIFY(end->exit.has_value());
    QCOMPARE(end->exit->code, std::optional(3));
}

void tst_LiveStartWatch::whoEndsWellHasEndedAllTheSame()
{
    StartWatch watch({});
    start(watch, "exit 0");

    watch.wait(Always);

    QVERIFY(watch.earlyEnd(0).has_value());
}

void tst_LiveStartWatch::whatASignalEndedIsTold()
{
    StartWatch watch({});
    start(watch, "kill -SEGV $$");

    watch.wait(Always);

    const auto end = watch.earlyEnd(0);
    QVERIFY(end.has_value());
    QVERIFY(end->exit.has_value());
    QCOMPARE(end->exit->signal, SIGSEGV);
}

void tst_LiveStartWatch::launcherThatLeavesItsServerHasNotEnded()
{
    StartWatch watch({});
    start(watch, "sleep 600 & echo $!");

    watch.wait(Always);
    endAtTheEnd(writtenPid());

    QVERIFY(!watch.earlyEnd(0)); // whoever writes to its log does its work
    QVERIFY(watch.hasEnded(0));
}

void tst_LiveStartWatch::launcherThatFailedHasEnded()
{
    StartWatch watch({});
    start(watch, "sleep 600 & echo $!; exit 1");

    watch.wait(Always);
    endAtTheEnd(writtenPid());

    QVERIFY(watch.earlyEnd(0).has_value());
}

void tst_LiveStartWatch::daemonThatListensHasNotEnded()
{
    const std::uint16_t port = Quay::Test::HeldPort().port;
    StartWatch watch({claim(port)});
    start(watch, serverAt(port) + " </dev/null >/dev/null 2>&1 & echo $!");

    watch.wait(Always);
    endAtTheEnd(writtenPid());

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(!watch.earlyEnd(0));
}

void tst_LiveStartWatch::expectedPortIsSeen()
{
    const std::uint16_t port = Quay::Test::HeldPort().port;
    StartWatch watch({claim(port)});
    start(watch, "exec " + serverAt(port));

    watch.wait(Always);

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(watch.foreignPorts().empty());
    QVERIFY(!watch.earlyEnd(0));
}

void tst_LiveStartWatch::silentPortIsNamed()
{
    const auto silent = claim(Quay::Test::HeldPort().port);
    StartWatch watch({silent});
    start(watch, "exec sleep 600");

    watch.wait(Always);

    QCOMPARE(watch.silentPorts(), std::vector{silent});
    QVERIFY(!watch.earlyEnd(0)); // it may just take longer
}

void tst_LiveStartWatch::portThatAStrangerTakesIsNamed()
{
    const auto taken = claim(Quay::Test::HeldPort().port);
    StartWatch watch({taken});
    start(watch, "exec sleep 600");
    const auto stranger = TestServer::start({"listen", "--port", std::to_string(taken.port)});
    QVERIFY(stranger);

    watch.wait(Always);

    QVERIFY(watch.silentPorts().empty());
    QCOMPARE(watch.foreignPorts(), std::vector{taken});
}

void tst_LiveStartWatch::portOfAGrandchildIsItsOwn()
{
    const std::uint16_t port = Quay::Test::HeldPort().port;
    StartWatch watch({claim(port)});
    start(watch, "sh -c 'setsid " + serverAt(port) + " & echo $!; wait'; :");

    watch.wait(Always);
    endAtTheEnd(writtenPid());

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(watch.foreignPorts().empty());
}

void tst_LiveStartWatch::portThatSomebodyHasTellsNothing()
{
    const auto other = TestServer::start({"listen"});
    QVERIFY(other);
    StartWatch watch({claim(other->port())});
    start(watch, "echo $0 ended; exit 0");

    watch.wait(Always);

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(watch.earlyEnd(0).has_value()); // that somebody listens there is no work of its
}

void tst_LiveStartWatch::oneOfTwoHasEnded()
{
    StartWatch watch({});
    start(watch, "exec sleep 600");
    start(watch, "exit 1");

    watch.wait(Always);

    QVERIFY(!watch.earlyEnd(0));
    QVERIFY(watch.earlyEnd(1).has_value());
}

void tst_LiveStartWatch::interruptionEndsTheWatch()
{
    StartWatch watch({claim(Quay::Test::HeldPort().port)});
    start(watch, "exec sleep 600");
    int asked = 0;

    watch.wait([&asked] { return ++asked < 3; });

    QCOMPARE(asked, 3);
    QVERIFY(watch.wasInterrupted());
}

/// Not each of several has to listen.
void tst_LiveStartWatch::whoDoesNotListenHasItsTimeToo()
{
    const std::uint16_t port = Quay::Test::HeldPort().port;
    StartWatch watch({claim(port)});
    start(watch, "exec " + serverAt(port));
    start(watch, "sleep 0.3; exit 1");

    watch.wait(Always);

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(watch.earlyEnd(1).has_value());
}

void tst_LiveStartWatch::udpIsNotAwaited()
{
    auto asked = claim(Quay::Test::HeldPort().port);
    asked.protocol = Quay::Protocol::Udp; // a question to a name server, say
    StartWatch watch({asked});
    start(watch, "exit 0");

    watch.wait(Always);

    QVERIFY(watch.silentPorts().empty());
    QVERIFY(watch.earlyEnd(0).has_value());
}

QTEST_GUILESS_MAIN(tst_LiveStartWatch)
#include "tst_livestartwatch.moc"
