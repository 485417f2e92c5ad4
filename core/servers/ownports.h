// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/socketrecord.h"
#include "core/servers/preflight.h"
#include "core/supervise/serverkey.h"

#include <string>
#include <vector>

namespace Quay {

class ProcFs;
struct ServerPlaces;
struct ServersPlaces;

/**
 * Whether all of @p sockets are held by processes of the run of @p server that goes on now.
 *
 * Source:  runPresence(), RunMembers, /proc/PID/fd.
 * Threads: any; blocks.
 */
[[nodiscard]] bool isHeldByItsRun(const ProcFs &proc, const ServerPlaces &places, const ServerIdentity &server,
                                  const std::vector<SocketRecord> &sockets);

/// Makes a port that is held by the checked server itself no failure: for who looks at servers that may run already.
/// @p project: that of all of them, as in ServerIdentity.
[[nodiscard]] std::vector<CheckOutcome> withOwnPorts(std::vector<CheckOutcome> outcomes, const ProcFs &proc,
                                                     const ServersPlaces &places, const std::string &project);

} // namespace Quay
