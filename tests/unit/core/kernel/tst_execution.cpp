// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/execution.h"

#include <QObject>
#include <QTest>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int ExitCode = 7;

volatile std::sig_atomic_t handled = 0;

void countSignal(int /*signal*/)
{
    handled = handled + 1;
}

/// What a child may write to: memory that is also ours.
struct Shared
{
    pid_t parent = 0;
    int writingEnd = -1;
    bool isThere = false;
};

void exitAtOnce(const void * /*given*/)
{
    ::_exit(ExitCode);
}

void comeBack(const void * /*given*/) { }

void signalItself(const void * /*given*/)
{
    ::raise(SIGUSR1);
    ::_exit(ExitCode);
}

void resetAndSignalItself(const void * /*given*/)
{
    Quay::resetSignals();
    ::raise(SIGUSR1);
    ::_exit(ExitCode);
}

void markIt(const void *given)
{
    (*static_cast<Shared *const *>(given))->isThere = true;
    ::_exit(0);
}

/// Becomes a shell that says who its parent is, once it is not who started it.
void becomeShell(const void *given)
{
    const auto &shared = *static_cast<const Shared *>(given);
    ::dup2(shared.writingEnd, STDOUT_FILENO);
    ::execl("/bin/sh", "sh", "-c", "echo $PPID", nullptr);
}

int statusOf(pid_t child)
{
    int status = -1;
    return ::waitpid(child, &status, 0) == child ? status : -1;
}

} // namespace

class tst_Execution : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void childExitsAsItLikes();
    void childThatComesBackFails();
    void childSharesOurMemory();
    void ourHandlersDoNotRunInIt();
    void whatIsBlockedIsAsBefore();
    void detachedChildIsNotOurs();
};

void tst_Execution::childExitsAsItLikes()
{
    const int status = statusOf(Quay::forkSharing(exitAtOnce, nullptr));

    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), ExitCode);
}

void tst_Execution::childThatComesBackFails()
{
    const int status = statusOf(Quay::forkSharing(comeBack, nullptr));

    QVERIFY(WIFEXITED(status));
    QVERIFY(WEXITSTATUS(status) != 0);
}

/// Which is what makes it cheap. We wait until it has gone.
void tst_Execution::childSharesOurMemory()
{
    Shared shared;
    Shared *const pointer = &shared;

    const pid_t child = Quay::forkSharing(markIt, &pointer);

    QVERIFY(shared.isThere);
    QCOMPARE(statusOf(child), 0);
}

void tst_Execution::ourHandlersDoNotRunInIt()
{
    handled = 0;
    const auto before = std::signal(SIGUSR1, countSignal);

    const int blocked = statusOf(Quay::forkSharing(signalItself, nullptr));
    const int reset = statusOf(Quay::forkSharing(resetAndSignalItself, nullptr));
    std::signal(SIGUSR1, before);

    QCOMPARE(int(handled), 0);
    QVERIFY(WIFEXITED(blocked));
    QVERIFY(WIFSIGNALED(reset));
    QCOMPARE(WTERMSIG(reset), SIGUSR1);
}

void tst_Execution::whatIsBlockedIsAsBefore()
{
    sigset_t blocked;
    sigset_t after;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGUSR2);
    ::pthread_sigmask(SIG_BLOCK, &blocked, nullptr);

    (void)statusOf(Quay::forkSharing(exitAtOnce, nullptr));
    ::pthread_sigmask(SIG_UNBLOCK, &blocked, &after);

    QVERIFY(::sigismember(&after, SIGUSR2) == 1);
    QVERIFY(::sigismember(&after, SIGUSR1) == 0);
}

/// It is who started it that ends, and is waited for.
void tst_Execution::detachedChildIsNotOurs()
{
    std::array<int, 2> ends{-1, -1};
    QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
    const Shared shared{.parent = ::getpid(), .writingEnd = ends[1]};

    const int sysErrno = Quay::forkDetached(becomeShell, &shared);
    ::close(ends[1]);
    std::array<char, 32> said{};
    const ssize_t length = ::read(ends[0], said.data(), said.size() - 1);
    ::close(ends[0]);

    QCOMPARE(sysErrno, 0);
    QVERIFY(length > 0);
    QVERIFY(QByteArray(said.data()).trimmed().toInt() != shared.parent);
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1); // nobody is left that we would have to wait for
}

QTEST_GUILESS_MAIN(tst_Execution)
#include "tst_execution.moc"
