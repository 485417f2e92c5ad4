// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/attemptrecorder.h"
#include "core/history/takenports.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"
#include "core/service/endingservice.h"
#include "core/service/managerservice.h"

#include <QString>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace Quay {

/// An ending that was asked for in the window: waiting for consent, under way, or over.
struct WindowEnding
{
    std::uint64_t id = 0; ///< Ascending.
    ListenerPtr listener; ///< Whose holders are meant; null: a process was named.
    ProcessInfoPtr process; ///< The one that was named; null: see listener.
    std::vector<ProcessId> asked; ///< Who is meant, and whoever would start them again, when that was wished for.
    std::unordered_map<ProcessId, UnitInfo> units; ///< Of the one that was named, as far as it is known.
    KillPlan plan;
    std::vector<int> ownSignals; ///< What each target of the plan would be asked with if nothing were chosen.
    std::optional<int> signal; ///< Chosen instead, for all of them.
    EndingOptions options;
    QString planText; ///< Over several lines.
    EndingTicket ticket = 0; ///< 0 while it waits for consent.
    EndingReportPtr report; ///< Null until the first one.
    std::map<ListenerKey, std::vector<ListenerPtr>> holders; ///< Of its ports that are not free, as first known.
    std::optional<Error> failure; ///< It could not begin.
    std::optional<Error> recordFailure; ///< It is not in the audit log, or not wholly.
    ManagerTicket managerTicket = 0; ///< What it runs in is being stopped, or it is being started again.
    AttemptPrelude prelude; ///< What was stopped first.
    QString managerText; ///< How that went, over several lines.
    std::string again; ///< The attempt, as long as what it has ended can be started again.
    std::string startedAttempt; ///< What again was, once it is being started.
    std::vector<TakenPort> taken; ///< Ports that it would want then, and others hold by now.
    QString againText; ///< What came of that, over several lines.
    bool isStartingAgain = false;
    bool hasFailedAgain = false; ///< Not all of it runs.
    QString againLog; ///< Where what was started writes to.

    [[nodiscard]] bool awaitsConsent() const { return ticket == 0 && managerTicket == 0; }
    [[nodiscard]] bool isStoppingManager() const { return ticket == 0 && managerTicket != 0 && !failure; }
    [[nodiscard]] bool canStartAgain() const { return isOver() && !again.empty(); }
    [[nodiscard]] bool isOver() const
    {
        return failure.has_value() || (report && report->stage == EndingStage::Finished);
    }
    /// Whether it is open how they are asked.
    [[nodiscard]] bool hasChoices() const { return awaitsConsent() && !plan.isForced && !plan.targets.empty(); }
};

} // namespace Quay
