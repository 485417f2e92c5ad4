// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/passwordagent.h"

#include "core/base/uniquefd.h"
#include "core/kernel/parentdeath.h"
#include "core/kernel/pidfd.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <tuple>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr int RegistrationPatienceMs = 5000;
constexpr int ExecFailed = 127;

/// In the child. The pipe's end is closed by the program once it is known to polkit, and else with it.
[[noreturn]] void become(const std::string &program, const std::string &client, int notifyFd)
{
    sigset_t none{};
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr); // what ends a verb in good order is blocked in it
    const std::string notify = std::to_string(notifyFd);
    const std::array<const char *, 7> arguments{program.c_str(), "--process",  client.c_str(), "--notify-fd",
                                                notify.c_str(),  "--fallback", nullptr};
    if (endWithParent() && ::fcntl(notifyFd, F_SETFD, 0) == 0) {
        ::execvp(program.c_str(), const_cast<char *const *>(arguments.data()));
    }
    ::_exit(ExecFailed);
}

} // namespace

PasswordAgent::PasswordAgent(const std::string &program)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return;
    }
    const UniqueFd registered(ends[0]);
    UniqueFd notify(ends[1]);
    const std::string client = std::to_string(::getpid());
    m_pid = ::fork();
    if (m_pid == 0) {
        become(program, client, notify.get());
    }
    notify.reset();
    pollfd end{.fd = registered.get(), .events = POLLIN, .revents = 0};
    while (m_pid > 0 && ::poll(&end, 1, RegistrationPatienceMs) < 0 && errno == EINTR) { }
}

PasswordAgent::~PasswordAgent()
{
    if (m_pid <= 0) {
        return;
    }
    // Our child, not waited for yet: the number is still its own.
    std::ignore = PidFd::open(m_pid).and_then([](const PidFd &agent) { return agent.signal(SIGTERM); });
    while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
}

} // namespace Quay
