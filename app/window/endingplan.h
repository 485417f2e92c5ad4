// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"
#include "core/ports/listener.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/processid.h"

#include <vector>

namespace Quay {

struct WindowEnding;

/// Who holds @p listener, each once.
[[nodiscard]] std::vector<ProcessId> ownersOf(const Listener &listener);

/// Plans to end whom @p ending is about, as they stand in @p snapshot. Reads the list of protected programs.
/// Errors: as makeKillPlan(), and of that list.
[[nodiscard]] Result<KillPlan> planFor(const WindowEnding &ending, KillScope scope, const PortSnapshotPtr &snapshot);

/// What is written down when nobody is signalled for @p ending.
[[nodiscard]] RefusedAttempt refusedAttemptFrom(const WindowEnding &ending, AuditRefusal reason,
                                                const PortSnapshotPtr &snapshot);

} // namespace Quay
