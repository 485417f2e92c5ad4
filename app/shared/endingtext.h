// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace Quay {

// What is said about ending processes, in the window and on the command line. Fit to be shown.

/// `node 4711`, with the whole name where the arguments tell it.
[[nodiscard]] QString processText(std::string_view name, std::span<const std::string> arguments, pid_t pid);
[[nodiscard]] QString processText(const ProcessInfo &process);

/// `SIGTERM`; `signal 63` for one without a name.
[[nodiscard]] QString signalText(int signal);

/// Why a process of the scope stays: `shell`.
[[nodiscard]] QString leaveOutText(LeaveOutReason reason);

/// Who would bring it back, as a sentence: `nodemon 4700 may start it again.`
[[nodiscard]] QString reviverText(const Reviver &reviver);

/// Who lives, as a sentence: `make 4700 started it, still runs, and may start it again.`
[[nodiscard]] QString starterText(const ProcessInfo &starter);

/// Where a target is: `asked to stop, 3 s left`. @p forcesIn: until SIGKILL; nothing when that will not follow.
[[nodiscard]] QString stageText(const TargetProgress &target, std::optional<std::chrono::nanoseconds> forcesIn);

/// How it went with a target, as a sentence: `node 4711 ended 120 ms after SIGTERM.` @p isManaged: the unit or
/// container that it ran in was stopped first.
[[nodiscard]] QString targetOutcomeText(const TargetProgress &target, bool isManaged = false);

/// That @p count connections were still there when the time that they were given, @p drain, had passed. A sentence.
[[nodiscard]] QString connectionsCutText(std::uint32_t count, std::optional<std::chrono::milliseconds> drain);

/// How it went with a process that had ended before, as a sentence.
[[nodiscard]] QString zombieOutcomeText(const ZombieOutcome &zombie);

} // namespace Quay
