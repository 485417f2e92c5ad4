// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/endingoptions.h"
#include "app/cli/endingteller.h"
#include "app/cli/managerstop.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/startspec.h"
#include "core/history/auditentry.h"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace Quay {

class AttemptRecorder;

/// Whom `quay free` and `quay stop` are about.
struct EndingSubject
{
    std::vector<ProcessId> processes;
    std::vector<ProcessId> holders; ///< Of the ports: see KillRequest.
    std::vector<ListenerPtr> asked; ///< What is to be free in the end, whoever stays; may be empty.
    std::vector<Reviver> services; ///< What holds ports for all that can be told, where no process can be seen.
    PortSnapshotPtr seen; ///< The machine as it was then.
};

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
    [[nodiscard]] Result<KillPlan> plan() const;
    [[nodiscard]] Result<KillPlan> planWithManagers();
    [[nodiscard]] std::unordered_map<ProcessId, UnitInfo> unitsOfAsked() const;
    [[nodiscard]] bool add(const std::vector<ProcessInfoPtr> &processes);
    [[nodiscard]] std::vector<PortOutcome> outcomesOfStaying(const KillPlan &plan);
    [[nodiscard]] ExitCode showOnly(const KillPlan &plan, const std::vector<PortOutcome> &others);
    [[nodiscard]] Result<KillPlan> offerOthers(const KillPlan &plan);
    void show(const Result<KillPlan> &plan);
    [[nodiscard]] std::vector<ProcessInfoPtr> holdersThatMayBeNamed(const KillPlan &plan) const;
    void showNotAgreed(const KillPlan &plan);
    void sayNobodyIsToEnd(const KillPlan &plan, bool isAsked);
    [[nodiscard]] std::optional<ExitCode> settle(KillPlan &plan);
    [[nodiscard]] Result<EndingReport> carryOut(const KillPlan &plan);
    [[nodiscard]] Result<EndingReport> end(const KillPlan &plan, AttemptRecorder &recorder);
    [[nodiscard]] ExitCode conclude(const KillPlan &plan, const EndingReport &report);
    void refuse(const KillPlan &plan, AuditRefusal reason);

    CommandContext &m_context;
    EndingWish m_wish;
    EndingSubject m_subject;
    std::set<std::string> m_protectedNames;
    ManagerStop m_managers;
    EndingTeller m_teller;
    bool m_isKept = false; ///< What was ended can be started again.
};

} // namespace Quay
