// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/otheruser.h"

#include "core/base/uniquefd.h"
#include "tests/support/endchild.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <functional>
#include <string>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

namespace {

constexpr int AnswerTimeoutMs = 20'000;
constexpr int ExitDenied = 3;

bool becomeUser(uid_t uid)
{
    return ::setgroups(0, nullptr) == 0 && ::setgid(uid) == 0 && ::setuid(uid) == 0;
}

[[noreturn]] void answer(int pipe, uid_t uid, const std::function<std::string()> &work)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!becomeUser(uid)) {
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

Result<std::string> readToEnd(int pipe)
{
    std::string text;
    for (;;) {
        pollfd watched{.fd = pipe, .events = POLLIN, .revents = 0};
        if (::poll(&watched, 1, AnswerTimeoutMs) <= 0) {
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

} // namespace

Result<std::string> runAs(uid_t uid, const std::function<std::string()> &work)
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
        answer(writeEnd.get(), uid, work);
    }
    writeEnd.reset();
    auto text = readToEnd(readEnd.get());
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
        return fail(ErrorCode::Denied, "setuid", EPERM);
    }
    return fail(ErrorCode::Io, "the process ended with status " + std::to_string(status));
}

Result<UniqueFd> makeHidingProc()
{
    const UniqueFd context(::fsopen("proc", FSOPEN_CLOEXEC));
    if (!context || ::fsconfig(context.get(), FSCONFIG_SET_STRING, "hidepid", "2", 0) != 0
        || ::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
        return failErrno(errno, "fsopen proc");
    }
    UniqueFd mount(::fsmount(context.get(), FSMOUNT_CLOEXEC, 0));
    if (!mount) {
        return failErrno(errno, "fsmount proc");
    }
    return mount;
}

} // namespace Quay::Test
