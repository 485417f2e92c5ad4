// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/forkedwork.h"

#include "core/base/uniquefd.h"
#include "tests/support/endchild.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <functional>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr int ExitDenied = 3;

[[noreturn]] void answer(int pipe, const std::function<bool()> &prepare, const std::function<std::string()> &work)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!prepare()) {
        ::_exit(ExitDenied);
    }
    const std::string result = work();
    std::size_t written = 0;
    while (written < result.size()) {
        const ssize_t count = ::write(pipe, result.data() + written, result.size() - written);
        if (count < 0) {
            break;
        }
        written += static_cast<std::size_t>(count);
    }
    ::_exit(written == result.size() ? 0 : 1);
}

Result<std::string> readToEnd(int pipe, std::chrono::milliseconds timeout)
{
    std::string text;
    for (;;) {
        pollfd watched{.fd = pipe, .events = POLLIN, .revents = 0};
        if (::poll(&watched, 1, static_cast<int>(timeout.count())) <= 0) {
            return fail(ErrorCode::Io, "no answer", ETIMEDOUT);
        }
        std::array<char, 4096> buffer{};
        const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
        if (count <= 0) {
            return text;
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

/// Goes on as the first process of a new pid namespace; whoever called stays behind, waits, and exits as that one did.
bool enterPidNamespace()
{
    if (::unshare(CLONE_NEWPID | CLONE_NEWNS) != 0) {
        return false;
    }
    const pid_t first = ::fork();
    if (first > 0) {
        int status = 0;
        while (::waitpid(first, &status, 0) < 0 && errno == EINTR) { }
        ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // What is mounted over /proc stays in this namespace: the mount below it must not pass it on.
    return first == 0 && ::mount(nullptr, "/proc", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0
        && ::mount("proc", "/proc", "proc", 0, nullptr) == 0;
}

} // namespace

Result<std::string> runForked(const std::function<bool()> &prepare, const std::function<std::string()> &work,
                              std::chrono::milliseconds timeout)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return failErrno(errno, "pipe");
    }
    const UniqueFd readEnd(ends[0]);
    UniqueFd writeEnd(ends[1]);
    const pid_t child = ::fork();
    if (child < 0) {
        return failErrno(errno, "fork");
    }
    if (child == 0) {
        answer(writeEnd.get(), prepare, work);
    }
    writeEnd.reset();
    auto text = readToEnd(readEnd.get(), timeout);
    if (!text) {
        endChild(child);
        return text;
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return text;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == ExitDenied) {
        return fail(ErrorCode::Denied, "prepare", EPERM);
    }
    return fail(ErrorCode::Io, "the process ended with status " + std::to_string(status));
}

Result<std::string> runInPidNamespace(const std::function<std::string()> &work, std::chrono::milliseconds timeout)
{
    return runForked(enterPidNamespace, work, timeout);
}

} // namespace Quay::Test
