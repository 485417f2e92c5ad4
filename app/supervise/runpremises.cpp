// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/runpremises.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/unixsocket.h"

#include <cerrno>
#include <csignal>
#include <expected>
#include <optional>
#include <utility>

#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace Quay {

namespace {

std::unexpected<LaunchFailure> failedWith(LaunchProblem problem, Error error)
{
    return std::unexpected(LaunchFailure{.problem = problem, .error = std::move(error)});
}

/// Signals come as bytes; a file that may not grow, or a reader who is gone, is an error of write() and no signal.
Result<UniqueFd> becomeSupervisor()
{
    ::setsid(); // fails only for who is a session leader already
    for (const int ignored : {SIGPIPE, SIGXFSZ, SIGHUP}) {
        std::signal(ignored, SIG_IGN);
    }
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int taken : {SIGCHLD, SIGTERM, SIGINT}) {
        ::sigaddset(&signals, taken);
    }
    UniqueFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd || ::sigprocmask(SIG_BLOCK, &signals, nullptr) != 0 || ::prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        return failErrno(errno, "supervisor");
    }
    return fd;
}

Result<std::optional<NotifySocket>> openNotify(const RunDescription &run)
{
    if (!run.expectsNotify) {
        return std::nullopt;
    }
    return NotifySocket::open(run.places.notify()).transform([](NotifySocket socket) {
        return std::optional(std::move(socket));
    });
}

std::optional<RunCgroup> makeCgroup(const ProcFs &proc, const RunDescription &run, RunClaim &claim)
{
    auto cgroup = RunCgroup::make(proc, run.runId);
    if (!cgroup) {
        return std::nullopt; // mostly there is none of our own: the subreaper does it too
    }
    // The lease was written a moment ago; that it cannot be now is no reason to run without a cgroup.
    static_cast<void>(claim.setCgroup(cgroup->directory()));
    return *std::move(cgroup);
}

} // namespace

std::expected<RunPremises, LaunchFailure> RunPremises::open(RunDescription run)
{
    auto signals = becomeSupervisor();
    auto proc = ProcFs::open();
    auto loop = EventLoop::open();
    if (!signals || !proc || !loop) {
        return failedWith(LaunchProblem::Failed, !signals ? signals.error() : !proc ? proc.error() : loop.error());
    }
    auto claim = RunClaim::take(*proc, run);
    if (!claim) {
        return std::unexpected(std::move(claim).error());
    }
    auto record = RecordWriter::open(run.places.record(run.runId));
    auto log = LogFile::open(run.places.log(), run.log);
    auto control = listenAt(run.places.control());
    auto notify = openNotify(run);
    if (!record || !log || !control || !notify) {
        claim->release();
        return failedWith(LaunchProblem::CannotWriteState,
                          !record        ? record.error()
                              : !log     ? log.error()
                              : !control ? control.error()
                                         : notify.error());
    }
    auto cgroup = makeCgroup(*proc, run, *claim);
    return RunPremises{.run = std::move(run),
                       .proc = *std::move(proc),
                       .loop = *std::move(loop),
                       .signals = *std::move(signals),
                       .claim = *std::move(claim),
                       .record = *std::move(record),
                       .log = *std::move(log),
                       .control = *std::move(control),
                       .notify = *std::move(notify),
                       .cgroup = std::move(cgroup)};
}

} // namespace Quay
