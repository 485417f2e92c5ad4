// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

/// How a process ended.
struct ExitStatus
{
    std::optional<int> code; ///< Of exit(); nothing when a signal ended it.
    int signal = 0; ///< That ended it; 0 when it exited by itself.
    bool dumpedCore = false;

    bool operator==(const ExitStatus &) const = default;
};

/// What waitpid(2) gives, taken apart.
[[nodiscard]] ExitStatus exitStatusFromWait(int status);

/**
 * A handle on one process that can never come to mean another one.
 *
 * Source:  pidfd_open(2).
 * Threads: immutable after open().
 */
class PidFd
{
public:
    /// Errors: Gone; Unsupported before kernel 5.3.
    [[nodiscard]] static Result<PidFd> open(pid_t pid);

    /// For poll(): readable once the process is dead, POLLHUP once it was reaped.
    [[nodiscard]] int descriptor() const noexcept { return m_fd.get(); }

    /// Sends @p number to exactly this process. 0 sends nothing and tells whether one may.
    /// Errors: Gone once it was reaped; Denied for another user's; Invalid for what is no signal.
    [[nodiscard]] Result<> signal(int number) const;

    /**
     * How the process ended: for any process, ours or not. Nothing while it runs, and until its parent has asked; of a
     * child of ours at once, and without collecting it.
     *
     * Source:  PIDFD_GET_INFO with PIDFD_INFO_EXIT, ioctl_pidfd(2), kernel >= 6.15; include/uapi/linux/pidfd.h.
     *          For children waitid(2) with WNOWAIT.
     * Errors:  Unsupported on older kernels.
     */
    [[nodiscard]] Result<std::optional<ExitStatus>> exitStatus() const;

    /**
     * A number that no other process has or will have while the machine is up, unlike its pid.
     *
     * Source:  st_ino of a pidfd, kernel >= 6.9 (pidfs). Costs 0.2 us.
     * Errors:  Unsupported on older kernels, where all pidfds have the same one.
     */
    [[nodiscard]] Result<std::uint64_t> serial() const;

    /// Whether the process has ended (a zombie has). Does not wait. Errors: as errorFromErrno().
    [[nodiscard]] Result<bool> hasEnded() const;

    /// Whether the process was reaped: only from then on can its pid mean another one. So what was read about a pid is
    /// about this process as long as this says false afterwards. Errors: as errorFromErrno().
    [[nodiscard]] Result<bool> isReaped() const;

private:
    explicit PidFd(UniqueFd fd) noexcept;

    UniqueFd m_fd;
};

} // namespace Quay
