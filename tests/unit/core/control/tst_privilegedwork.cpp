// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedwork.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "tests/support/fakeproc.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::PidFd;
using Quay::ProcFs;
using Quay::SignalTarget;
using Quay::Test::FakeProc;
using Quay::Test::ForkedChild;

namespace {

constexpr int LongEnoughMs = 20'000;

bool ends(const PidFd &process)
{
    pollfd end{.fd = process.descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&end, 1, LongEnoughMs) == 1;
}

SignalTarget targetOf(const ProcFs &proc, pid_t pid)
{
    return {.process = {.pid = pid, .startTicks = Quay::readProcStat(proc, pid).value().startTicks},
            .serial = std::nullopt};
}

} // namespace

class tst_PrivilegedWork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signalReachesExactlyThatProcess();
    void eachTargetHasItsOwnResult();
    void stoppedOneHearsOfIt();
    void recycledPidIsNotSignalled();
    void otherSerialIsNotSignalled();
    void endedOneIsGone();
    void ourselvesAreRefused();
    void kernelThreadIsRefused();
    void socketsAreNamed();
    void socketIsNamedOnceWithItsLowestDescriptor();
    void unknownSocketHasNoHolder();

private:
    std::unique_ptr<ForkedChild> m_child;
    std::optional<ProcFs> m_proc;
};

void tst_PrivilegedWork::init()
{
    m_child = std::make_unique<ForkedChild>();
    m_proc = ProcFs::open().value();
}

void tst_PrivilegedWork::signalReachesExactlyThatProcess()
{
    const ForkedChild other;
    const auto handle = PidFd::open(m_child->pid()).value();
    auto target = targetOf(*m_proc, m_child->pid());
    target.serial = handle.serial().transform([](auto serial) { return std::optional(serial); }).value_or(std::nullopt);

    const auto answer = Quay::signalProcesses({.signal = SIGTERM, .targets = {target}}, *m_proc);

    QCOMPARE(answer.size(), std::size_t{1});
    QVERIFY(answer.front());
    QVERIFY(ends(handle));
    QVERIFY(PidFd::open(other.pid())->hasEnded() == false);
}

void tst_PrivilegedWork::eachTargetHasItsOwnResult()
{
    const auto handle = PidFd::open(m_child->pid()).value();
    auto recycled = targetOf(*m_proc, m_child->pid());
    ++recycled.process.startTicks;

    const auto answer =
        Quay::signalProcesses({.signal = SIGKILL, .targets = {recycled, targetOf(*m_proc, m_child->pid())}}, *m_proc);

    QCOMPARE(answer.size(), std::size_t{2});
    QVERIFY(!answer[0]);
    QVERIFY(answer[1]);
    QVERIFY(ends(handle));
}

void tst_PrivilegedWork::stoppedOneHearsOfIt()
{
    const auto handle = PidFd::open(m_child->pid()).value();
    QVERIFY(handle.signal(SIGSTOP));
    QTRY_COMPARE(Quay::readProcStat(*m_proc, m_child->pid()).value().state, 'T');

    const auto answer =
        Quay::signalProcesses({.signal = SIGTERM, .targets = {targetOf(*m_proc, m_child->pid())}}, *m_proc);

    QVERIFY(answer.front());
    QVERIFY(ends(handle));
}

void tst_PrivilegedWork::recycledPidIsNotSignalled()
{
    auto target = targetOf(*m_proc, m_child->pid());
    --target.process.startTicks;

    const auto answer = Quay::signalProcesses({.signal = SIGKILL, .targets = {target}}, *m_proc);

    QCOMPARE(answer.front().error().code, ErrorCode::Gone);
    QCOMPARE(answer.front().error().subject, "pid " + std::to_string(m_child->pid()));
    QVERIFY(PidFd::open(m_child->pid())->hasEnded() == false);
}

void tst_PrivilegedWork::otherSerialIsNotSignalled()
{
    auto target = targetOf(*m_proc, m_child->pid());
    const auto serial = PidFd::open(m_child->pid())->serial();
    if (!serial) {
        QSKIP("processes have no serial numbers on this kernel (< 6.9)");
    }
    target.serial = *serial + 1;

    const auto answer = Quay::signalProcesses({.signal = SIGKILL, .targets = {target}}, *m_proc);

    QCOMPARE(answer.front().error().code, ErrorCode::Gone);
    QVERIFY(PidFd::open(m_child->pid())->hasEnded() == false);
}

void tst_PrivilegedWork::endedOneIsGone()
{
    const auto target = targetOf(*m_proc, m_child->pid());
    m_child->end();
    m_child->reap();

    const auto answer = Quay::signalProcesses({.signal = SIGTERM, .targets = {target}}, *m_proc);

    QCOMPARE(answer.front().error().code, ErrorCode::Gone);
}

void tst_PrivilegedWork::ourselvesAreRefused()
{
    const auto answer =
        Quay::signalProcesses({.signal = SIGWINCH, .targets = {targetOf(*m_proc, ::getpid())}}, *m_proc);

    QCOMPARE(answer.front().error().code, ErrorCode::Invalid);
}

void tst_PrivilegedWork::kernelThreadIsRefused()
{
    FakeProc fake;
    fake.add({.pid = m_child->pid(), .isKernelThread = true, .startTicks = 1000});

    const auto answer = Quay::signalProcesses(
        {.signal = SIGKILL,
         .targets = {{.process = {.pid = m_child->pid(), .startTicks = 1000}, .serial = std::nullopt}}},
        fake.open());

    QCOMPARE(answer.front().error().code, ErrorCode::Invalid);
    QVERIFY(PidFd::open(m_child->pid())->hasEnded() == false);
}

void tst_PrivilegedWork::socketsAreNamed()
{
    const Quay::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    struct stat status{};
    QCOMPARE(::fstat(socket.get(), &status), 0);
    const ForkedChild heir; // it holds a copy

    const auto found = Quay::inspectSockets({.inodes = {status.st_ino}}, *m_proc).value();

    const auto us = targetOf(*m_proc, ::getpid()).process;
    QVERIFY(std::ranges::contains(found, Quay::ToldHolder{.inode = status.st_ino, .process = us, .fd = socket.get()}));
    QVERIFY(std::ranges::contains(found, heir.pid(), [](const auto &holder) { return holder.process.pid; }));
    QVERIFY(!std::ranges::contains(found, m_child->pid(), [](const auto &holder) { return holder.process.pid; }));
}

void tst_PrivilegedWork::socketIsNamedOnceWithItsLowestDescriptor()
{
    FakeProc fake;
    fake.add({.pid = m_child->pid(),
              .startTicks = 1000,
              .sockets = {{.fd = 9, .inode = 900}, {.fd = 4, .inode = 900}, {.fd = 5, .inode = 901}}});

    const auto found = Quay::inspectSockets({.inodes = {900}}, fake.open()).value();

    QCOMPARE(found,
             (Quay::InspectAnswer{{.inode = 900, .process = {.pid = m_child->pid(), .startTicks = 1000}, .fd = 4}}));
}

void tst_PrivilegedWork::unknownSocketHasNoHolder()
{
    QVERIFY(Quay::inspectSockets({.inodes = {~std::uint64_t{0}}}, *m_proc).value().empty());
}

QTEST_APPLESS_MAIN(tst_PrivilegedWork)
#include "tst_privilegedwork.moc"
