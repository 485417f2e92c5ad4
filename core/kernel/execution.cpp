// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/execution.h"

#include "core/base/uniquefd.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

struct Detached
{
    ChildBody body;
    const void *given;
};

/// In the child whose end makes init the parent of its own.
void forkAndExit(const void *given)
{
    const auto &detached = *static_cast<const Detached *>(given);
    const pid_t pid = forkSharing(detached.body, detached.given);
    ::_exit(pid < 0 ? errno : 0);
}

} // namespace

std::vector<char *> execPointers(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (const auto &text : texts) {
        pointers.push_back(const_cast<char *>(text.c_str())); // execve() does not write to them
    }
    pointers.push_back(nullptr);
    return pointers;
}

void resetSignals() noexcept
{
    for (int signal = 1; signal < NSIG; ++signal) {
        std::signal(signal, SIG_DFL); // not for SIGKILL and SIGSTOP, which does not matter
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

UniqueFd aboveStreams(UniqueFd fd)
{
    constexpr int AboveAll = 10; // and what a shell or a supervisor is given beside its streams
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, AboveAll));
}

bool beginSession(int input, int output, int error) noexcept
{
    return ::setsid() >= 0 && ::dup2(input, STDIN_FILENO) >= 0 && ::dup2(output, STDOUT_FILENO) >= 0
        && ::dup2(error, STDERR_FILENO) >= 0;
}

pid_t forkSharing(ChildBody body, const void *given)
{
    // A handler of ours would run in the child as well, on our memory.
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    // fork() copies the page tables, twice for a start, and has both fault for what they write to afterwards: in a
    // program of the agent's size that costs more than all else about a start.
    const pid_t pid = ::vfork(); // NOLINT(clang-analyzer-security.insecureAPI.vfork,bugprone-unsafe-functions)
    if (pid == 0) {
        body(given);
        ::_exit(EXIT_FAILURE);
    }
    const int sysErrno = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = sysErrno;
    return pid;
}

int forkDetached(ChildBody body, const void *given)
{
    const Detached detached{.body = body, .given = given};
    const pid_t child = forkSharing(forkAndExit, &detached);
    if (child < 0) {
        return errno;
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return 0; // somebody else waits for all children of this process, and has taken the answer
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
}

} // namespace Quay
