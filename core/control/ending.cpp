// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/ending.h"

#include "core/control/portproof.h"

#include <algorithm>
#include <csignal>

namespace Quay {

bool hasAskedToEnd(const SentSignal &sent)
{
    return !sent.error && sent.signal != SIGSTOP && sent.signal != SIGCONT;
}

bool isFree(const PortOutcome &port)
{
    return !port.cameBack && isFree(port.proof.state);
}

bool isSuccess(const EndingReport &report)
{
    const auto isTargetGone = [](const TargetProgress &target) { return isGone(target.stage); };
    const auto isPortFree = [](const PortOutcome &port) { return isFree(port); };
    return report.stage == EndingStage::Finished && std::ranges::all_of(report.targets, isTargetGone)
        && std::ranges::all_of(report.zombies, &ZombieOutcome::isGone) && std::ranges::all_of(report.ports, isPortFree);
}

EndingReport reportOfNothing(const KillPlan &plan, std::chrono::nanoseconds begunAt)
{
    EndingReport report{.stage = EndingStage::Finished,
                        .scope = plan.scope,
                        .isForced = plan.isForced,
                        .drain = plan.drain,
                        .begunAt = begunAt};
    for (const auto &target : plan.targets) {
        report.targets.push_back({.process = target.process, .role = target.role});
    }
    for (const auto &zombie : plan.zombies) {
        report.zombies.push_back({.process = zombie.process});
    }
    for (const auto &listener : plan.listeners) {
        report.ports.push_back({.listener = listener});
    }
    return report;
}

} // namespace Quay
