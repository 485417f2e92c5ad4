// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/killplan.h"
#include "core/history/auditentry.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/processid.h"

#include <set>
#include <string>
#include <vector>

namespace Quay {

struct WindowEnding;

/// Who holds @p listener, each once.
[[nodiscard]] std::vector<ProcessId> ownersOf(const Listener &listener);

/// Plans to end whom @p ending is about, as they stand in @p snapshot. Errors: as makeKillPlan().
[[nodiscard]] PlanResult planFor(const WindowEnding &ending, KillScope scope, const PortSnapshotPtr &snapshot,
                                 std::set<std::string> protectedNames);

/// What is written down when nobody is signalled for @p ending.
[[nodiscard]] RefusedAttempt refusedAttemptFrom(const WindowEnding &ending, AuditRefusal reason,
                                                const PortSnapshotPtr &snapshot);

} // namespace Quay
