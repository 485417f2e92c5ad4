// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/foreignmap.h"
#include "core/imports/imported.h"
#include "core/servers/yamlnode.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace Quay {

// What the importers of YAML have in common.

/// A text in which `$NAME` and `${NAME}` that are not set are empty, as it is to be written here: `${NAME:-}`. Threads:
/// pure function.
[[nodiscard]] std::string ourReferences(std::string_view text);

/// A text whose dollars mean themselves, as it is to be written here. Threads: pure function.
[[nodiscard]] std::string keptReferences(std::string_view text);

/// `1m30s`, `300ms`, `1.5h`, and `90` in seconds. Threads: pure function.
[[nodiscard]] std::optional<std::chrono::milliseconds> composeDuration(std::string_view text);

/// Between nothing and a day.
[[nodiscard]] int boundedSeconds(int seconds);
/// Between 1 and 1000.
[[nodiscard]] int boundedCount(int count);

/// With the names of the file, and the mistakes of the document.
[[nodiscard]] ImportedServers beginImport(const YamlDocument &document, const ImportSource &source);

/// Adds a server, unless one is called so already; tells of a name that is not what it was.
void addServer(ImportedServers &imported, ServerSpec server, const YamlEntry &entry, LossList &losses);

} // namespace Quay
