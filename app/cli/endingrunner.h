// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "app/cli/endingplanner.h"
#include "app/cli/endingteller.h"
#include "app/cli/managerstop.h"
#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"

#include <vector>

namespace Quay {

class AttemptRecorder;

/// What `quay free` and `quay stop` do once they know whom to end: show the plan, ask, end, and say how it went.
class EndingRunner
{
public:
    /// @p context outlives it.
    EndingRunner(CommandContext &context, const EndingWish &wish);

    /// Makes a plan for those processes, and carries it out. @p unheld: ports that nobody listens on, of which it is to
    /// be said how they stand.
    [[nodiscard]] ExitCode run(EndingSubject subject, const std::vector<PortOutcome> &unheld = {});

private:
    [[nodiscard]] QString fullPlanText(const KillPlan &plan) const;
    [[nodiscard]] bool needsConsent(const KillPlan &plan) const;
    [[nodiscard]] ExitCode showOnly(const KillPlan &plan, const std::vector<PortOutcome> &others);
    [[nodiscard]] PlanResult offerOthers(const KillPlan &plan);
    void show(const PlanResult &plan);
    void sayWhoIsStoppedToo(const KillPlan &plan);
    void showNotAgreed(const KillPlan &plan);
    void sayNobodyIsToEnd(const KillPlan &plan, bool isAsked);
    [[nodiscard]] std::optional<ExitCode> settle(KillPlan &plan);
    [[nodiscard]] Result<EndingReport> carryOut(const KillPlan &plan);
    [[nodiscard]] Result<EndingReport> end(const KillPlan &plan, AttemptRecorder &recorder);
    [[nodiscard]] ExitCode conclude(const KillPlan &plan, const EndingReport &report);
    void refuse(const KillPlan &plan, AuditRefusal reason);
    [[nodiscard]] ExitCode refuse(const PlanFailure &failure);

    CommandContext &m_context;
    EndingWish m_wish;
    EndingPlanner m_planner;
    ManagerStop m_managers;
    EndingTeller m_teller;
    bool m_isKept = false; ///< What was ended can be started again.
};

} // namespace Quay
