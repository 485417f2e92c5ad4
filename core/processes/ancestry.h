// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/kindrules.h"
#include "core/processes/processinfo.h"
#include "core/processes/unit.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
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
    /// Index of the step that explains it best: the nearest agent, IDE, terminal, multiplexer, ssh, timer or container
    /// runtime, else process manager, desktop session, service manager, shell that somebody types in; where none is
    /// left, whoever was adopted. Never the process itself, nor who merely adopted it.
    std::optional<std::size_t> origin;
    /// Its parent ended: it was handed to init or to a subreaper (a systemd of the user, tmux ...) and is not a service
    /// of it.
    bool isReparented = false;

    bool operator==(const Ancestry &) const = default;
};

/**
 * The timer that had systemd start a service, `backup.timer`, by the environment that the service got.
 *
 * Source:  TRIGGER_UNIT of systemd.exec(5), systemd 252 and later. Only in the environment of a service it is true:
 *          what the service starts in scopes of their own inherits it.
 * Threads: pure function, callable from any thread.
 */
[[nodiscard]] std::optional<std::string> triggeringTimer(std::span<const std::string> environment);

/// Says that the service manager, where it is the origin, started this because of @p timer.
void attributeToTimer(Ancestry &ancestry, const std::string &timer);

/// Looks a process up by its pid; null when there is none.
using ProcessLookup = std::function<ProcessInfoPtr(pid_t)>;

/**
 * Follows the parents of @p process.
 *
 * A parent that started later than its child is a recycled pid and ends the chain, and so does a circle. At most 64
 * steps. A null @p process has no steps.
 *
 * That the parent is pid 1 proves nothing: system services have it by right. A process was handed over when its session
 * is neither its own nor its parent's, for a child is born into its parent's session; or when it is in a scope and its
 * parent is systemd, which starts services only. What @p unit says is a service is never called so. Where neither can
 * be told (a session leader outside of systemd's care), the answer is no.
 *
 * @p unit: of @p process, by its cgroup; leave it out where it is unknown.
 *
 * Threads: as @p lookup.
 */
[[nodiscard]] Ancestry ancestryOf(const ProcessInfoPtr &process, const ProcessLookup &lookup, const KindRules &rules,
                                  const UnitInfo &unit = {});

} // namespace Quay
