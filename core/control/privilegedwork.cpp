// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/privilegedwork.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/control/pinnedprocess.h"
#include "core/control/privilegedcontract.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procfd.h"
#include "core/kernel/procfs.h"
#include "core/kernel/proclist.h"
#include "core/kernel/procstat.h"

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

Result<> signalOne(const SignalTarget &target, int signal, const ProcFs &proc)
{
    const pid_t pid = target.process.pid;
    const std::string subject = "pid " + std::to_string(pid);
    if (pid == ::getpid()) {
        return fail(ErrorCode::Invalid, subject);
    }
    const auto pinned = PinnedProcess::open(proc, target.process, target.serial);
    if (!pinned) {
        const auto &failure = pinned.error();
        return failure.problem == PinProblem::Failed ? Result<>(std::unexpected(failure.error))
                                                     : fail(ErrorCode::Gone, subject);
    }
    const auto stat = pinned->stat(proc);
    if (!stat) {
        return std::unexpected(stat.error());
    }
    if (stat->isKernelThread) {
        return fail(ErrorCode::Invalid, subject);
    }
    const auto signalled = pinned->handle().signal(signal);
    if (signalled && signal != SIGKILL && stat->state == 'T') { // it would not hear of it
        return pinned->handle().signal(SIGCONT);
    }
    return signalled;
}

/// Those of the wanted sockets that one process holds. Nothing when it is not the same process before and after.
std::vector<ToldHolder> holdingsOf(pid_t pid, const std::unordered_set<std::uint64_t> &wanted, const ProcFs &proc)
{
    const auto handle = PidFd::open(pid);
    const auto stat = readProcStat(proc, pid);
    const auto fds = readSocketFds(proc, pid);
    if (!handle || !stat || !fds || handle->isReaped().value_or(true)) {
        return {};
    }
    std::vector<ToldHolder> found;
    for (const auto &socket : fds->sockets) {
        if (wanted.contains(socket.inode)) {
            found.push_back(
                {.inode = socket.inode, .process = {.pid = pid, .startTicks = stat->startTicks}, .fd = socket.fd});
        }
    }
    std::ranges::sort(found, {}, [](const ToldHolder &holder) { return std::pair(holder.inode, holder.fd); });
    const auto repeated = std::ranges::unique(found, {}, &ToldHolder::inode);
    found.erase(repeated.begin(), repeated.end());
    return found;
}

} // namespace

SignalAnswer signalProcesses(const SignalRequest &request, const ProcFs &proc)
{
    SignalAnswer answer;
    answer.reserve(request.targets.size());
    for (const auto &target : request.targets) {
        answer.push_back(signalOne(target, request.signal, proc));
    }
    return answer;
}

Result<InspectAnswer> inspectSockets(const InspectRequest &request, const ProcFs &proc)
{
    const auto pids = listPids(proc);
    if (!pids) {
        return std::unexpected(pids.error());
    }
    const std::unordered_set<std::uint64_t> wanted(request.inodes.begin(), request.inodes.end());
    InspectAnswer answer;
    for (const pid_t pid : *pids) {
        std::ranges::copy(holdingsOf(pid, wanted, proc), std::back_inserter(answer));
    }
    return answer;
}

} // namespace Quay
