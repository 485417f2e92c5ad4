// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/control/ending.h"
#include "core/control/killplan.h"
#include "core/control/servicemanagers.h"
#include "core/history/auditentry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

class AuditLog;

/// What an attempt has done before anybody is signalled: units and containers were stopped.
struct AttemptPrelude
{
    std::string attempt; ///< As the audit log calls it, where its beginning stands. Empty: it has not begun.
    std::vector<AuditAction> actions;
    std::vector<ManagedService> services;
    std::optional<std::uint32_t> connectionsCut; ///< See awaitDrained().
};

/**
 * Writes one attempt to the audit log: that it begins, what was sent, who joined, when SIGKILL follows, and how it
 * ended.
 *
 * Errors:  of the writing are kept, see state(): they are no reason not to end a process.
 * Threads: as AuditLog.
 */
class AttemptRecorder
{
public:
    /// Writes that it begins: to be made before the first signal. @p log outlives it. @p actions: what is to be done
    /// besides.
    AttemptRecorder(AuditLog &log, const KillPlan &plan, std::vector<AuditAction> actions = {});

    /// What was done besides, and what came of it: to be called before the last report.
    void setActions(std::vector<AuditAction> actions) { m_actions = std::move(actions); }

    /// Goes on with an attempt that began with @p prelude, or begins one when that is empty.
    AttemptRecorder(AuditLog &log, const KillPlan &plan, const AttemptPrelude &prelude);

    /// To be called with every report on the attempt.
    void note(const EndingReport &report);

    /// As the audit log calls it.
    [[nodiscard]] const std::string &attempt() const noexcept { return m_attempt; }
    /// The first failure; an attempt is not recorded, or not to its end, when there is one.
    [[nodiscard]] const Result<> &state() const noexcept { return m_state; }

private:
    void noteTargets(std::span<const TargetProgress> targets);
    void keep(const Result<> &written);

    AuditLog &m_log;
    std::string m_attempt;
    std::vector<AuditAction> m_actions;
    /// How many signals the records have of each target that they name; the plan's come first in every report.
    std::vector<std::size_t> m_written;
    bool m_isForced; ///< That SIGKILL is sent has been written.
    bool m_hasEnded = false;
    Result<> m_state;
};

} // namespace Quay
