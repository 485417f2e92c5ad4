// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/lease.h"
#include "core/supervise/processmark.h"
#include "core/supervise/runevent.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace Quay {

// What goes over a supervisor's control socket: each message is a datagram with one line, see FieldLine. A supervisor
// may be older or younger than who talks to it: what the other does not know, it leaves out.

/// The most that a message may hold. A longer one is not read.
inline constexpr std::size_t MostMessageBytes = std::size_t{32} << 10U;

enum class ControlVerb : std::uint8_t
{
    Status, ///< Says how it is.
    Subscribe, ///< From the reply on, everything that happens is told as it happens.
    Stop, ///< Ends the server as its description says, or as the request does.
    Signal, ///< Sends `signal` to the server's process.
};

struct ControlRequest
{
    ControlVerb verb = ControlVerb::Status;
    std::uint64_t id = 0; ///< The reply has the same.
    std::optional<int> signal;
    std::optional<std::chrono::milliseconds> grace;
    bool isForced = false; ///< Stop: with SIGKILL at once.

    bool operator==(const ControlRequest &) const = default;
};

/// Where a log stands. What was `log` at an earlier position is `log.N` now, if `rotations` has grown by N. (The number
/// of its inode would not tell: the file system gives that of the oldest one, which was removed, to the newest.)
struct LogPosition
{
    std::uint64_t rotations = 0; ///< How often it was put aside in this run.
    std::uint64_t bytes = 0; ///< Whole lines of it, ready to be read.

    bool operator==(const LogPosition &) const = default;
};

enum class RunPhase : std::uint8_t
{
    Unknown, ///< Of a later version.
    Running,
    Stopping, ///< Asked to end, or nothing but others are left of it.
    Ended,
};

struct RunStatus
{
    RunPhase phase = RunPhase::Unknown;
    std::string runId;
    RunTime startedAt;
    std::optional<ProcessMark> server; ///< Its main process, also when it has ended.
    bool isReady = false; ///< The server said so.
    std::optional<std::string> text; ///< What it says of itself. Raw bytes.
    std::optional<std::chrono::nanoseconds> aliveAt; ///< Since boot: when it said last that it is alive.
    std::optional<ExitStatus> exit; ///< Of the main process.
    std::optional<std::chrono::milliseconds> killsIn; ///< While it stops: until SIGKILL.
    std::uint64_t eventCount = 0; ///< Events so far: the next one has the number after.
    LogPosition log;
    std::uint64_t lostBytes = 0; ///< Of output that could not be written.
    std::optional<int> logErrno; ///< Why it cannot be written at present.
    std::optional<int> recordErrno; ///< The same of the record.

    bool operator==(const RunStatus &) const = default;
};

struct ControlReply
{
    std::uint64_t id = 0;
    std::optional<Error> error; ///< What was asked for was not done.
    std::optional<RunStatus> status; ///< How things are now.

    bool operator==(const ControlReply &) const = default;
};

using ControlMessage = std::variant<ControlReply, RunEvent, LogPosition>;

[[nodiscard]] std::string toText(const ControlRequest &request);
[[nodiscard]] std::string toText(const ControlMessage &message);

/// Errors: Malformed. Threads: pure functions.
[[nodiscard]] Result<ControlRequest> controlRequestFrom(std::string_view text);
[[nodiscard]] Result<ControlMessage> controlMessageFrom(std::string_view text);

} // namespace Quay
