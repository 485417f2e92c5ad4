// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/runclaim.h"

#include "core/base/clock.h"
#include "core/base/makedirectories.h"
#include "core/base/result.h"
#include "core/base/writefile.h"
#include "core/kernel/bootid.h"
#include "core/kernel/filelock.h"
#include "core/kernel/procfs.h"
#include "core/supervise/launch.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"
#include "core/supervise/runpresence.h"
#include "core/supervise/serverkey.h"
#include "core/supervise/serverplaces.h"

#include <expected>
#include <optional>
#include <string>
#include <utility>

#include <unistd.h>

namespace Quay {

namespace {

std::unexpected<LaunchFailure> failedWith(LaunchProblem problem, Error error)
{
    return std::unexpected(LaunchFailure{.problem = problem, .error = std::move(error)});
}

/// Whoever has the lock. That he may not have written his lease yet is why not everything has to be known.
std::unexpected<LaunchFailure> alreadyRunning(const RunPresence &presence, const std::string &lockPath)
{
    LaunchFailure failure{.problem = LaunchProblem::AlreadyRunning,
                          .error = {.code = ErrorCode::Invalid, .subject = lockPath, .sysErrno = 0},
                          .holder = {},
                          .since = {}};
    if (presence.state == RunState::Running && presence.lease) {
        failure.holder = presence.lease->supervisor;
        failure.since = presence.lease->startedAt;
    }
    return std::unexpected(failure);
}

/// Says which server the directory is of. Two with one key are as good as impossible, and not taken for one.
std::optional<LaunchFailure> claimDirectory(const RunDescription &run)
{
    const std::string path = run.places.identity();
    const auto identity = readIdentity(path);
    if (identity) {
        return *identity == run.server ? std::nullopt
                                       : std::optional(LaunchFailure{
                                             .problem = LaunchProblem::BadDescription,
                                             .error = {.code = ErrorCode::Invalid, .subject = path, .sysErrno = 0},
                                         });
    }
    const auto written = replaceFile(path, identityText(run.server), Survives::Writer);
    return written ? std::nullopt
                   : std::optional(LaunchFailure{.problem = LaunchProblem::CannotWriteState, .error = written.error()});
}

} // namespace

RunClaim::RunClaim(FileLock lock, ServerPlaces places, Lease lease)
    : m_lock(std::move(lock))
    , m_places(std::move(places))
    , m_lease(std::move(lease))
{
}

std::expected<RunClaim, LaunchFailure> RunClaim::take(const ProcFs &proc, const RunDescription &run, const Clock &clock)
{
    const std::string key = serverKey(run.server);
    for (const auto &path : {run.places.lock(), run.places.record(run.runId)}) {
        if (const auto made = makeDirectoriesOf(path); !made) {
            return failedWith(LaunchProblem::CannotWriteState, made.error());
        }
    }
    auto lock = FileLock::take(run.places.lock());
    if (!lock) {
        return failedWith(LaunchProblem::CannotWriteState, lock.error());
    }
    const auto presence = runPresence(proc, run.places, key);
    // Its supervisor runs, although the lock is free: somebody has replaced the file.
    if (!*lock || presence.state == RunState::Running) {
        return alreadyRunning(presence, run.places.lock());
    }
    if (presence.state == RunState::LeftOver) {
        return std::unexpected(
            LaunchFailure{.problem = LaunchProblem::LeftOvers,
                          .error = {.code = ErrorCode::Invalid, .subject = run.places.lease(), .sysErrno = 0},
                          .holder = presence.leftOvers.front().process,
                          .since = presence.lease ? std::optional(presence.lease->startedAt) : std::nullopt});
    }
    if (auto failure = claimDirectory(run)) {
        return std::unexpected(*std::move(failure));
    }
    if (presence.lease) {
        removeCgroup(*presence.lease);
    }
    const auto bootId = readBootId(proc);
    const auto own = markOf(proc, ::getpid());
    if (!bootId || !own) {
        return failedWith(LaunchProblem::Failed, bootId ? own.error() : bootId.error());
    }
    Lease lease{.bootId = *bootId,
                .runId = run.runId,
                .supervisor = *own,
                .server = {},
                .cgroup = {},
                .startedAt = runTimeOf(clock)};
    if (const auto written = writeLease(run.places.lease(), lease); !written) {
        return failedWith(LaunchProblem::CannotWriteState, written.error());
    }
    return RunClaim(**std::move(lock), run.places, std::move(lease));
}

Result<> RunClaim::setServer(const ProcessMark &server)
{
    m_lease.server = server;
    return writeLease(m_places.lease(), m_lease);
}

Result<> RunClaim::setCgroup(const std::string &directory)
{
    m_lease.cgroup = directory;
    return writeLease(m_places.lease(), m_lease);
}

void RunClaim::release() noexcept
{
    for (const auto &path : {m_places.control(), m_places.notify(), m_places.lease()}) {
        ::unlink(path.c_str());
    }
    m_lock.reset();
}

} // namespace Quay
