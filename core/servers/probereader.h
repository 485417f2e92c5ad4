// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/endpoint.h"
#include "core/servers/configreading.h"
#include "core/servers/probespec.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

/// `http://...` or `https://...`.
[[nodiscard]] std::optional<std::string> readUrl(ConfigReading &reading, const ConfigField &field);
/// `HOST:PORT`
[[nodiscard]] std::optional<Endpoint> readEndpoint(ConfigReading &reading, const ConfigField &field);
/// Headers that are sent: names and values.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> readHeaders(ConfigReading &reading,
                                                                           const ConfigField &field);

/// The probes of `ready` or `alive`. One without a name is called after what it does.
[[nodiscard]] std::vector<ProbeSpec> readProbes(ConfigReading &reading, const ConfigField &field);

} // namespace Quay
