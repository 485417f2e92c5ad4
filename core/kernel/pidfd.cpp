// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/pidfd.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay {

namespace {

// Of include/uapi/linux/pidfd.h and magic.h, which are younger than the headers that we build with.
struct PidFdInfo // struct pidfd_info as of PIDFD_INFO_SIZE_VER0
{
    std::uint64_t mask = 0;
    std::uint64_t cgroupId = 0;
    std::uint32_t pid = 0;
    std::uint32_t threadGroup = 0;
    std::uint32_t parentPid = 0;
    std::uint32_t uidsAndGids[8] = {}; // NOLINT(modernize-avoid-c-arrays): the kernel's
    std::int32_t exitCode = 0;
};
static_assert(sizeof(PidFdInfo) == 64);
constexpr unsigned long GetInfo = _IOWR(0xFF, 11, PidFdInfo); // PIDFD_GET_INFO
constexpr std::uint64_t InfoExit = 1U << 3U; // PIDFD_INFO_EXIT
constexpr auto PidFsMagic = 0x50494446; // PID_FS_MAGIC

bool isOnPidFs(int pidfd)
{
    struct statfs system{};
    return ::fstatfs(pidfd, &system) == 0 && system.f_type == PidFsMagic;
}

/// Of a child of ours, which stays a zombie. Nothing for anybody else's, and while it runs.
std::optional<ExitStatus> exitStatusOfChild(int pidfd)
{
    siginfo_t info{};
    if (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
        return std::nullopt;
    }
    if (info.si_code == CLD_EXITED) {
        return ExitStatus{.code = info.si_status, .signal = 0, .dumpedCore = false};
    }
    return ExitStatus{.code = std::nullopt, .signal = info.si_status, .dumpedCore = info.si_code == CLD_DUMPED};
}

} // namespace

ExitStatus exitStatusFromWait(int status)
{
    if (WIFSIGNALED(status)) {
        return {.code = std::nullopt, .signal = WTERMSIG(status), .dumpedCore = WCOREDUMP(status) != 0};
    }
    return {.code = WEXITSTATUS(status), .signal = 0, .dumpedCore = false};
}

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

Result<> PidFd::signal(int number) const
{
    if (::syscall(SYS_pidfd_send_signal, m_fd.get(), number, nullptr, 0) != 0) {
        return failErrno(errno, "signal " + std::to_string(number));
    }
    return {};
}

Result<std::optional<ExitStatus>> PidFd::exitStatus() const
{
    if (auto status = exitStatusOfChild(m_fd.get())) {
        return status;
    }
    PidFdInfo info{.mask = InfoExit};
    if (::ioctl(m_fd.get(), GetInfo, &info) != 0) {
        // ENOTTY before 6.13; ESRCH: 6.13 and 6.14 know the request, but not the exit code of who was reaped.
        const bool isOld = errno == ENOTTY || errno == EINVAL || errno == ESRCH;
        return isOld ? fail(ErrorCode::Unsupported, "PIDFD_GET_INFO", errno) : failErrno(errno, "PIDFD_GET_INFO");
    }
    if ((info.mask & InfoExit) == 0) {
        return std::nullopt;
    }
    return exitStatusFromWait(info.exitCode);
}

Result<std::uint64_t> PidFd::serial() const
{
    static const bool kernelHasSerials = isOnPidFs(m_fd.get());
    if (!kernelHasSerials) {
        return fail(ErrorCode::Unsupported, "pidfd serial");
    }
    struct stat status{};
    if (::fstat(m_fd.get(), &status) != 0) {
        return failErrno(errno, "pidfd serial");
    }
    return status.st_ino;
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

Result<bool> PidFd::isReaped() const
{
    const auto alive = signal(0);
    if (alive || alive.error().code == ErrorCode::Denied) {
        return false;
    }
    return alive.error().code == ErrorCode::Gone ? Result<bool>(true) : std::unexpected(alive.error());
}

} // namespace Quay
