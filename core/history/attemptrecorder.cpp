// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/attemptrecorder.h"

#include "core/history/auditlog.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

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

void AttemptRecorder::note(const EndingReport &report)
{
    if (report.stage != EndingStage::Finished) {
        noteTargets(report.targets);
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

/// Of each target once more when it was signalled again: a helper may have sent what we were refused.
void AttemptRecorder::noteTargets(std::span<const TargetProgress> targets)
{
    const std::size_t known = std::min(m_written.size(), targets.size());
    std::vector<TargetProgress> signalled;
    for (std::size_t index = 0; index < known; ++index) {
        const std::size_t count = targets[index].signals.size();
        if (std::exchange(m_written[index], count) != count) {
            signalled.push_back(targets[index]);
        }
    }
    if (!signalled.empty()) {
        keep(m_log.asked(m_attempt, signalled));
    }
    const auto newcomers = targets.subspan(known);
    if (!newcomers.empty()) {
        keep(m_log.joined(m_attempt, newcomers));
        std::ranges::transform(newcomers, std::back_inserter(m_written),
                               [](const TargetProgress &newcomer) { return newcomer.signals.size(); });
    }
}

void AttemptRecorder::keep(const Result<> &written)
{
    if (m_state) {
        m_state = written;
    }
}

} // namespace Quay
