// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// A descriptor of a process that is a socket.
struct SocketFd
{
    int fd = -1;
    std::uint64_t inode = 0;

    bool operator==(const SocketFd &) const = default;
};

/// The sockets among the descriptors of a process.
struct SocketFds
{
    std::vector<SocketFd> sockets;
    std::uint64_t fdCount = 0; ///< As openFdCount() told just before; 0 where the kernel does not tell.
};

/// The inode of a link target `socket:[12345]`, nothing for any other target.
[[nodiscard]] std::optional<std::uint64_t> socketInodeFromLink(std::string_view target);

/**
 * Lists the sockets among the descriptors of a process.
 *
 * Source:  /proc/PID/fd. Costs about 2 us a descriptor, the most expensive look there is: see ProcessTable for how to
 *          avoid it. A descriptor that is closed meanwhile is left out. Where the main thread has ended and others
 *          have not: /proc/PID/task/TID/fd of one of these.
 * Errors:  Gone; Denied when the process belongs to somebody else or may not be traced.
 */
[[nodiscard]] Result<SocketFds> readSocketFds(const ProcFs &proc, pid_t pid);

/// Whether descriptor @p fd of the process is still that socket. Errors: Gone for the process or the fd; Denied.
[[nodiscard]] Result<bool> isSocketFd(const ProcFs &proc, pid_t pid, SocketFd socket);

/**
 * How many descriptors a process has open.
 *
 * Source:  st_size of /proc/PID/fd, kernel >= 6.2. Needs no permission.
 * Errors:  Gone; Unsupported on older kernels, where it is always 0.
 */
[[nodiscard]] Result<std::uint64_t> openFdCount(const ProcFs &proc, pid_t pid);

} // namespace Quay
