// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configreading.h"
#include "core/servers/serverspec.h"

#include <vector>

namespace Quay {

// The smaller sections of a server. What is not said keeps its default.

[[nodiscard]] std::vector<PhaseSpec> readPhases(ConfigReading &reading, const ConfigField &field);
[[nodiscard]] RestartRule readRestart(ConfigReading &reading, const ConfigField &field);
[[nodiscard]] WatchRule readWatch(ConfigReading &reading, const ConfigField &field);
[[nodiscard]] StopRule readStop(ConfigReading &reading, const ConfigField &field);
[[nodiscard]] LogRule readLog(ConfigReading &reading, const ConfigField &field);
[[nodiscard]] std::vector<AlertSpec> readAlerts(ConfigReading &reading, const ConfigField &field);

} // namespace Quay
