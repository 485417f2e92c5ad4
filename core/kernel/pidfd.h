// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <sys/types.h>

namespace Quay {

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

    /// Whether the process has ended (a zombie has). Does not wait. Errors: as errorFromErrno().
    [[nodiscard]] Result<bool> hasEnded() const;

private:
    explicit PidFd(UniqueFd fd) noexcept;

    UniqueFd m_fd;
};

} // namespace Quay
