// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/ports/portsnapshot.h"

#include <QString>

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace Quay {

// What is said about ending processes, in the window and on the command line. Fit to be shown.

/// `node 4711`
[[nodiscard]] QString processText(const ProcessInfo &process);

/// `SIGTERM`; `signal 63` for one without a name.
[[nodiscard]] QString signalText(int signal);

/// Why a process of the scope stays: `shell`.
[[nodiscard]] QString leaveOutText(LeaveOutReason reason);

/// Who would bring it back, as a sentence: `nodemon 4700 may start it again.`
[[nodiscard]] QString reviverText(const Reviver &reviver);

/// Where a target is: `asked to stop, 3 s left`. @p forcesIn: until SIGKILL; nothing when that will not follow.
[[nodiscard]] QString stageText(const TargetProgress &target, std::optional<std::chrono::nanoseconds> forcesIn);

/// How it went with a target, as a sentence: `node 4711 ended on SIGTERM after 120 ms.` @p isManaged: the unit or
/// container that it ran in was stopped first.
[[nodiscard]] QString targetOutcomeText(const TargetProgress &target, bool isManaged = false);

/// That connections were still there when their time had passed, as a sentence. @p report: with connectionsCut.
[[nodiscard]] QString connectionsCutText(const EndingReport &report);

/// How it went with a process that had ended before, as a sentence.
[[nodiscard]] QString zombieOutcomeText(const ZombieOutcome &zombie);

/// Who started @p owner, as far as it matters to who would not have it back: the process manager above it, when only
/// shells that run one command and scripts of packages are between; else its parent. Null: it cannot be seen.
[[nodiscard]] const AncestryStep *starterOf(const Owner &owner);
/// The same, where to end it takes nothing with it that somebody works in: no terminal, no IDE, no shell of a session.
[[nodiscard]] const AncestryStep *starterToEnd(const Owner &owner);

/// Who holds them: `node 4711, node 4712`.
[[nodiscard]] QString heldByText(const std::vector<ListenerPtr> &holders);

/// Who listens on a port that is not free, as @p now knows them.
[[nodiscard]] std::vector<ListenerPtr> holdersOf(const PortOutcome &port, const PortSnapshot &now);

/// Connections and sockets that are still at a port which nobody listens on. Empty: none that is known.
[[nodiscard]] QString remainsText(const PortProof &proof);

/// How it went with a port, as a sentence: `Port 3000 is free.` @p holders: who listens on it now, with owners.
[[nodiscard]] QString portOutcomeText(const PortOutcome &port, const std::vector<ListenerPtr> &holders);

} // namespace Quay
