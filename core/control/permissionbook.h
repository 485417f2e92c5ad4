// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/privilegedcontract.h"
#include "core/processes/processid.h"

#include <cstddef>
#include <map>
#include <vector>

namespace Quay {

struct EndingReport;

/**
 * Which signals of one ending have to be asked of the helper, each once.
 *
 * Threads: not shared.
 */
class PermissionBook
{
public:
    /// What has been refused to us since this was last asked: a request for each signal, and for each
    /// MostSignalTargets of its targets.
    [[nodiscard]] std::vector<SignalRequest> takeNew(const EndingReport &report);

private:
    std::map<ProcessId, std::size_t> m_asked; ///< How many signals had been tried when the helper was asked last.
};

} // namespace Quay
