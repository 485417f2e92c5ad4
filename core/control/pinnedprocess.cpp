// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/pinnedprocess.h"

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procstat.h"
#include "core/processes/processid.h"

#include <cerrno>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

#include <sys/types.h>

namespace Quay {

namespace {

PinFailure failureOf(PinProblem problem, ProcessId id)
{
    return {.problem = problem,
            .error = {.code = ErrorCode::Gone, .subject = "pid " + std::to_string(id.pid), .sysErrno = 0}};
}

PinFailure failureOfOpening(pid_t pid, Error error)
{
    error.subject = "pid " + error.subject;
    if (error.sysErrno == ESRCH) {
        return {.problem = PinProblem::Gone, .error = std::move(error)};
    }
    // The number of a thread that leads no process: EINVAL, since 6.16 ENOENT. Our process did lead one.
    const bool isThread = pid > 0 && (error.sysErrno == EINVAL || error.sysErrno == ENOENT);
    return {.problem = isThread ? PinProblem::Recycled : PinProblem::Failed, .error = std::move(error)};
}

} // namespace

PinnedProcess::PinnedProcess(PidFd handle, ProcessId id) noexcept
    : m_handle(std::move(handle))
    , m_id(id)
{
}

std::expected<PinnedProcess, PinFailure> PinnedProcess::open(const ProcFs &proc, ProcessId id,
                                                             std::optional<std::uint64_t> serial)
{
    auto handle = PidFd::open(id.pid);
    if (!handle) {
        return std::unexpected(failureOfOpening(id.pid, std::move(handle).error()));
    }
    PinnedProcess pinned(*std::move(handle), id);
    if (auto failure = pinned.verify(proc, serial)) {
        return std::unexpected(*std::move(failure));
    }
    return pinned;
}

std::optional<PinFailure> PinnedProcess::verify(const ProcFs &proc, std::optional<std::uint64_t> serial) const
{
    if (serial) {
        const auto actual = m_handle.serial();
        if (actual && *actual != *serial) {
            return failureOf(PinProblem::Recycled, m_id);
        }
    }
    const auto stat = this->stat(proc);
    if (stat) {
        return stat->startTicks == m_id.startTicks ? std::nullopt
                                                   : std::optional(failureOf(PinProblem::Recycled, m_id));
    }
    if (stat.error().code != ErrorCode::Gone) {
        return PinFailure{.problem = PinProblem::Failed, .error = stat.error()};
    }
    if (isReaped()) {
        return failureOf(PinProblem::Gone, m_id);
    }
    // It is there, but /proc hides it.
    return PinFailure{
        .problem = PinProblem::Failed,
        .error = {.code = ErrorCode::Denied, .subject = stat.error().subject, .sysErrno = stat.error().sysErrno}};
}

Result<ProcStat> PinnedProcess::stat(const ProcFs &proc) const
{
    auto stat = readProcStat(proc, m_id.pid);
    const auto reaped = m_handle.isReaped();
    if (!reaped) {
        return std::unexpected(reaped.error());
    }
    if (*reaped) {
        return fail(ErrorCode::Gone, "pid " + std::to_string(m_id.pid)); // what was read may be about its successor
    }
    return stat;
}

bool PinnedProcess::isReaped() const
{
    return m_handle.isReaped().value_or(true);
}

} // namespace Quay
