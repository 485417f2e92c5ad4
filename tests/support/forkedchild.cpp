// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/forkedchild.h"

#include "core/base/uniquefd.h"

#include <QtGlobal>

#include <array>
#include <csignal>
#include <set>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

/// Of every child that lives: a later one must not hold the leash of an earlier one.
std::set<int> &leashes()
{
    static std::set<int> all;
    return all;
}

[[noreturn]] void waitForEnd(int leash)
{
    for (const int other : leashes()) {
        ::close(other);
    }
    char byte = 0;
    const ssize_t count = ::read(leash, &byte, sizeof byte);
    ::_exit(count == 0 ? 0 : 1);
}

} // namespace

pid_t forkWithoutHandlers()
{
    sigset_t deadly{};
    ::sigemptyset(&deadly);
    ::sigaddset(&deadly, SIGTERM);
    ::sigaddset(&deadly, SIGINT);
    sigset_t before{};
    ::sigprocmask(SIG_BLOCK, &deadly, &before); // what comes before the child is ready waits
    const pid_t child = ::fork();
    if (child == 0) {
        ::signal(SIGTERM, SIG_DFL);
        ::signal(SIGINT, SIG_DFL);
    }
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    return child;
}

ForkedChild::ForkedChild()
{
    std::array<int, 2> ends{-1, -1};
    [[maybe_unused]] const int result = ::pipe2(ends.data(), O_CLOEXEC);
    Q_ASSERT(result == 0);
    const UniqueFd childEnd(ends.front());
    m_leash = UniqueFd(ends.back());
    leashes().insert(m_leash.get());
    m_pid = forkWithoutHandlers();
    Q_ASSERT(m_pid >= 0);
    if (m_pid == 0) {
        waitForEnd(childEnd.get());
    }
}

ForkedChild::~ForkedChild()
{
    end();
    reap();
}

void ForkedChild::end()
{
    leashes().erase(m_leash.get());
    m_leash.reset();
    if (!m_isReaped) {
        siginfo_t info{};
        ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOWAIT);
    }
}

void ForkedChild::reap()
{
    if (!m_isReaped) {
        ::waitpid(m_pid, nullptr, 0);
        m_isReaped = true;
    }
}

} // namespace Quay::Test
