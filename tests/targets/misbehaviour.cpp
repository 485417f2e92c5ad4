// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/misbehaviour.h"

#include "tests/targets/lifeline.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr uid_t StrangeUid = 65533;
constexpr int RelayMs = 3;
constexpr int RevivalMs = 300; // as the managers of processes do: not at once

/// From here on SIGTERM does nothing by itself: waitForTerm() tells of it.
int catchTerm()
{
    sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_CLOEXEC);
}

void waitForTerm(int signals)
{
    std::array<pollfd, 2> watched{pollfd{.fd = STDIN_FILENO, .events = 0, .revents = 0},
                                  pollfd{.fd = signals, .events = POLLIN, .revents = 0}};
    while (::poll(watched.data(), watched.size(), -1) < 0 || watched[1].revents == 0) {
        if (watched[0].revents != 0) {
            ::_exit(0);
        }
    }
}

/// Ends when somebody sends SIGTERM after all, which the parent had blocked.
[[noreturn]] void stay(int socket)
{
    sigset_t signals{};
    ::sigemptyset(&signals);
    ::sigprocmask(SIG_SETMASK, &signals, nullptr);
    holdUntilLifelineCloses(socket);
}

/// Forks a child that says through a pipe who it and its own child are.
std::vector<pid_t> forkFamily(int socket)
{
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        die("pipe");
    }
    const pid_t child = ::fork(); // not forkWithParent(): staying is the point
    if (child == 0) {
        const pid_t grandchild = ::fork();
        if (grandchild == 0) {
            stay(socket);
        }
        if (::write(pipe[1], &grandchild, sizeof grandchild) != sizeof grandchild) {
            die("pipe");
        }
        stay(socket);
    }
    pid_t grandchild = 0;
    if (::read(pipe[0], &grandchild, sizeof grandchild) != sizeof grandchild) {
        die("pipe");
    }
    return {::getpid(), child, grandchild};
}

pid_t makeZombie()
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(7);
    }
    siginfo_t info{};
    while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR) { }
    return child;
}

[[noreturn]] void runRelay()
{
    for (;;) {
        pollfd lifeline{.fd = STDIN_FILENO, .events = 0, .revents = 0};
        if (::poll(&lifeline, 1, RelayMs) > 0 || ::fork() != 0) {
            ::_exit(0);
        }
        ::setsid();
    }
}

[[noreturn]] void escape(int socket)
{
    if (::fork() == 0) {
        ::setsid();
        if (::fork() == 0) {
            stay(socket);
        }
    }
    ::_exit(0);
}

[[noreturn]] void changeUser(int socket)
{
    if (::setgroups(0, nullptr) != 0 || ::setresuid(StrangeUid, StrangeUid, StrangeUid) != 0) {
        die("setresuid");
    }
    holdUntilLifelineCloses(socket);
}

/// What it does once it was asked to end.
[[noreturn]] void answerTerm(Misbehaviour how, int socket)
{
    switch (how) {
    case Misbehaviour::DeafHeir:
        ::signal(SIGTERM, SIG_IGN);
        [[fallthrough]];
    case Misbehaviour::Heir:
        if (::fork() == 0) {
            stay(socket);
        }
        ::_exit(0);
    case Misbehaviour::Escape:
        escape(socket);
    case Misbehaviour::Turncoat:
        changeUser(socket);
    case Misbehaviour::Yielding:
        ::close(socket);
        holdUntilLifelineCloses();
    case Misbehaviour::Changeling:
        ::fcntl(socket, F_SETFD, 0);
        ::execl("/proc/self/exe", "testserver-changed", "hold", nullptr);
        die("exec");
    case Misbehaviour::Deaf:
    case Misbehaviour::Stopped:
    case Misbehaviour::Family:
    case Misbehaviour::Undead:
        break;
    case Misbehaviour::Relay:
        runRelay();
    }
    ::_exit(0);
}

} // namespace

void misbehave(Misbehaviour how, int socket, const std::function<void(const std::vector<pid_t> &)> &sayReady)
{
    std::vector<pid_t> pids{::getpid()};
    switch (how) {
    case Misbehaviour::Deaf:
        ::signal(SIGTERM, SIG_IGN);
        break;
    case Misbehaviour::Stopped:
        sayReady(pids);
        ::raise(SIGSTOP);
        holdUntilLifelineCloses(socket);
    case Misbehaviour::Family:
        pids = forkFamily(socket);
        break;
    case Misbehaviour::Undead:
        pids = {makeZombie()};
        break;
    case Misbehaviour::Relay:
    case Misbehaviour::Heir:
    case Misbehaviour::DeafHeir:
    case Misbehaviour::Escape:
    case Misbehaviour::Turncoat:
    case Misbehaviour::Yielding:
    case Misbehaviour::Changeling: {
        const int signals = catchTerm();
        sayReady(pids);
        waitForTerm(signals);
        answerTerm(how, socket);
    }
    }
    sayReady(pids);
    holdUntilLifelineCloses(socket);
}

void revive(const std::function<void()> &serve)
{
    for (;;) {
        const pid_t child = forkWithParent();
        if (child == 0) {
            serve();
            ::_exit(0);
        }
        while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
        pollfd lifeline{.fd = STDIN_FILENO, .events = 0, .revents = 0};
        if (::poll(&lifeline, 1, RevivalMs) > 0) {
            ::_exit(0);
        }
    }
}

} // namespace Quay::Test
