// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/targets/lifeline.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Quay::Test {

pid_t forkWithParent()
{
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) {
            ::_exit(0); // it ended before we asked to be told
        }
    }
    return child;
}

void holdUntilLifelineCloses(int listenSocket)
{
    // No event is asked of the lifeline: its closing is always reported, commands are for the first process alone.
    std::array<pollfd, 2> watched{pollfd{.fd = STDIN_FILENO, .events = 0, .revents = 0},
                                  pollfd{.fd = listenSocket, .events = POLLIN, .revents = 0}};
    for (;;) {
        if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
            die("poll");
        }
        if (watched[0].revents != 0) {
            ::_exit(0);
        }
        if ((watched[1].revents & POLLIN) != 0) {
            // Kept open until the end: the connection is part of what the tests count.
            static_cast<void>(::accept4(listenSocket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        }
    }
}

void die(const std::string &what)
{
    const std::string message = what + ": " + std::strerror(errno) + '\n';
    static_cast<void>(::write(STDERR_FILENO, message.data(), message.size()) < 0);
    ::_exit(1);
}

void say(const std::string &line)
{
    const std::string bytes = line + '\n';
    if (::write(STDOUT_FILENO, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
        ::_exit(1); // nobody listens any more
    }
}

std::optional<std::string> CommandReader::next()
{
    for (;;) {
        if (const std::size_t end = m_pending.find('\n'); end != std::string::npos) {
            std::string line = m_pending.substr(0, end);
            m_pending.erase(0, end + 1);
            return line;
        }
        std::array<char, 256> buffer{};
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count == 0 || (count < 0 && errno != EINTR)) {
            return std::nullopt;
        }
        m_pending.append(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
}

} // namespace Quay::Test
