// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/configreading.h"
#include "core/servers/preflightspec.h"

#include <vector>

namespace Quay {

/// The checks of `preflight`.
[[nodiscard]] std::vector<PreflightCheck> readPreflight(ConfigReading &reading, const ConfigField &field);

/// An address without a port; nothing and a mistake for anything else.
[[nodiscard]] std::optional<IpAddress> readAddress(ConfigReading &reading, const ConfigField &field);

} // namespace Quay
