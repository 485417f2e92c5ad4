// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/readfile.h"
#include "core/base/uniquefd.h"
#include "core/base/writefile.h"
#include "core/kernel/bootid.h"
#include "core/kernel/procfs.h"
#include "core/logs/logreader.h"
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "core/supervise/leftovers.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runpresence.h"
#include "tests/support/endchild.h"
#include "tests/support/smalldisk.h"
#include "tests/support/supervisedrun.h"
#include "tests/support/testserver.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace std::chrono_literals;
using Quay::ControlVerb;
using Quay::LaunchProblem;
using Quay::LeftOverEvidence;
using Quay::OutputStream;
using Quay::ProcFs;
using Quay::RunEventKind;
using Quay::RunState;
using Quay::Test::ServerRoom;
using Quay::Test::SmallDisk;
using Quay::Test::SupervisedRun;

namespace {

std::string why(const std::expected<SupervisedRun, Quay::LaunchFailure> &run)
{
    return run ? "" : run.error().error.subject + ": " + std::to_string(run.error().error.sysErrno);
}

} // namespace

/// What goes wrong around a supervised server.
class tst_LiveSuperviseFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_room.reset(); }

    void sameServerDoesNotRunTwice();
    void lockThatWasReplacedIsNotBelieved();
    void killedSupervisorLeavesServerThatIsFound();
    void leftOversAreFoundWithoutALease();
    void whoClearedItsEnvironmentIsFound();
    void garbageLeaseIsNoObstacle();
    void leaseOfAnEarlierBootIsNoObstacle();
    void recycledPidIsNotBelieved();
    void deadLauncherMakesNoDifference();
    void fullDiskIsSurvived();
    void fileThatMayNotGrowIsSurvived();
    void readOnlyStateIsRefused();
    void missingProgramIsTold();
    void clockThatIsSetBackLosesNoLine();

private:
    [[nodiscard]] Quay::RunPresence presence() const;
    /// A server whose supervisor was killed. Its processes are left.
    [[nodiscard]] SupervisedRun abandoned(const std::string &script);

    std::unique_ptr<ProcFs> m_proc;
    std::unique_ptr<ServerRoom> m_room;
};

void tst_LiveSuperviseFaults::init()
{
    m_room = std::make_unique<ServerRoom>();
    m_proc = std::make_unique<ProcFs>(ProcFs::open().value());
}

Quay::RunPresence tst_LiveSuperviseFaults::presence() const
{
    return Quay::runPresence(*m_proc, m_room->places(), Quay::serverKey(m_room->server()));
}

SupervisedRun tst_LiveSuperviseFaults::abandoned(const std::string &script)
{
    auto run = SupervisedRun::start(m_room->describeShell(script)).value();
    static_cast<void>(run.waitForLine("up"));
    run.signalSupervisor(SIGKILL);
    static_cast<void>(run.waitForEnd());
    return run;
}

void tst_LiveSuperviseFaults::sameServerDoesNotRunTwice()
{
    const auto first = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(first, why(first).c_str());

    const auto second = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY(!second);
    QCOMPARE(second.error().problem, LaunchProblem::AlreadyRunning);
    QCOMPARE(second.error().holder, std::optional(first->launched().supervisor));
    QCOMPARE(second.error().since, std::optional(first->ask({.verb = ControlVerb::Status})->startedAt));
    QCOMPARE(presence().state, RunState::Running);
    QVERIFY(presence().lease->server == first->launched().server);
}

void tst_LiveSuperviseFaults::lockThatWasReplacedIsNotBelieved()
{
    const auto first = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(first, why(first).c_str());
    std::filesystem::remove(m_room->places().lock());

    const auto second = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY(!second);
    QCOMPARE(second.error().problem, LaunchProblem::AlreadyRunning);
}

void tst_LiveSuperviseFaults::killedSupervisorLeavesServerThatIsFound()
{
    const auto run = abandoned("setsid sh -c 'sleep 1000; :' & echo up; sleep 1000; :");

    QVERIFY(Quay::Test::waitUntil([&] { return presence().leftOvers.size() == 4; })); // both shells and their sleeps
    const auto seen = presence();
    const auto again = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QCOMPARE(seen.state, RunState::LeftOver);
    QVERIFY(std::ranges::contains(seen.leftOvers, run.launched().server, &Quay::LeftOver::process));
    QVERIFY(!again);
    QCOMPARE(again.error().problem, LaunchProblem::LeftOvers);
    m_room->clear();
    QCOMPARE(presence().state, RunState::Gone);
    const auto third = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));
    QVERIFY2(third, why(third).c_str());
}

void tst_LiveSuperviseFaults::leftOversAreFoundWithoutALease()
{
    const auto run = abandoned("echo up; sleep 1000; :");
    QVERIFY(Quay::replaceFile(m_room->places().lease(), "garbage").has_value());

    QVERIFY(Quay::Test::waitUntil([&] { return presence().leftOvers.size() == 2; })); // the shell and its sleep
    const auto seen = presence();

    QCOMPARE(seen.state, RunState::LeftOver);
    QVERIFY(seen.problem.has_value());
    const auto server = std::ranges::find(seen.leftOvers, run.launched().server, &Quay::LeftOver::process);
    QVERIFY(server != seen.leftOvers.end());
    QCOMPARE(server->evidence, LeftOverEvidence::Environment);
    QCOMPARE(server->name, std::string("sh"));
}

void tst_LiveSuperviseFaults::whoClearedItsEnvironmentIsFound()
{
    // One by its descent, and one by its session: its parent is gone.
    const auto run = abandoned("env -i sleep 1000 & env -i sh -c 'sleep 1001 & exit' ; echo up; wait");

    auto lease = Quay::readLease(m_room->places().lease()).value();
    lease.cgroup.reset();
    std::vector<Quay::LeftOver> found;
    const auto areFoundByOtherMeans = [&] {
        found = Quay::findLeftOvers(*m_proc, Quay::serverKey(m_room->server()), lease);
        std::vector<LeftOverEvidence> evidence;
        std::ranges::transform(found, std::back_inserter(evidence), &Quay::LeftOver::evidence);
        std::ranges::sort(evidence);
        return evidence == std::vector{LeftOverEvidence::Server, LeftOverEvidence::Session, LeftOverEvidence::Descent};
    };
    QVERIFY(Quay::Test::waitUntil(areFoundByOtherMeans)); // until each has executed its program it has a mark

    for (const auto &leftOver : found) { // room does not know those without a mark once the others are gone
        const auto pinned = Quay::PinnedProcess::open(*m_proc, leftOver.process.id, leftOver.process.serial);
        QVERIFY(pinned && pinned->handle().signal(SIGKILL));
    }
    QVERIFY(Quay::Test::waitUntil([&] { return presence().state == RunState::Gone; }));
    static_cast<void>(run);
}

void tst_LiveSuperviseFaults::garbageLeaseIsNoObstacle()
{
    std::filesystem::create_directories(m_room->places().runtimeDirectory);
    QVERIFY(Quay::replaceFile(m_room->places().lease(), std::string("\0\xff lease", 8)).has_value());
    QCOMPARE(presence().state, RunState::Unreadable);

    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY2(run, why(run).c_str());
    QCOMPARE(presence().state, RunState::Running);
}

void tst_LiveSuperviseFaults::leaseOfAnEarlierBootIsNoObstacle()
{
    std::filesystem::create_directories(m_room->places().runtimeDirectory);
    const Quay::Lease lease{.bootId = "00000000-0000-0000-0000-000000000000",
                            .runId = "1",
                            .supervisor = Quay::markOf(*m_proc, ::getpid()).value(),
                            .startedAt = Quay::runTimeOf(Quay::systemClock())};
    QVERIFY(Quay::writeLease(m_room->places().lease(), lease).has_value());
    QCOMPARE(presence().state, RunState::Gone);

    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY2(run, why(run).c_str());
}

void tst_LiveSuperviseFaults::recycledPidIsNotBelieved()
{
    std::filesystem::create_directories(m_room->places().runtimeDirectory);
    // As if our own pid had been the supervisor's, and the server's.
    auto own = Quay::markOf(*m_proc, ::getpid()).value();
    Quay::Lease lease{.bootId = Quay::readBootId(*m_proc).value(),
                      .runId = "1",
                      .supervisor = own,
                      .startedAt = Quay::runTimeOf(Quay::systemClock())};
    QVERIFY(Quay::writeLease(m_room->places().lease(), lease).has_value());
    QCOMPARE(presence().state, RunState::Running); // it would be believed
    for (const bool hasSerial : {true, false}) {
        if (hasSerial && own.serial) {
            lease.supervisor.serial = *own.serial + 1; // within one clock tick, only the serial tells
        } else {
            lease.supervisor = {.id = {.pid = own.id.pid, .startTicks = own.id.startTicks - 1}, .serial = {}};
        }
        lease.server = lease.supervisor;
        QVERIFY(Quay::writeLease(m_room->places().lease(), lease).has_value());

        QCOMPARE(presence().state, RunState::Gone);
    }

    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY2(run, why(run).c_str());
}

void tst_LiveSuperviseFaults::deadLauncherMakesNoDifference()
{
    for (int round = 0; round < 10; ++round) {
        const auto description = m_room->describeShell("exec sleep 1000");
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        const Quay::UniqueFd reading(ends[0]);
        Quay::UniqueFd writing(ends[1]);
        const pid_t launcher = ::fork();
        if (launcher == 0) {
            const auto launch = Quay::Launch::begin(Quay::Test::superviseProgram(), description);
            static_cast<void>(::write(writing.get(), launch ? "1" : "0", 1));
            ::pause();
        }
        writing.reset();
        char isBegun = '0';
        QCOMPARE(::read(reading.get(), &isBegun, 1), ssize_t{1});

        Quay::Test::endChild(launcher);

        QCOMPARE(isBegun, '1');
        const auto runs = [&] {
            const auto record = Quay::readRunRecord(description.places.record(description.runId));
            return record && !record->events.empty() && record->events.front().kind == RunEventKind::Started;
        };
        QVERIFY(Quay::Test::waitUntil(runs));
        QVERIFY(Quay::Test::waitUntil([&] { return presence().state == RunState::Running; }));
        m_room->clear();
    }
}

void tst_LiveSuperviseFaults::fullDiskIsSurvived()
{
    if (::geteuid() != 0) {
        QSKIP("only root can mount a small disk");
    }
    const SmallDisk disk(m_room->directory() + "/state", 0, "size=256k");
    QVERIFY(disk.isMounted());
    const auto run = SupervisedRun::start(
        m_room->describeShell('\'' + Quay::Test::programPath("noisyserver")
                              + "' flood 20000 100; while ! test -e go; do sleep 0.02; done; echo last; exit 5"));
    QVERIFY2(run, why(run).c_str());
    const auto isFull = [&] {
        const auto status = run->ask({.verb = ControlVerb::Status});
        return status && status->logErrno == ENOSPC && status->lostBytes > 1'000'000;
    };
    QVERIFY(Quay::Test::waitUntil(isFull));

    QVERIFY(disk.grow("size=100m"));
    QVERIFY(Quay::replaceFile(m_room->directory() + "/go", "").has_value());

    QVERIFY(run->waitForEnd());
    const auto errors = run->texts(OutputStream::Error);
    const auto isSaid = [](const std::string &text) {
        return text.starts_with("quaymaster: ") && text.contains("No space left on device");
    };
    QCOMPARE(std::ranges::count_if(errors, isSaid), 1);
    QCOMPARE(run->texts(OutputStream::Output).back(), std::string("last"));
    const auto record = run->record();
    QCOMPARE(run->event(RunEventKind::OutputLost)->sysErrno, std::optional(ENOSPC));
    QVERIFY(run->event(RunEventKind::OutputLost)->count > 1'000'000U);
    QCOMPARE(run->event(RunEventKind::Exited)->status->code, std::optional(5));
    QVERIFY(record.hasEnded());
}

void tst_LiveSuperviseFaults::fileThatMayNotGrowIsSurvived()
{
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto run =
        SupervisedRun::start(m_room->describe({Quay::Test::programPath("noisyserver"), "flood", "5000", "100"}));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY2(run, why(run).c_str());

    QVERIFY(run->waitForEnd());

    QCOMPARE(run->event(RunEventKind::Exited)->status->code, std::optional(0));
    QCOMPARE(run->event(RunEventKind::OutputLost)->sysErrno, std::optional(EFBIG));
}

void tst_LiveSuperviseFaults::readOnlyStateIsRefused()
{
    if (::geteuid() != 0) {
        QSKIP("only root can mount a read-only disk");
    }
    const SmallDisk disk(m_room->directory() + "/state", MS_RDONLY, "size=256k");
    QVERIFY(disk.isMounted());

    const auto run = SupervisedRun::start(m_room->describeShell("exec sleep 1000"));

    QVERIFY(!run);
    QCOMPARE(run.error().problem, LaunchProblem::CannotWriteState);
    QCOMPARE(run.error().error.sysErrno, EROFS);
    QVERIFY2(run.error().error.subject.starts_with(m_room->places().stateDirectory), run.error().error.subject.c_str());
}

void tst_LiveSuperviseFaults::missingProgramIsTold()
{
    auto launch = Quay::Launch::begin("/quay/nowhere", m_room->describeShell("exec sleep 1000"));
    QVERIFY(launch.has_value());

    const auto outcome = launch->wait();

    QVERIFY(!outcome);
    QCOMPARE(outcome.error().problem, LaunchProblem::Failed);
    QCOMPARE(outcome.error().error.sysErrno, ENOENT);
}

/// Lines of a run are told by its times, and these go back with the clock.
void tst_LiveSuperviseFaults::clockThatIsSetBackLosesNoLine()
{
    const std::string &room = m_room->directory();
    const std::string program = room + "/supervise";
    QVERIFY(Quay::replaceFile(room + "/offset", "0").has_value());
    // Names in LD_PRELOAD end with a space, and that of the build tree may have one.
    std::filesystem::create_symlink(Quay::Test::programPath("clockoffset.so"), room + "/clockoffset.so");
    // A sanitizer of the program wants to be loaded first.
    QVERIFY(Quay::replaceFile(program,
                              "#!/bin/sh\nexport ASAN_OPTIONS=verify_asan_link_order=0 QUAY_CLOCK_OFFSET='" + room
                                  + "/offset' LD_PRELOAD='" + room + "/clockoffset.so'\nexec '"
                                  + Quay::Test::superviseProgram() + "' \"$@\"\n")
                .has_value());
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    const auto run = SupervisedRun::start(
        m_room->describeShell("echo before; until test -e go; do sleep 0.01; done; echo after; exit 3"), program);
    QVERIFY2(run, why(run).c_str());
    QVERIFY(run->waitForLine("before"));

    QVERIFY(Quay::replaceFile(room + "/offset", "-3600").has_value());
    QVERIFY(Quay::replaceFile(room + "/go", "").has_value());

    QVERIFY(run->waitForEnd());
    QVERIFY(run->event(RunEventKind::ClockSetBack));
    const auto lines = Quay::lastLogLines(m_room->places(), 10, run->description().runId);
    QVERIFY(lines);
    QCOMPARE(lines->size(), 2U);
    QCOMPARE(lines->front().text, std::string("before"));
    QCOMPARE(lines->back().text, std::string("after"));
    QVERIFY(lines->front().realTime - lines->back().realTime > 59min);
}

QTEST_GUILESS_MAIN(tst_LiveSuperviseFaults)
#include "tst_livesupervisefaults.moc"
