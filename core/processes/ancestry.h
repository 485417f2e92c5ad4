// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/kindrules.h"
#include "core/processes/processinfo.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace Quay {

/// One process in the chain of parents of another one.
struct AncestryStep
{
    ProcessInfoPtr process; ///< never null
    LauncherKind launcher = LauncherKind::None;
    std::string launcherName; ///< Proper name by the rules, else empty.

    bool operator==(const AncestryStep &) const = default;
};

/// Why a process runs: itself first, its oldest visible ancestor last.
struct Ancestry
{
    std::vector<AncestryStep> steps;
    /// Index of the step that explains it best (the agent, IDE, terminal, multiplexer, ssh, timer or service manager).
    std::optional<std::size_t> origin;
    /// Its parent ended: it was handed to init or to a subreaper (a systemd of the user, tmux ...) and is not a service
    /// of it.
    bool isReparented = false;

    bool operator==(const Ancestry &) const = default;
};

/// Looks a process up by its pid; null when there is none.
using ProcessLookup = std::function<ProcessInfoPtr(pid_t)>;

/**
 * Follows the parents of @p process.
 *
 * A parent that started later than its child is a recycled pid and ends the chain, and so does a circle. At most 64
 * steps.
 *
 * Threads: as @p lookup.
 */
[[nodiscard]] Ancestry ancestryOf(const ProcessInfoPtr &process, const ProcessLookup &lookup, const KindRules &rules);

} // namespace Quay
