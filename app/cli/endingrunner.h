// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"

#include <set>
#include <string>
#include <vector>

namespace Quay {

class AttemptRecorder;
class PrivilegedClient;

/// What `quay free` and `quay stop` do once they know whom to end: show the plan, ask, end, and say how it went.
class EndingRunner
{
public:
    /// @p context outlives it.
    EndingRunner(CommandContext &context, EndingWish wish);

    /// Makes a plan for @p processes on the machine as it was @p seen, and carries it out. @p others: ports that nobody
    /// is to be ended for, of which it is to be said how they stand.
    [[nodiscard]] ExitCode run(const std::vector<ProcessId> &processes, const PortSnapshotPtr &seen,
                               const std::vector<PortOutcome> &others = {});

private:
    [[nodiscard]] Result<KillPlan> plan(const std::vector<ProcessId> &processes, const PortSnapshotPtr &seen,
                                        const std::set<std::string> &protectedNames) const;
    [[nodiscard]] std::optional<ExitCode> settle(const KillPlan &plan);
    [[nodiscard]] Result<EndingReport> carryOut(const KillPlan &plan);
    [[nodiscard]] PrivilegedClient *clientFor(const KillPlan &plan);
    [[nodiscard]] Result<EndingReport> end(const KillPlan &plan, AttemptRecorder &recorder);
    [[nodiscard]] ExitCode conclude(const KillPlan &plan, const EndingReport &report);
    void say(const QString &text, bool isGood);
    [[nodiscard]] std::vector<ListenerPtr> holdersNow(const PortOutcome &port);

    CommandContext &m_context;
    EndingWish m_wish;
};

} // namespace Quay
