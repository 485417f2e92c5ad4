// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"

#include "core/control/portproof.h"

#include <algorithm>

namespace Quay {

bool isSuccess(const EndingReport &report)
{
    const auto isGone = [](const TargetProgress &target) {
        return target.stage == TargetStage::Ended || target.stage == TargetStage::Recycled;
    };
    const auto isFree = [](const PortOutcome &port) {
        const auto state = port.proof.state;
        return !port.cameBack && (state == PortState::Free || state == PortState::FreeUntested);
    };
    return report.stage == EndingStage::Finished && std::ranges::all_of(report.targets, isGone)
        && std::ranges::all_of(report.ports, isFree);
}

} // namespace Quay
