// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/again/takenports.h"
#include "core/base/error.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/history/attemptrecorder.h"
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

/// How far an ending has come. From the last two nothing leads on.
enum class EndingPhase : std::uint8_t
{
    Question, ///< It waits for consent.
    DrainingServices, ///< What it runs in is found out, and its connections are waited for.
    StoppingServices, ///< What it runs in is asked to stop it: see WindowEnding::managerTicket.
    UnderWay, ///< See WindowEnding::ticket.
    NotBegun, ///< Nobody was signalled: see WindowEnding::failure.
    Finished, ///< See WindowEnding::report.
};

/// Whether who runs it has it in hand, and nobody was signalled yet.
[[nodiscard]] constexpr bool isWithManagers(EndingPhase phase)
{
    return phase == EndingPhase::DrainingServices || phase == EndingPhase::StoppingServices;
}

/// Having back what an ending has ended.
struct AgainCourse
{
    enum class Phase : std::uint8_t
    {
        Impossible, ///< Nothing of it is kept.
        Offered,
        Starting,
        Done, ///< Whether with success says hasFailed.
    };

    Phase phase = Phase::Impossible;
    bool hasFailed = false; ///< Not all of what was started last runs.
    std::string attempt; ///< By whose name it is kept.
    std::vector<TakenPort> taken; ///< Ports that it would want, and others hold by now.
    QString text; ///< What came of it, over several lines.
    QStringList started; ///< The names of what was started again last.
    QString log; ///< Where what was started writes to.

    void offer(const std::string &keptBy)
    {
        attempt = keptBy;
        phase = Phase::Offered;
    }
};

/// An ending that was asked for in the window.
struct WindowEnding
{
    std::uint64_t id = 0; ///< Ascending.
    EndingPhase phase = EndingPhase::Question;
    ListenerPtr listener; ///< Whose holders are meant; null: a process was named.
    ProcessInfoPtr process; ///< The one that was named; null: see listener.
    std::vector<ProcessId> asked; ///< Who is meant, and whoever would start them again, when that was wished for.
    std::unordered_map<ProcessId, UnitInfo> units; ///< Of the one that was named, as far as it is known.
    KillPlan plan;
    std::vector<int> ownSignals; ///< What each target of the plan would be asked with if nothing were chosen.
    std::optional<int> signal; ///< Chosen instead, for all of them.
    EndingOptions options;
    QString planText; ///< Over several lines.
    EndingTicket ticket = 0; ///< By which EndingService reports on it; 0: it has none of it.
    EndingReportPtr report; ///< Null until the first one.
    std::map<ListenerKey, std::vector<ListenerPtr>> holders; ///< Of its ports that are not free, as first known.
    std::optional<Error> failure; ///< Why it could not begin.
    std::optional<Error> recordFailure; ///< It is not in the audit log, or not wholly.
    ManagerTicket managerTicket = 0; ///< Of what ManagerService did last for it: stopping services, starting again.
    AttemptPrelude prelude; ///< What was stopped first.
    QString managerText; ///< How stopping services went, over several lines.
    AgainCourse again;

    [[nodiscard]] bool awaitsConsent() const { return phase == EndingPhase::Question; }
    [[nodiscard]] bool isOver() const { return phase == EndingPhase::NotBegun || phase == EndingPhase::Finished; }
    [[nodiscard]] bool canStartAgain() const { return isOver() && again.phase == AgainCourse::Phase::Offered; }
    /// Whether it is open how they are asked.
    [[nodiscard]] bool hasChoices() const { return awaitsConsent() && !plan.isForced && !plan.targets.empty(); }
};

} // namespace Quay
