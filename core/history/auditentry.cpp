// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history/auditentry.h"

#include <algorithm>

namespace Quay {

bool isSuccess(const AuditEntry &entry)
{
    const auto isGone = [](const AuditTarget &target) {
        return target.outcome == TargetStage::Ended || target.outcome == TargetStage::Recycled;
    };
    const auto isFree = [](const AuditPort &port) {
        return (port.state == PortState::Free || port.state == PortState::FreeUntested) && !port.cameBack;
    };
    const auto isDone = [](const AuditAction &action) { return !action.error; };
    return entry.state == AuditState::Ended && std::ranges::all_of(entry.targets, isGone)
        && std::ranges::all_of(entry.ports, isFree) && std::ranges::all_of(entry.actions, isDone);
}

} // namespace Quay
