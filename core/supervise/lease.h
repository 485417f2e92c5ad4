// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/supervise/processmark.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

/// An instant: for people, and for intervals, which steps of the clock do not change.
struct RunTime
{
    std::chrono::nanoseconds realTime{}; ///< since 1970
    std::chrono::nanoseconds sinceBoot{}; ///< CLOCK_BOOTTIME, as start times of processes

    bool operator==(const RunTime &) const = default;
};

[[nodiscard]] inline RunTime runTimeOf(const Clock &clock)
{
    return {.realTime = clock.realTime(), .sinceBoot = clock.sinceBoot()};
}

/// Adds @p time as the fields `real` and `boot`.
void addTime(FieldLine &line, const RunTime &time);
[[nodiscard]] std::optional<RunTime> timeFrom(const FieldLine &line);

/// Who runs a server: what its supervisor leaves for whoever looks. It is believed only as far as the kernel confirms
/// it, see runPresence().
struct Lease
{
    std::string bootId; ///< Nothing of it means anything after the machine was started again.
    std::string runId;
    ProcessMark supervisor;
    std::optional<ProcessMark> server; ///< Not known yet for the first milliseconds.
    std::optional<std::string> cgroup; ///< Its directory, when the run has one of its own.
    RunTime startedAt;

    bool operator==(const Lease &) const = default;
};

[[nodiscard]] std::string leaseText(const Lease &lease);
/// Errors: Malformed. Threads: pure function.
[[nodiscard]] Result<Lease> leaseFromText(std::string_view text);

/// Errors: as replaceFile().
[[nodiscard]] Result<> writeLease(const std::string &path, const Lease &lease);
/// Errors: as readFile(): Gone when there is none; Malformed. The subject is the path.
[[nodiscard]] Result<Lease> readLease(const std::string &path);

/// Removes the cgroup of a run whose supervisor could not do it any more; it stays while somebody is in it.
void removeCgroup(const Lease &lease);

/// `6568f1c2a3b4c5d6-0badcafe`: the time, so that run ids sort by it, and some chance. It sorts behind @p last, the id
/// of the last run before, also when the clock was set back since.
[[nodiscard]] std::string makeRunId(const Clock &clock, std::string_view last = {});
/// Run ids become names of files: nothing else is one. Threads: pure function.
[[nodiscard]] bool isRunId(std::string_view text);

} // namespace Quay
