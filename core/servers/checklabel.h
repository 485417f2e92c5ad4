// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/preflight.h"

#include <string>
#include <vector>

namespace Quay {

/// What a check is called in what is kept of a start: its name, else `port 3000`. Raw bytes; secrets are masked.
/// Threads: pure function.
[[nodiscard]] std::string checkLabel(const PreflightCheck &check);

/// The labels of those that stand in the way of a start: `port 3000, variable API_KEY`. Empty for none.
/// Threads: pure function.
[[nodiscard]] std::string blockersIn(const std::vector<CheckOutcome> &outcomes);

} // namespace Quay
