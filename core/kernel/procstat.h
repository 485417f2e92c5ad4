// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/uniquefd.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sys/types.h>

namespace Quay {

class ProcFs;

/// The fields of /proc/PID/stat that we use. A plain value.
struct ProcStat
{
    pid_t pid = 0;
    std::string comm; ///< Raw bytes, at most 15 for a process; may contain `) (` and newlines.
    char state = '?'; ///< R, S, D, Z, T, t, I, X
    pid_t parentPid = 0;
    pid_t processGroup = 0;
    pid_t session = 0;
    std::optional<std::uint32_t> terminal; ///< Device number of the controlling terminal.
    bool isKernelThread = false; ///< PF_KTHREAD
    std::uint64_t userTicks = 0; ///< USER_HZ
    std::uint64_t systemTicks = 0; ///< USER_HZ
    std::uint64_t threadCount = 0;
    std::uint64_t startTicks = 0; ///< USER_HZ since boot; with the pid it is the identity of a process.
    std::uint64_t residentPages = 0; ///< pages, see sysconf(_SC_PAGESIZE)

    bool operator==(const ProcStat &) const = default;
};

/// USER_HZ ticks as time: 10 ms each everywhere but on a kernel that was built otherwise.
[[nodiscard]] std::chrono::nanoseconds timeFromTicks(std::uint64_t ticks);

/**
 * Parses the text of /proc/PID/stat.
 *
 * Source:  proc_pid_stat(5); written by do_task_stat() in fs/proc/array.c. The name ends at the *last* `)`.
 * Errors:  Malformed, with the text as subject.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] Result<ProcStat> parseProcStat(std::string_view text);

/// Reads and parses /proc/PID/stat. Errors: Gone when the process is no more; as parseProcStat() otherwise.
[[nodiscard]] Result<ProcStat> readProcStat(const ProcFs &proc, pid_t pid);

/**
 * How a process ended that nobody has asked yet (a zombie): what waitpid(2) will give. Nothing while it runs.
 *
 * Source:  field 52 of proc_pid_stat(5), which the kernel tells of one's own processes only; of others 0.
 * Errors:  Gone once somebody has asked; Malformed.
 * Threads: any.
 */
[[nodiscard]] Result<std::optional<int>> readZombieStatus(const ProcFs &proc, pid_t pid);
/// The same of the text. Errors: Malformed, with the text as subject. Threads: pure function.
[[nodiscard]] Result<std::optional<int>> zombieStatusFrom(std::string_view text);

/**
 * /proc/PID/stat kept open, for a process that is asked at every look: half the price of readProcStat().
 *
 * Whoever is given the pid once this process has ended is not read.
 *
 * Threads: read() may be called on several at once.
 */
class ProcStatFile
{
public:
    /// Of nobody.
    ProcStatFile() = default;
    /// Errors: as readProcStat().
    [[nodiscard]] static Result<ProcStatFile> open(const ProcFs &proc, pid_t pid);

    [[nodiscard]] bool isOpen() const noexcept { return static_cast<bool>(m_fd); }
    /// Errors: as readProcStat().
    [[nodiscard]] Result<ProcStat> read() const;

private:
    explicit ProcStatFile(UniqueFd fd)
        : m_fd(std::move(fd))
    {
    }

    UniqueFd m_fd;
};

} // namespace Quay
