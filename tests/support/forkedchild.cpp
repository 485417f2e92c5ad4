// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/forkedchild.h"

#include "core/base/uniquefd.h"

#include <QtGlobal>

#include <array>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

[[noreturn]] void waitForEnd(int leash)
{
    char byte = 0;
    const ssize_t count = ::read(leash, &byte, sizeof byte);
    ::_exit(count == 0 ? 0 : 1);
}

} // namespace

ForkedChild::ForkedChild()
{
    std::array<int, 2> ends{-1, -1};
    [[maybe_unused]] const int result = ::pipe2(ends.data(), O_CLOEXEC);
    Q_ASSERT(result == 0);
    const UniqueFd childEnd(ends.front());
    m_leash = UniqueFd(ends.back());
    m_pid = ::fork();
    Q_ASSERT(m_pid >= 0);
    if (m_pid == 0) {
        m_leash.reset(); // else it would hold its own leash
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
