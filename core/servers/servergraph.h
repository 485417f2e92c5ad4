// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/serverspec.h"

#include <string>
#include <vector>

namespace Quay {

/// Servers that need one another in a circle, each circle once, beginning with the server that stands first: `{api,
/// db}` when api needs db and db needs api. What needs itself is one too. Needs of unknown servers do not count.
/// Threads: pure function.
[[nodiscard]] std::vector<std::vector<std::string>> findCycles(const std::vector<ServerSpec> &servers);

} // namespace Quay
