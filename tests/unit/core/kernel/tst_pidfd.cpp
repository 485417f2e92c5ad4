// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/pidfd.h"
#include "tests/support/forkedchild.h"
#include "tests/support/otheruser.h"
#include "tests/support/unprivileged.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <optional>
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
    void signalReachesTheProcess();
    void signalToAReapedProcessIsGone();
    void signalThatIsNoneIsInvalid();
    void signalToAnotherUsersProcessIsDenied();
    void onlyTheReapedProcessIsReaped();
    void anotherUsersProcessIsNotReaped();
    void exitStatusIsUnknownWhileItRuns();
    void exitStatusOfAChildIsKnownBeforeItIsReaped();
    void exitStatusIsKnownAfterItWasReaped();
    void serialIsTheProcesssOwn();
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

void tst_PidFd::signalReachesTheProcess()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());

    QVERIFY(handle->signal(0));
    QVERIFY(handle->hasEnded() == false);
    QVERIFY(handle->signal(SIGTERM));
    child.end();

    const Quay::ExitStatus byTerm{.code = std::nullopt, .signal = SIGTERM, .dumpedCore = false};
    QVERIFY(handle->exitStatus().value() == byTerm);
}

void tst_PidFd::signalToAReapedProcessIsGone()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());
    child.end();
    child.reap();

    const auto sent = handle->signal(SIGTERM);

    QVERIFY(!sent);
    const Quay::Error gone{.code = ErrorCode::Gone, .subject = "signal 15", .sysErrno = ESRCH};
    QVERIFY(sent.error() == gone);
}

void tst_PidFd::signalThatIsNoneIsInvalid()
{
    const auto handle = PidFd::open(::getpid());
    QVERIFY(handle.has_value());

    const auto sent = handle->signal(1000);

    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::Invalid);
}

void tst_PidFd::signalToAnotherUsersProcessIsDenied()
{
    const auto handle = PidFd::open(1);
    QVERIFY(handle.has_value());
    const auto denied = Quay::Test::runAs(Quay::Test::OtherUid, [&handle] {
        const auto sent = handle->signal(0);
        return std::string(!sent && sent.error().code == ErrorCode::Denied ? "denied" : "sent");
    });

    if (!denied) {
        QSKIP("only root can become another user");
    }
    QCOMPARE(*denied, std::string("denied"));
}

void tst_PidFd::onlyTheReapedProcessIsReaped()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());

    QVERIFY(handle->isReaped() == false);
    child.end();
    QVERIFY(handle->isReaped() == false);
    child.reap();
    QVERIFY(handle->isReaped() == true);
}

void tst_PidFd::anotherUsersProcessIsNotReaped()
{
    const auto handle = PidFd::open(1);
    QVERIFY(handle.has_value());
    const Quay::Test::Unprivileged user;

    QVERIFY(handle->isReaped() == false);
}

void tst_PidFd::exitStatusIsUnknownWhileItRuns()
{
    const auto handle = PidFd::open(::getpid());
    QVERIFY(handle.has_value());

    const auto status = handle->exitStatus();

    QVERIFY(!status || !*status);
}

void tst_PidFd::exitStatusOfAChildIsKnownBeforeItIsReaped()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());

    child.end();

    const Quay::ExitStatus success{.code = 0, .signal = 0, .dumpedCore = false};
    QVERIFY(handle->exitStatus().value() == success);
    QVERIFY(handle->isReaped() == false);
}

void tst_PidFd::exitStatusIsKnownAfterItWasReaped()
{
    Quay::Test::ForkedChild child;
    const auto handle = PidFd::open(child.pid());
    QVERIFY(handle.has_value());
    QVERIFY(handle->signal(SIGKILL));
    child.end();
    child.reap();

    const auto status = handle->exitStatus();

    if (!status && status.error().code == ErrorCode::Unsupported) {
        QSKIP("the kernel does not tell");
    }
    const Quay::ExitStatus killed{.code = std::nullopt, .signal = SIGKILL, .dumpedCore = false};
    QVERIFY(status.value() == killed);
}

void tst_PidFd::serialIsTheProcesssOwn()
{
    const Quay::Test::ForkedChild first;
    const Quay::Test::ForkedChild second;
    const auto ofFirst = PidFd::open(first.pid())->serial();
    if (!ofFirst && ofFirst.error().code == ErrorCode::Unsupported) {
        QSKIP("the kernel has none");
    }

    QVERIFY(ofFirst.has_value());
    QVERIFY(ofFirst == PidFd::open(first.pid())->serial());
    QVERIFY(ofFirst != PidFd::open(second.pid())->serial());
}

QTEST_GUILESS_MAIN(tst_PidFd)
#include "tst_pidfd.moc"
