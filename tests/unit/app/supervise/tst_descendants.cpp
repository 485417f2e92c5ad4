// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/descendants.h"
#include "core/kernel/procfs.h"
#include "core/processes/processid.h"
#include "tests/support/forkedwork.h"

#include <QObject>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <functional>
#include <set>
#include <string>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using Quay::ProcFs;

namespace {

/// In a process that is to be the subreaper of whatever @p work starts.
Quay::Result<std::string> asSubreaper(const std::function<std::string()> &work)
{
    return Quay::Test::runForked([] { return ::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0; }, work);
}

/// Forks a generation after the other, each in a session of its own, and ends each as soon as it has. If nobody ends
/// it, it does so by itself.
[[noreturn]] void forkOn()
{
    constexpr int Generations = 30'000;
    for (int generation = 0; generation < Generations; ++generation) {
        if (::fork() != 0) {
            ::_exit(0);
        }
        ::setsid();
    }
    ::_exit(0);
}

/// Kills until nobody is left to wait for. How many there were: who has not ended yet is told of again.
std::size_t killAll(const ProcFs &proc)
{
    std::set<Quay::ProcessId> killed;
    for (int round = 0; round < 1000; ++round) {
        for (const auto &process : Quay::killDescendants(proc, nullptr)) {
            killed.insert(process.process.id);
        }
        while (::waitpid(-1, nullptr, WNOHANG) > 0) { }
        if (::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD) {
            return killed.size();
        }
        ::poll(nullptr, 0, 1);
    }
    return 0;
}

} // namespace

/// Without a cgroup, as where none can be had.
class tst_Descendants : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void orphansInSessionsOfTheirOwnAreFound();
    void whoForksOnIsEnded();
    void strangersAreNoDescendants();
    void zombiesAreLeftOut();
};

void tst_Descendants::orphansInSessionsOfTheirOwnAreFound()
{
    const auto told = asSubreaper([]() -> std::string {
        const auto proc = ProcFs::open().value();
        if (::fork() == 0) {
            ::setsid();
            if (::fork() == 0) {
                ::setsid();
                ::pause();
            }
            ::_exit(0);
        }
        while (::waitpid(-1, nullptr, 0) < 0) { } // the one in between
        const auto found = Quay::ownDescendants(proc);
        const bool isOne = found.size() == 1 && Quay::isOwnDescendant(proc, found.front().pid);
        return isOne && killAll(proc) == 1 ? "found and killed" : "not";
    });

    QCOMPARE(told.value(), std::string("found and killed"));
}

void tst_Descendants::whoForksOnIsEnded()
{
    const auto told = asSubreaper([]() -> std::string {
        const auto proc = ProcFs::open().value();
        for (int count = 0; count < 3; ++count) {
            if (::fork() == 0) {
                forkOn();
            }
        }
        return killAll(proc) >= 3 ? "ended" : "not";
    });

    QCOMPARE(told.value(), std::string("ended"));
}

void tst_Descendants::strangersAreNoDescendants()
{
    const auto proc = ProcFs::open().value();

    QVERIFY(!Quay::isOwnDescendant(proc, 1));
    QVERIFY(!Quay::isOwnDescendant(proc, ::getpid()));
    QVERIFY(!Quay::isOwnDescendant(proc, ::getppid()));
    QVERIFY(!Quay::isOwnDescendant(proc, 0));
}

void tst_Descendants::zombiesAreLeftOut()
{
    const auto told = asSubreaper([]() -> std::string {
        const auto proc = ProcFs::open().value();
        const pid_t child = ::fork();
        if (child == 0) {
            ::_exit(0);
        }
        siginfo_t info{};
        ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
        return Quay::ownDescendants(proc).empty() ? "left out" : "not";
    });

    QCOMPARE(told.value(), std::string("left out"));
}

QTEST_APPLESS_MAIN(tst_Descendants)
#include "tst_descendants.moc"
