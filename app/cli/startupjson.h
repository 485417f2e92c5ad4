// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/startstatistics.h"
#include "core/startup/startuprun.h"

#include <string>

namespace Quay {

/// One start for `quay startup NAME --json`; described in quay-startup.schema.json. Foreign texts
/// pass safeText().
[[nodiscard]] std::string startupJson(const StartupRun &run, const StartComparison &comparison);

} // namespace Quay
