// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/fieldline.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace Quay {

/// What of a process's own account the kernel gives when it was waited for.
struct ResourceUsage
{
    std::chrono::microseconds userTime{};
    std::chrono::microseconds systemTime{};
    std::uint64_t mostResidentKib = 0;

    bool operator==(const ResourceUsage &) const = default;
};

enum class RunEventKind : std::uint8_t
{
    Unknown, ///< Of a later version: only its number and time are known.
    Started, ///< `process`
    StartFailed, ///< `text`: what could not be executed, or entered; `sysErrno`
    FirstOutput, ///< `stream`
    Ready, ///< The server said so, by sd_notify.
    Status, ///< `text`, in its words.
    Stopping, ///< It said so.
    Watchdog, ///< It said that it is alive: for the first time, or after a silence.
    WatchdogSilent, ///< It has not said so for longer than it may.
    MainProcess, ///< `process` is the server from now on: by its own word, or the only one that is left.
    StopAsked, ///< `process`: who asked; `uid`; `signal`, `grace`. Without a process: a signal to the supervisor.
    Signalled, ///< `process`: who asked; `uid`; `signal`.
    Exited, ///< The server's process: `process`, `status`, `usage`, `outOfMemory`.
    Daemonised, ///< It ended well, and left others to work on: the run goes on.
    LeftBehind, ///< It ended badly, and left others: they are asked to end. `count`.
    Killed, ///< `process`, `text`: its command line. It had not ended in time. `sysErrno`: and could not be killed.
    OutputLost, ///< `count` bytes could not be written; `sysErrno` says why.
    Limit, ///< No more notes of the server itself are recorded in this run: there are too many.
    ClockSetBack, ///< What the server writes from now on has earlier times than what it wrote before.
    Ended, ///< Nobody is left. The last event of a run.
};

/// Something that happened in a run. Which members are set depends on the kind.
struct RunEvent
{
    RunEventKind kind = RunEventKind::Unknown;
    std::uint64_t number = 0; ///< From 1 on, in order, without a gap.
    RunTime at;
    std::optional<ProcessMark> process;
    std::optional<std::uint32_t> uid;
    std::optional<std::string> text; ///< Raw bytes, at most MostTextBytes.
    std::optional<std::string> stream; ///< `stdout` or `stderr`
    std::optional<int> signal;
    std::optional<std::chrono::milliseconds> grace;
    std::optional<ExitStatus> status;
    std::optional<ResourceUsage> usage;
    std::optional<bool> outOfMemory; ///< Whether the kernel ended somebody of the run for want of memory, if it tells.
    std::optional<std::uint64_t> count;
    std::optional<int> sysErrno;

    static constexpr std::size_t MostTextBytes = 4096;

    bool operator==(const RunEvent &) const = default;
};

/// Texts that are longer are cut. Without a line break.
[[nodiscard]] FieldLine toLine(const RunEvent &event);
/// Errors: Malformed. Threads: pure function.
[[nodiscard]] Result<RunEvent> runEventFrom(const FieldLine &line);

} // namespace Quay
