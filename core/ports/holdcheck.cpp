// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ports/holdcheck.h"

#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/procstat.h"
#include "core/kernel/socketrecord.h"
#include "core/ports/listener.h"

#include <algorithm>

namespace Quay {

bool hasGivenUp(const ProcFs &proc, const Owner &owner, const SocketRecord &socket)
{
    const auto [pid, startTicks] = owner.process->id;
    const bool isKnown = owner.fd >= 0 && socket.inode != 0; // else somebody is only thought to hold it
    if (!isKnown || isSocketFd(proc, pid, {.fd = owner.fd, .inode = socket.inode}).value_or(false)) {
        return false;
    }
    const auto fds = readSocketFds(proc, pid); // it may have moved to another descriptor
    if (!fds || std::ranges::contains(fds->sockets, socket.inode, &SocketFd::inode)) {
        return false;
    }
    const auto stat = readProcStat(proc, pid); // after the descriptors: they were those of this process
    return stat && stat->startTicks == startTicks && stat->state != 'Z';
}

} // namespace Quay
