// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/permissionbook.h"

#include "core/control/ending.h"
#include "core/control/privilegedcontract.h"

#include <algorithm>
#include <vector>

namespace Quay {

std::vector<SignalRequest> PermissionBook::takeNew(const EndingReport &report)
{
    std::vector<SignalRequest> requests;
    for (const auto &target : report.targets) {
        const auto &process = *target.process;
        if (target.stage != TargetStage::NeedsPermission || target.signals.empty()
            || m_asked[process.id] == target.signals.size()) {
            continue;
        }
        m_asked[process.id] = target.signals.size();
        const int signal = target.signals.back().signal;
        auto request = std::ranges::find_if(requests, [signal](const SignalRequest &known) {
            return known.signal == signal && known.targets.size() < MostSignalTargets;
        });
        if (request == requests.end()) {
            request = requests.insert(requests.end(), {.signal = signal, .targets = {}});
        }
        request->targets.push_back({.process = process.id, .serial = process.serial});
    }
    return requests;
}

} // namespace Quay
