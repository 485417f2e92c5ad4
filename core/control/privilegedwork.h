// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/privilegedcontract.h"

namespace Quay {

class ProcFs;

/**
 * Does what the helper is asked for, with the rights that it has.
 *
 * Each target is pinned by a pidfd and only then verified against start time and serial: as long as somebody thought
 * about a password, any pid can have come to mean somebody else. Kernel threads and we ourselves are refused.
 *
 * Errors, of each target: Gone when it has ended, or its pid means another process by now; Invalid for kernel threads
 *          and ourselves; Denied; Io.
 */
[[nodiscard]] SignalAnswer signalProcesses(const SignalRequest &request, const ProcFs &proc);

/**
 * Looks who holds the sockets, at every process that there is.
 *
 * Errors:  as listPids(). Who ends meanwhile holds nothing.
 */
[[nodiscard]] Result<InspectAnswer> inspectSockets(const InspectRequest &request, const ProcFs &proc);

} // namespace Quay
