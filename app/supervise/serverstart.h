// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/uniquefd.h"
#include "core/kernel/pidfd.h"
#include "core/supervise/launch.h"
#include "core/supervise/processmark.h"
#include "core/supervise/rundescription.h"

#include <expected>
#include <string>
#include <vector>

namespace Quay {

class ProcFs;
class RunCgroup;

/// A server that runs. Reading from its outputs does not block.
struct StartedServer
{
    ProcessMark mark;
    PidFd handle;
    UniqueFd output; ///< Of a server with a terminal: the terminal, and all of its output.
    UniqueFd error; ///< None of a server with a terminal.
};

/**
 * Starts the server as a child: in a session and process group of its own, its input /dev/null or its terminal, no
 * other descriptor of ours, and signals as a shell would leave them.
 *
 * @p additional: variables that take the place of those of the same name in the description.
 * @p cgroup: to move it to; null for none. That it cannot be moved is no failure.
 * Source:  fork(2), setsid(2), execve(2), posix_openpt(3).
 */
[[nodiscard]] std::expected<StartedServer, LaunchFailure> startServer(const ProcFs &proc, const RunDescription &run,
                                                                      const std::vector<std::string> &additional,
                                                                      const RunCgroup *cgroup);

} // namespace Quay
