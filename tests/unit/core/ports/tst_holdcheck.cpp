// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/uniquefd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/holdcheck.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"
#include "tests/support/fakeproc.h"

#include <QObject>
#include <QTest>

#include <cstdint>
#include <memory>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using Quay::hasGivenUp;
using Quay::Owner;
using Quay::ProcessId;
using Quay::ProcFs;
using Quay::SocketRecord;
using Quay::UniqueFd;

namespace {

Owner ownerOf(ProcessId process, int fd)
{
    auto info = std::make_shared<Quay::ProcessInfo>();
    info->id = process;
    return {.process = info, .profile = std::make_shared<Quay::OwnerProfile>(), .fd = fd};
}

SocketRecord withInode(std::uint64_t inode)
{
    SocketRecord record;
    record.inode = inode;
    return record;
}

} // namespace

class tst_HoldCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void closedSocketIsGivenUp();
    void socketAtAnotherDescriptorIsHeld();
    void anotherSocketAtItsDescriptorIsNotHeld();
    void whatAnotherProcessHasSaysNothing();
    void whoHasEndedSaysNothing();
    void zombieSaysNothing();
    void guessSaysNothing();

private:
    const ProcFs m_proc = ProcFs::open().value();
    const ProcessId m_us{.pid = ::getpid(), .startTicks = Quay::readProcStat(m_proc, ::getpid()).value().startTicks};
    UniqueFd m_fd;
    SocketRecord m_socket;
};

void tst_HoldCheck::init()
{
    m_fd = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    struct stat status{};
    QCOMPARE(::fstat(m_fd.get(), &status), 0);
    m_socket = withInode(status.st_ino);
}

void tst_HoldCheck::closedSocketIsGivenUp()
{
    const auto owner = ownerOf(m_us, m_fd.get());
    QVERIFY(!hasGivenUp(m_proc, owner, m_socket));

    m_fd.reset();

    QVERIFY(hasGivenUp(m_proc, owner, m_socket));
}

void tst_HoldCheck::socketAtAnotherDescriptorIsHeld()
{
    const auto owner = ownerOf(m_us, m_fd.get());

    const UniqueFd copy(::fcntl(m_fd.get(), F_DUPFD_CLOEXEC, 0));
    m_fd.reset();

    QVERIFY(copy);
    QVERIFY(!hasGivenUp(m_proc, owner, m_socket));
}

void tst_HoldCheck::anotherSocketAtItsDescriptorIsNotHeld()
{
    const auto owner = ownerOf(m_us, m_fd.get());

    QVERIFY(hasGivenUp(m_proc, owner, withInode(m_socket.inode + 1)));
}

void tst_HoldCheck::whatAnotherProcessHasSaysNothing()
{
    const ProcessId recycled{.pid = m_us.pid, .startTicks = m_us.startTicks + 1};
    const auto owner = ownerOf(recycled, m_fd.get());

    m_fd.reset();

    QVERIFY(!hasGivenUp(m_proc, owner, m_socket));
}

void tst_HoldCheck::whoHasEndedSaysNothing()
{
    Quay::Test::FakeProc fake;
    fake.add({.pid = 42, .startTicks = 5});
    fake.remove(42);

    QVERIFY(!hasGivenUp(fake.open(), ownerOf({.pid = 42, .startTicks = 5}, 3), m_socket));
}

void tst_HoldCheck::zombieSaysNothing()
{
    Quay::Test::FakeProc fake;
    const auto owner = ownerOf({.pid = 42, .startTicks = 5}, 3);
    fake.add({.pid = 42, .startTicks = 5});
    QVERIFY(hasGivenUp(fake.open(), owner, m_socket));

    fake.add({.pid = 42, .state = 'Z', .startTicks = 5});

    QVERIFY(!hasGivenUp(fake.open(), owner, m_socket));
}

/// Somebody who is only thought to hold it, and a socket without a process.
void tst_HoldCheck::guessSaysNothing()
{
    QVERIFY(!hasGivenUp(m_proc, ownerOf(m_us, -1), withInode(m_socket.inode + 1)));
    QVERIFY(!hasGivenUp(m_proc, ownerOf(m_us, m_fd.get()), withInode(0)));
}

QTEST_APPLESS_MAIN(tst_HoldCheck)
#include "tst_holdcheck.moc"
