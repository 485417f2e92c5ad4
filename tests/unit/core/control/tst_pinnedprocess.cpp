// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/pinnedprocess.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <optional>
#include <semaphore>
#include <thread>

#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::PidFd;
using Quay::PinnedProcess;
using Quay::PinProblem;
using Quay::ProcessId;
using Quay::ProcFs;
using Quay::Test::FakeProc;
using Quay::Test::ForkedChild;

class tst_PinnedProcess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runningProcessIsPinned();
    void zombieIsPinned();
    void otherStartTimeIsRecycled();
    void otherSerialIsRecycledThoughTheStartTimeIsTheSame();
    void reapedProcessIsGone();
    void threadInItsPlaceIsRecycled();
    void hiddenProcessIsNoGoneOne();
    void pidOfNoProcessFails();
    void statIsOfThisProcessOnly();
};

namespace {

ProcFs proc()
{
    return *ProcFs::open();
}

ProcessId idOf(pid_t pid)
{
    return {.pid = pid, .startTicks = readProcStat(proc(), pid)->startTicks};
}

std::optional<std::uint64_t> serialOf(pid_t pid)
{
    const auto serial = PidFd::open(pid)->serial();
    return serial ? std::optional(*serial) : std::nullopt;
}

} // namespace

void tst_PinnedProcess::runningProcessIsPinned()
{
    const ForkedChild child;
    const ProcessId id = idOf(child.pid());

    const auto pinned = PinnedProcess::open(proc(), id, serialOf(child.pid()));

    QVERIFY(pinned.has_value());
    QCOMPARE(pinned->id(), id);
    QVERIFY(!pinned->isReaped());
    QCOMPARE(pinned->stat(proc())->parentPid, ::getpid());
}

void tst_PinnedProcess::zombieIsPinned()
{
    ForkedChild child;
    const ProcessId id = idOf(child.pid());
    const auto serial = serialOf(child.pid());
    child.end();

    const auto pinned = PinnedProcess::open(proc(), id, serial);

    QVERIFY(pinned.has_value());
    QVERIFY(!pinned->isReaped());
    QCOMPARE(pinned->stat(proc())->state, 'Z');
}

void tst_PinnedProcess::otherStartTimeIsRecycled()
{
    const ForkedChild child;
    ProcessId id = idOf(child.pid());
    --id.startTicks;

    const auto pinned = PinnedProcess::open(proc(), id, std::nullopt);

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Recycled);
    QCOMPARE(pinned.error().error.code, ErrorCode::Gone);
}

void tst_PinnedProcess::otherSerialIsRecycledThoughTheStartTimeIsTheSame()
{
    const ForkedChild child;
    const auto serial = serialOf(child.pid());
    if (!serial) {
        QSKIP("the kernel has none");
    }

    const auto pinned = PinnedProcess::open(proc(), idOf(child.pid()), *serial - 1);

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Recycled);
}

void tst_PinnedProcess::reapedProcessIsGone()
{
    ForkedChild child;
    const ProcessId id = idOf(child.pid());
    child.end();
    child.reap();

    const auto pinned = PinnedProcess::open(proc(), id, std::nullopt);

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Gone);
}

void tst_PinnedProcess::threadInItsPlaceIsRecycled()
{
    std::binary_semaphore isKnown(0);
    std::binary_semaphore isDone(0);
    pid_t thread = 0;
    std::jthread other([&] {
        thread = static_cast<pid_t>(::syscall(SYS_gettid));
        isKnown.release();
        isDone.acquire();
    });
    isKnown.acquire();

    const auto pinned = PinnedProcess::open(proc(), {.pid = thread, .startTicks = 1}, std::nullopt);
    isDone.release();

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Recycled);
}

void tst_PinnedProcess::hiddenProcessIsNoGoneOne()
{
    const ForkedChild child;
    const FakeProc nobody; // as /proc with hidepid looks

    const auto pinned = PinnedProcess::open(nobody.open(), {.pid = child.pid(), .startTicks = 1}, std::nullopt);

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Failed);
    QCOMPARE(pinned.error().error.code, ErrorCode::Denied);
}

void tst_PinnedProcess::pidOfNoProcessFails()
{
    const auto pinned = PinnedProcess::open(proc(), {.pid = -1, .startTicks = 1}, std::nullopt);

    QVERIFY(!pinned);
    QCOMPARE(pinned.error().problem, PinProblem::Failed);
    QCOMPARE(pinned.error().error.code, ErrorCode::Invalid);
}

void tst_PinnedProcess::statIsOfThisProcessOnly()
{
    FakeProc fake;
    ForkedChild child;
    fake.add({.pid = child.pid(), .comm = "first", .startTicks = 5});
    const ProcFs fakeProc = fake.open();
    const auto pinned = PinnedProcess::open(fakeProc, {.pid = child.pid(), .startTicks = 5}, std::nullopt);
    QVERIFY(pinned.has_value());
    QVERIFY(pinned->stat(fakeProc)->comm == "first");

    child.end();
    child.reap(); // whoever is there now is another one

    const auto stat = pinned->stat(fakeProc);
    QVERIFY(!stat);
    QCOMPARE(stat.error().code, ErrorCode::Gone);
    QVERIFY(pinned->isReaped());
}

QTEST_GUILESS_MAIN(tst_PinnedProcess)
#include "tst_pinnedprocess.moc"
