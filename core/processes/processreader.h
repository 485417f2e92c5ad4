// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/procstat.h"
#include "core/processes/processinfo.h"

#include <chrono>
#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace Quay {

class Clock;
class ProcFs;

/// What was read of the process that a pid means, and how it stood then.
struct ProcessReading
{
    std::chrono::nanoseconds cpuTime{}; ///< Just before info was read.
    ProcessInfoPtr info; ///< Null: never read, or it had ended or was hidden from us.
    std::optional<double> cpuShare; ///< Not read here, but taken over into info.
    ProcStatFile statFile; ///< Of one that wakes up all the time. It is of the one that it was opened for.
    std::uint32_t reads = 0; ///< How often info was read, for the first looks at a process that is about to exec.
    pid_t parentPid = 0; ///< As in info: what most looks ask of all of them stands here, in one piece of memory.
    bool isUnambiguous = false; ///< Nobody else can have, or come to have, the pid and the start time of info.
    bool isRefused = false; ///< When it was read last, it had ended or was hidden from us.
};

/**
 * Reads a process anew, as far as it may have changed.
 *
 * Threads: immutable; read() may be called on several at once, each with a reading of its own.
 */
class ProcessReader
{
public:
    /// Both outlive it.
    ProcessReader(const ProcFs &proc, const Clock &clock);

    /**
     * Reads the process that @p pid means by now. What did not change stays the same object.
     *
     * @p cpuTime: its clock, read just before. @p readsArguments: also when nothing suggests that they changed.
     *
     * Source:  /proc/PID/stat, and for whoever is new, young or renamed the owner of /proc/PID and cmdline.
     */
    void read(pid_t pid, ProcessReading &reading, std::chrono::nanoseconds cpuTime, bool readsArguments) const;

private:
    [[nodiscard]] Result<ProcStat> readStat(pid_t pid, ProcessReading &reading) const;
    struct Identity;
    [[nodiscard]] Result<Identity> readIdentity(pid_t pid, bool isKernelThread) const;

    const ProcFs &m_proc;
    const Clock &m_clock;
};

} // namespace Quay
