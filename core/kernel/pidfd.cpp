// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <string>
#include <utility>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

PidFd::PidFd(UniqueFd fd) noexcept
    : m_fd(std::move(fd))
{
}

Result<PidFd> PidFd::open(pid_t pid)
{
    // Not pidfd_open() of <sys/pidfd.h>: glibc 2.41 declares it there as C++, and nothing links. Close-on-exec is set.
    UniqueFd fd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!fd) {
        return failErrno(errno, std::to_string(pid));
    }
    return PidFd(std::move(fd));
}

Result<bool> PidFd::hasEnded() const
{
    pollfd request{.fd = m_fd.get(), .events = POLLIN, .revents = 0};
    int ready = -1;
    do {
        ready = ::poll(&request, 1, 0);
    } while (ready < 0 && errno == EINTR);
    if (ready < 0) {
        return failErrno(errno, "pidfd");
    }
    return ready > 0;
}

} // namespace Quay
