// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/attemptrecorder.h"

#include "core/history/auditlog.h"

#include <algorithm>
#include <span>

namespace Quay {

AttemptRecorder::AttemptRecorder(AuditLog &log, const KillPlan &plan, std::vector<AuditAction> actions)
    : m_log(log)
    , m_attempt(log.newAttempt())
    , m_actions(std::move(actions))
    , m_written(plan.targets.size())
    , m_isForced(plan.isForced)
{
    keep(log.begun(m_attempt, plan, m_actions));
}

AttemptRecorder::AttemptRecorder(AuditLog &log, const KillPlan &plan, const AttemptPrelude &prelude)
    : m_log(log)
    , m_attempt(prelude.attempt.empty() ? log.newAttempt() : prelude.attempt)
    , m_actions(prelude.actions)
    , m_written(plan.targets.size())
    , m_isForced(plan.isForced)
{
    if (prelude.attempt.empty()) {
        keep(log.begun(m_attempt, plan, m_actions));
    }
}

namespace {

bool isAnybodySignalled(const EndingReport &report)
{
    return std::ranges::any_of(report.targets, [](const TargetProgress &target) { return !target.signals.empty(); });
}

} // namespace

void AttemptRecorder::note(const EndingReport &report)
{
    if (report.stage != EndingStage::Finished && !m_isAsked && isAnybodySignalled(report)) {
        m_isAsked = true;
        keep(m_log.asked(m_attempt, report));
    }
    if (report.stage != EndingStage::Finished && report.targets.size() > m_written) {
        keep(m_log.joined(m_attempt, std::span(report.targets).subspan(m_written)));
        m_written = report.targets.size();
    }
    if (report.stage == EndingStage::Forcing && !m_isForced) {
        m_isForced = true;
        keep(m_log.forced(m_attempt));
    }
    if (report.stage == EndingStage::Finished && !m_hasEnded) {
        m_hasEnded = true;
        keep(m_log.ended(m_attempt, report, m_actions));
    }
}

void AttemptRecorder::keep(const Result<> &written)
{
    if (m_state) {
        m_state = written;
    }
}

} // namespace Quay
