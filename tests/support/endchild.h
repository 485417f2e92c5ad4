// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cerrno>
#include <csignal>

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Quay::Test {

/// Ends a child of ours that nobody has waited for yet, so that its pid cannot mean another process, and waits for it.
inline void endChild(pid_t child) noexcept
{
    const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    ::syscall(SYS_pidfd_send_signal, handle, SIGKILL, nullptr, 0);
    ::close(handle);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
}

} // namespace Quay::Test
