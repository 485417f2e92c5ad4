// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/killplan.h"
#include "core/processes/processinfo.h"

#include <string>
#include <vector>

namespace Quay {

class ProcFs;

/// How a process was started, so that it can be started again. Raw bytes; the environment holds secrets.
struct StartSpec
{
    std::string name; ///< As it was called: comm.
    /// The program file; absolute. As it was called where that still leads to the same file, for a program that is
    /// called python3 is named so, and not python3.13; of a script that names its interpreter, the script.
    std::string executable;
    std::vector<std::string> arguments; ///< The program's own name first; never empty.
    std::string directory;
    std::vector<std::string> environment; ///< `NAME=value`

    bool operator==(const StartSpec &) const = default;
};

/**
 * Reads how exactly this process was started.
 *
 * Source:  /proc/PID/exe, cmdline, cwd and environ. Identity is verified after the reads.
 * Errors:  Gone: it, its program file or its directory is no more. Denied: another user's. Unsupported: it has put a
 *          title in the place of its command line, or is a shell at which somebody types. The subject is `pid N`, or
 *          the path.
 * Threads: any; blocks.
 */
[[nodiscard]] Result<StartSpec> readStartSpec(const ProcFs &proc, const ProcessInfo &process);

/// Whether its directory and its program file are still there, as far as that can be told without starting it. Errors:
/// as errorFromErrno(), with the path. Threads: any.
[[nodiscard]] Result<> canStart(const StartSpec &spec);

/**
 * How to start again what @p plan ends: its topmost processes, which start the others. To be asked before the first
 * signal.
 *
 * Empty when somebody else would start them again, when one of them belongs to another user, when how it was started is
 * not known, and when there are more than MostStartsAgain: who starts a half of it has more trouble than before.
 *
 * Threads: any; blocks.
 */
[[nodiscard]] std::vector<StartSpec> startSpecsOf(const ProcFs &proc, const KillPlan &plan);

/// The same for a caller who is about to signal: empty too when a file system does not answer in time. Opens /proc.
[[nodiscard]] std::vector<StartSpec> startSpecsInTime(const KillPlan &plan);

inline constexpr std::size_t MostStartsAgain = 16;

} // namespace Quay
