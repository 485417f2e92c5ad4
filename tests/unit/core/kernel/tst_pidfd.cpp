// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/pidfd.h"
#include "tests/support/forkedchild.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

using Quay::ErrorCode;
using Quay::PidFd;

class tst_PidFd : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void runningProcessHasNotEnded();
    void zombieHasEnded();
    void descriptorWakesWhenTheProcessEnds();
    void reapedProcessHasEnded();
    void reapedPidIsGone();
    void pidOfNoProcessIsInvalid_data();
    void pidOfNoProcessIsInvalid();
    void childrenDoNotInheritIt();
    void movedOneIsOfTheSameProcess();
};

void tst_PidFd::runningProcessHasNotEnded()
{
    const auto handle = PidFd::open(::getpid());

    QVERIFY(handle.has_value());
    QVERIFY(handle->hasEnded() == false);
}

void tst_PidFd::zombieHasEnded()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());

    child.end();

    QVERIFY(handle->hasEnded() == true);
}

void tst_PidFd::descriptorWakesWhenTheProcessEnds()
{
    constexpr int PatienceMs = 5000;
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());
    pollfd request{.fd = handle->descriptor(), .events = POLLIN, .revents = 0};
    QCOMPARE(::poll(&request, 1, 0), 0);

    child.end();

    QCOMPARE(::poll(&request, 1, PatienceMs), 1);
    QVERIFY((request.revents & POLLIN) != 0);
}

void tst_PidFd::reapedProcessHasEnded()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());

    child.end();
    child.reap();

    QVERIFY(handle->hasEnded() == true);
}

void tst_PidFd::reapedPidIsGone()
{
    Quay::Test::ForkedChild child;
    child.end();
    child.reap();

    const auto handle = PidFd::open(child.pid());

    QVERIFY(!handle);
    const Quay::Error gone{.code = ErrorCode::Gone, .subject = std::to_string(child.pid()), .sysErrno = ESRCH};
    QVERIFY(handle.error() == gone);
}

void tst_PidFd::pidOfNoProcessIsInvalid_data()
{
    QTest::addColumn<pid_t>("pid");
    QTest::addRow("none") << pid_t{0};
    QTest::addRow("group") << pid_t{-1};
}

void tst_PidFd::pidOfNoProcessIsInvalid()
{
    QFETCH(const pid_t, pid);

    const auto handle = PidFd::open(pid);

    QVERIFY(!handle);
    QCOMPARE(handle.error().code, ErrorCode::Invalid);
    QVERIFY(handle.error().subject == std::to_string(pid));
}

void tst_PidFd::childrenDoNotInheritIt()
{
    const auto handle = PidFd::open(::getpid());

    QVERIFY(handle.has_value());
    QVERIFY((::fcntl(handle->descriptor(), F_GETFD) & FD_CLOEXEC) != 0);
}

void tst_PidFd::movedOneIsOfTheSameProcess()
{
    Quay::Test::ForkedChild child;
    auto first = PidFd::open(child.pid());
    QVERIFY(first.has_value());

    const PidFd second(*std::move(first));
    child.end();

    QVERIFY(second.hasEnded() == true);
}

QTEST_GUILESS_MAIN(tst_PidFd)
#include "tst_pidfd.moc"
