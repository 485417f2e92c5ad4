// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/auditentry.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace Quay {

// What `quay free --json` and `quay stop --json` print; described in resources/schema/quay-ending.schema.json. Targets,
// ports and actions are those of the audit log.

/// A plan that was not carried out. @p others: ports that nobody is to be ended for.
[[nodiscard]] QJsonObject planJson(const KillPlan &plan, const std::vector<AuditAction> &actions,
                                   const std::vector<PortOutcome> &others = {});
/// That nobody was signalled, and why.
[[nodiscard]] QJsonObject refusalJson(const KillPlan &plan, AuditRefusal reason, bool isDryRun);
/// That nobody was signalled, for nobody agreed to it.
[[nodiscard]] QJsonObject notAgreedJson(const KillPlan &plan);
/// What is found out when it is over.
struct EndingAftermath
{
    std::vector<ListenerPtr> takers; ///< Who listens now where it is not free.
    std::vector<std::string> waysOut; ///< What keeps from coming back who did.
};

/// What became of a plan.
[[nodiscard]] QJsonObject reportJson(const KillPlan &plan, const EndingReport &report,
                                     const std::vector<AuditAction> &actions, const EndingAftermath &aftermath,
                                     bool isDryRun);

} // namespace Quay
