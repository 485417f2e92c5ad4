// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/startup/startstatistics.h"
#include "core/startup/startuprun.h"

#include <string>
#include <vector>

namespace Quay {

/// One start for `quay startup NAME --json`; described in quay-startup.schema.json. Foreign texts
/// pass safeText().
[[nodiscard]] std::string startupJson(const StartupRun &run, const StartComparison &comparison);

/// All kept starts of a server for `quay startup NAME --list --json`, the newest first; described in
/// quay-startup-list.schema.json.
[[nodiscard]] std::string startupListJson(const std::string &file, const std::string &server,
                                          const std::vector<StartupRun> &runs);

} // namespace Quay
